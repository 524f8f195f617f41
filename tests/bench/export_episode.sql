SELECT 'E' || lower(hex(e.id)) AS "episode_id", 'P' || lower(hex(p.id)) AS "person_id", 'R' || lower(hex(e.referral)) AS "referral_id",
       'O00000000000000000000000000000000' AS "organisation", o.org_type AS "org_type+", p.local_authority AS "health_board+",
       p.local_authority AS "local_authority+", substr(e.opened_on, 1, 4) - substr(p.birth_date, 1, 4) AS "age_band+",
       q.sex AS "sex+", q.gender_identity AS "gender_identity+", q.ethnic_group AS "ethnic_group+",
       q.ethnic_group AS "ethnic_group_nhs+", p.speak_language AS "language_speak+", p.write_language AS "language_write+",
       p.active_offer AS "active_offer+", q.welsh_skills AS "welsh_skills+", q.main_language AS "main_language+",
       q.general_health AS "general_health+", q.condition AS "condition+", q.condition_limits AS "condition_limits+",
       q.condition AS "disability+", q.carer AS "carer+", q.has_carer AS "has_carer+", q.armed_forces AS "armed_forces+",
       q.employment AS "employment+", q.tenure AS "tenure+", q.household AS "household+",
       q.sexual_orientation AS "sexual_orientation+", q.religion AS "religion+", p.lsoa AS "lsoa+", NULL AS "wimd_edition+",
       NULL AS "wimd_decile+", e.model AS "model+", e.opened_on AS "opened_on+",
       coalesce((SELECT min(held_on) FROM response WHERE episode = e.id AND form = 'conversation' AND state = 'FINAL'
                    AND binned_at IS NULL), e.opened_on) AS "first_conversation_on+",
       julianday(e.opened_on) - julianday(r.received_on) AS "waiting_days+",
       (SELECT count(*) || ',' || coalesce(sum(result = 'ATTENDED'), 0) || ',' || coalesce(sum(result = 'DNA'), 0) FROM contact
         WHERE episode = e.id AND binned_at IS NULL) AS "contacts_total,contacts_attended,contacts_dna",
       (SELECT coalesce((SELECT value FROM answer WHERE owner = x.id AND question = 'agreed_on' AND repeat = 0), x.held_on)
          FROM response x WHERE x.episode = e.id AND x.form = 'plan' AND x.binned_at IS NULL
           AND (SELECT value FROM answer WHERE owner = x.id AND question = 'agreed' AND repeat = 0) = '1'
         ORDER BY x.held_on DESC LIMIT 1) AS "plan_agreed_on+",
       (SELECT count(*) FROM goal WHERE episode = e.id AND binned_at IS NULL) AS "goals", e.closed_on AS "closed_on+",
       e.reason AS "closure_reason+", r.feedback_sent_on AS "feedback_sent_on+",
       (p.local_authority IS NULL) + (p.birth_date IS NULL) + (q.sex IS NULL) + (q.ethnic_group IS NULL)
         + (p.speak_language IS NULL) + (p.active_offer IS NULL) + (q.condition IS NULL) + (q.carer IS NULL)
         + (q.employment IS NULL) + (e.model IS NULL) + (e.opened_on IS NULL) + (r.received_on IS NULL) + (r.route IS NULL)
         + (r.source IS NULL) + (r.decision IS NULL) + (r.reasons IS NULL) AS "items_missing",
       'V0.1' AS "data_set_version", '2026-11-20' AS "exported_on", '2000-04-01' AS "period_from", '2030-03-31' AS "period_until",
       max(e.last_change, p.last_change, coalesce(r.last_change, 0), coalesce(q.last_change, 0)) AS "row_version"
  FROM person p CROSS JOIN episode e ON e.person = p.id AND e.binned_at IS NULL
       AND (e.opened_on IS NULL OR e.opened_on <= '2030-03-31') AND (e.closed_on IS NULL OR e.closed_on >= '2000-04-01')
       LEFT JOIN equality q ON q.row_no = (SELECT row_no FROM equality WHERE person = p.id AND binned_at IS NULL LIMIT 1)
       LEFT JOIN referral r ON r.id = e.referral AND r.binned_at IS NULL
       LEFT JOIN practitioner o ON o.id = e.practitioner
 WHERE p.binned_at IS NULL
   AND (SELECT notice_given FROM consent WHERE person = p.id AND notice_given IS NOT NULL AND binned_at IS NULL
         ORDER BY coalesce(notice_on, state_on) DESC, row_no DESC LIMIT 1) = 'YES'
 ORDER BY p.row_no;
