# stats.R - R's own answers to what stats_dump gave: equal to 12 digits, or a line that says where.
args <- commandArgs(trailingOnly = TRUE)
lines <- strsplit(readLines(args[2]), "\t")
z <- qnorm(0.975)
byar_low <- function(o) if (o == 0) 0 else o * (1 - 1 / (9 * o) - z / (3 * sqrt(o)))^3
byar_high <- function(o) (o + 1) * (1 - 1 / (9 * (o + 1)) + z / (3 * sqrt(o + 1)))^3
answers <- list(
  mean = mean, low = function(v) t.test(v)$conf.int[1], high = function(v) t.test(v)$conf.int[2], median = median,
  p90 = function(v) quantile(v, 0.9, type = 7), byar_low = byar_low, byar_high = byar_high,
  isr = function(v) 100 * v[1] / v[2], rate_high = function(v) 1000 * byar_high(v[1]) / v[2], qt = function(v) qt(0.975, v))
bad <- 0
checked <- 0
same <- function(what, got, want, scale = abs(want)) {
  checked <<- checked + 1
  if (!(abs(got - want) <= 1e-12 * max(scale, 1e-300))) {
    cat(sprintf("%s: %.17g is not %.17g\n", what, got, want))
    bad <<- bad + 1
  }
}
if (args[1] == "stats") {
  for (l in lines) {
    v <- as.numeric(strsplit(l[2], " ")[[1]])
    if (l[1] %in% c("low", "high") && sd(v) == 0) next
    same(l[1], as.numeric(l[3]), unname(answers[[l[1]]](v)), max(abs(v), 1e-300))
  }
} else {
  rows <- do.call(rbind, lines[sapply(lines, function(l) l[1] == "row")])
  rows <- data.frame(episode = rows[, 2], item = rows[, 3], stage = rows[, 4], on = rows[, 5], value = as.numeric(rows[, 6]),
                     wording = rows[, 7])
  figures <- do.call(rbind, lines[sapply(lines, function(l) l[1] == "figure")])
  figure <- function(item, column) as.numeric(figures[figures[, 2] == paste0("ONS4.", item) & figures[, 3] == column, 4][1])
  for (item in c("SATIS", "ANXIOUS")) {
    of <- rows[rows$item == item, ]
    start <- of[of$stage == "BASELINE", ]
    later <- of[of$stage != "BASELINE", ]
    start <- start[order(start$on, start$wording, start$value), ]
    start <- start[!duplicated(start$episode), ]
    # of a day a closing is the later one; then by what does not hang on the rows' random ids
    later <- later[order(-rank(later$on), later$stage != "CLOSING", later$wording, later$value), ]
    later <- later[!duplicated(later$episode), ]
    pairs <- merge(start, later, by = "episode")
    pairs <- pairs[pairs$wording.x == pairs$wording.y & pairs$on.y >= pairs$on.x, ]
    change <- pairs$value.y - pairs$value.x
    good <- if (item == "ANXIOUS") -change else change
    same("baseline", figure(item, "BASELINE"), nrow(start))
    same("later", figure(item, "FOLLOW_UP"), nrow(later))
    same("pairs", figure(item, "PAIRED"), length(change))
    same("mean", figure(item, "MEAN_CHANGE"), mean(change))
    same("low", figure(item, "CI_LOW"), t.test(change)$conf.int[1], 1)
    same("high", figure(item, "CI_HIGH"), t.test(change)$conf.int[2], 1)
    same("median", figure(item, "MEDIAN_CHANGE"), median(change))
    same("better", figure(item, "BETTER"), mean(good > 0))
    same("worse", figure(item, "WORSE"), mean(good < 0))
  }
}
cat(checked, "figures\n")
if (bad > 0 || checked < 18) quit(status = 1)
