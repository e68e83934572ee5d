# Survival in months with decimals: tests/studies/cases/months, made up.
# run from the top of the project:  Rscript tests/golden/months.R > tests/golden/months.json
# Times are left in months, as they stand in the file; R ties what differs by rounding (timefix).
suppressMessages({library(survival); library(jsonlite)})
d <- read.csv2("tests/studies/cases/months/patients.csv", skip = 2, fileEncoding = "cp1252")
os <- Surv(d$Monate, as.integer(d$Status == "verstorben"))
precise <- coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 100)
group <- function(arm) {
  f <- survfit(os[d$Arm == arm] ~ 1)
  at <- summary(f, times = c(12, 24, 30), extend = TRUE)
  q <- quantile(f, 0.5)
  list(n = f$n, events = sum(f$n.event), time = f$time, n_risk = f$n.risk, n_event = f$n.event,
       surv = f$surv, lower = f$lower, upper = f$upper,
       at = at$surv, at_lower = at$lower, at_upper = at$upper, at_risk = at$n.risk,
       median = unname(c(q$quantile, q$lower, q$upper)),
       rmst = unname(summary(f, rmean = 30)$table[c("rmean", "se(rmean)")]))
}
test <- survdiff(os ~ d$Arm)
cox <- summary(coxph(os ~ relevel(factor(d$Arm), "B"), control = precise))
# The landmark analysis from month 12 on.
late <- d$Monate > 12
after <- survdiff(Surv(d$Monate[late] - 12, os[late, 2]) ~ d$Arm[late])
cat(toJSON(list(
  r = R.version.string, survival = as.character(packageVersion("survival")),
  A = group("A"), B = group("B"), chisq = test$chisq, p = test$pvalue,
  hr = cox$conf.int[1, 1], lower = cox$conf.int[1, 3], upper = cox$conf.int[1, 4],
  landmark_n = sum(late), landmark_chisq = after$chisq
), digits = I(17), auto_unbox = TRUE, pretty = TRUE, na = "null"))
