# Adjusted, stratified and multivariable Cox models, stratified log-rank test, cumulative incidence
# with competing risks and standardised mean differences for the shipped study soramic.
# run from the top of the project:  Rscript tests/golden/soramic_arms.R > tests/golden/soramic_arms.json
suppressMessages({library(survival); library(jsonlite)})
d <- read.csv("data/studies/soramic/patients.csv", stringsAsFactors = FALSE)
d$treated <- as.numeric(d$arm == "RE + sorafenib")
d$child_pugh <- factor(d$child_pugh, levels = c("A", "B"))
d$bclc <- factor(d$bclc, levels = c("A/B", "C"))
d$albi_grade <- factor(ifelse(d$albi_grade == "", NA, d$albi_grade))

ratios <- function(fit) {
  s <- summary(fit)
  list(n = fit$n, events = fit$nevent, coef = unname(coef(fit)),
       se = unname(sqrt(diag(vcov(fit)))), p = unname(s$coefficients[, "Pr(>|z|)"]))
}

pfs <- Surv(d$pfs_days, d$pfs_event)
precise <- coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 100)
adjusted <- coxph(pfs ~ treated + child_pugh + I(age_years / 10) + albi_grade, data = d,
                  control = precise)
within <- coxph(pfs ~ treated + strata(bclc, child_pugh), data = d, control = precise)
logrank <- survdiff(pfs ~ treated + strata(bclc, child_pugh), data = d)
model <- coxph(pfs ~ treated + child_pugh, data = d, control = precise)

cause <- ifelse(d$ttp_event == 1, 1, ifelse(d$pfs_event == 1, 2, 0))
incidence <- lapply(c(1, 0), function(arm) {
  rows <- d$treated == arm
  state <- factor(cause[rows], levels = 0:2, labels = c("censored", "event", "competing"))
  fit <- survfit(Surv(d$pfs_days[rows], state) ~ 1, conf.type = "log-log")
  at <- summary(fit, times = c(100, 200, 365, 730))
  list(event = at$pstate[, 2], event_lower = at$lower[, 2], event_upper = at$upper[, 2],
       competing = at$pstate[, 3], competing_lower = at$lower[, 3],
       competing_upper = at$upper[, 3])
})

# Standardised mean differences by their definition, without a package.
smd_number <- function(x) {
  a <- x[d$treated == 1]; b <- x[d$treated == 0]
  (mean(a) - mean(b)) / sqrt((var(a) + var(b)) / 2)
}
smd_levels <- function(x) {
  a <- prop.table(table(x[d$treated == 1]))[-1]
  b <- prop.table(table(x[d$treated == 0]))[-1]
  s <- function(p) if (length(p) == 1) matrix(p * (1 - p)) else diag(p) - outer(p, p)
  sqrt(drop(t(a - b) %*% solve((s(a) + s(b)) / 2) %*% (a - b)))
}

cat(toJSON(list(
  r = R.version.string, survival = as.character(packageVersion("survival")),
  adjusted = ratios(adjusted), complete = ratios(coxph(Surv(pfs_days, pfs_event) ~ treated,
    data = d[!is.na(d$albi_grade), ], control = precise)),
  within = ratios(within), logrank = list(chisq = logrank$chisq),
  model = c(ratios(model), concordance = unname(summary(model)$concordance[1]),
            ph = unname(cox.zph(model)$table[, "p"])),
  incidence = incidence,
  smd = list(age = smd_number(d$age_years), bclc = smd_levels(d$bclc),
             response = smd_levels(d$best_response))
), digits = I(17), auto_unbox = TRUE, pretty = TRUE))
