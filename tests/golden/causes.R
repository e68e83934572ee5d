# Cumulative incidence of three causes and of two, with limits, and Gray's test of each cause over
# the groups.
# run from the top of the project:  Rscript tests/golden/causes.R > tests/golden/causes.json
# The data stand in the result, so that the test reads the same patients:
# - pbc of R's survival: 0 censored, 1 transplant, 2 dead, by the stage of the disease (4 groups);
# - mgus2 in months: the first of progression and death, by sex;
# - made: three causes in three arms with many ties.
suppressMessages({library(survival); library(cmprsk); library(jsonlite)})
of <- function(time, cause, group, days) {
  test <- cuminc(time, cause, group)$Tests
  states <- factor(cause, levels = 0:max(cause))
  groups <- lapply(sort(unique(group)), function(one) {
    rows <- group == one
    fit <- survfit(Surv(time[rows], states[rows]) ~ 1, conf.type = "log-log")
    at <- summary(fit, times = days, extend = TRUE)
    list(n = sum(rows), counts = as.vector(table(states[rows]))[-1],
         value = t(at$pstate[, -1]), lower = t(at$lower[, -1]), upper = t(at$upper[, -1]),
         free = at$pstate[, 1])
  })
  list(time = time, cause = cause, group = group, days = days, groups = groups,
       statistic = unname(test[, "stat"]), p = unname(test[, "pv"]), df = unname(test[, "df"]))
}
stage <- pbc[!is.na(pbc$stage), ]
m <- mgus2
etime <- with(m, ifelse(pstat == 0, futime, ptime))
event <- with(m, ifelse(pstat == 0, 2 * death, 1))
set.seed(7)
n <- 150
made <- data.frame(time = sample(1:25, n, TRUE), arm = rep(1:3, each = n / 3))
made$cause <- sapply(made$arm, function(a) sample(0:3, 1, prob = c(.25, .2 + .1 * a, .2, .15)))
# One arm of the last group alone at the end.
made$time[made$arm == 3][1:4] <- c(30, 31, 31, 40)
cat(toJSON(list(
  r = R.version.string, survival = as.character(packageVersion("survival")),
  cmprsk = as.character(packageVersion("cmprsk")),
  pbc = of(stage$time, stage$status, stage$stage, c(500, 1000, 2000, 4000)),
  mgus2 = of(etime, event, as.integer(m$sex), c(12, 60, 120, 240)),
  made = of(made$time, made$cause, made$arm, c(5, 10, 20, 24))
), digits = I(17), auto_unbox = TRUE))
