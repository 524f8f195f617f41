SELECT 'C' || lower(hex(x.id)) AS "contact_id", 'E' || lower(hex(e.id)) AS "episode_id", x.held_on AS "contact_on+",
       x.kind AS "contact_type+", x.with_whom AS "contact_with+", x.result AS "contact_result+", x.minutes AS "contact_minutes+",
       x.language AS "contact_language+", x.last_change AS "row_version"
  FROM person p CROSS JOIN episode e ON e.person = p.id AND e.binned_at IS NULL
       AND (e.opened_on IS NULL OR e.opened_on <= '2030-03-31') AND (e.closed_on IS NULL OR e.closed_on >= '2000-04-01')
       CROSS JOIN contact x ON x.episode = e.id AND x.binned_at IS NULL
 WHERE p.binned_at IS NULL
   AND (SELECT notice_given FROM consent WHERE person = p.id AND notice_given IS NOT NULL AND binned_at IS NULL
         ORDER BY coalesce(notice_on, state_on) DESC, row_no DESC LIMIT 1) = 'YES'
 ORDER BY p.row_no;
