# Propensity by glm, stabilised weights cut to their 1st and 99th percentiles, weighted survival
# and Cox regression with robust variance, of the study soramic and of the public data set lung.
# run from the top of the project:  Rscript tests/golden/weighting.R > tests/golden/weighting.json
suppressMessages({library(survival); library(survey); library(jsonlite)})
precise <- coxph.control(eps = 1e-13, toler.chol = 1e-13, iter.max = 100)

weighted <- function(d, formula, tail) {
  fit <- glm(formula, binomial, d, control = glm.control(epsilon = 1e-15, maxit = 100))
  e <- fitted(fit)
  share <- mean(d$treated)
  w <- ifelse(d$treated == 1, share / e, (1 - share) / (1 - e))
  if (tail > 0) { q <- quantile(w, c(tail, 1 - tail)); w <- pmin(pmax(w, q[1]), q[2]) }
  d$w <- w
  cox <- coxph(Surv(time, event) ~ treated, d, weights = w, robust = TRUE, control = precise)
  survey <- svycoxph(Surv(time, event) ~ treated,
                     svydesign(ids = ~1, weights = ~w, data = d), control = precise)
  curves <- lapply(c(1, 0), function(a) {
    one <- d[d$treated == a, ]
    f <- survfit(Surv(time, event) ~ 1, one, weights = w, robust = TRUE, id = seq_len(nrow(one)))
    k <- svykm(Surv(time, event) ~ 1, svydesign(ids = ~1, weights = ~w, data = one))
    s <- summary(f, times = c(90, 180, 365), extend = TRUE)
    list(time = f$time, surv = f$surv, std_err = f$std.err, lower = f$lower, upper = f$upper,
         svykm = sapply(c(90, 180, 365), function(t) min(k$surv[k$time <= t])), at = s$surv)
  })
  smd <- function(x) {
    m <- sapply(c(1, 0), function(a) weighted.mean(x[d$treated == a], w[d$treated == a]))
    v <- sapply(c(1, 0), function(a) {
      y <- x[d$treated == a]; u <- w[d$treated == a]; mu <- weighted.mean(y, u)
      sum(u) / (sum(u)^2 - sum(u^2)) * sum(u * (y - mu)^2) })
    (m[1] - m[2]) / sqrt(mean(v))
  }
  list(chance = unname(e), weight = w, coef = unname(coef(cox)), se = unname(sqrt(diag(vcov(cox)))),
       rscore = cox$rscore, survey_coef = unname(coef(survey)),
       survey_se = unname(sqrt(diag(vcov(survey)))),
       ess = sapply(c(1, 0), function(a) sum(w[d$treated == a])^2 / sum(w[d$treated == a]^2)),
       curves = curves, smd = lapply(attr(terms(formula), "term.labels"), function(v) {
         if (is.numeric(d[[v]])) smd(d[[v]]) else NA }))
}

s <- read.csv("data/studies/soramic/patients.csv", stringsAsFactors = FALSE)
s$treated <- as.numeric(s$arm == "RE + sorafenib")
s$time <- s$pfs_days; s$event <- s$pfs_event
s$child_pugh <- factor(s$child_pugh, levels = c("A", "B"))
s$bclc <- factor(s$bclc, levels = c("A/B", "C"))
l <- na.omit(lung[, c("time", "status", "sex", "age", "ph.ecog", "wt.loss")])
l$treated <- l$sex - 1; l$event <- l$status - 1
cat(toJSON(list(
  r = R.version.string, survival = as.character(packageVersion("survival")),
  survey = as.character(packageVersion("survey")),
  soramic = weighted(s, treated ~ child_pugh + age_years + bclc, 0.01),
  lung = c(weighted(l, treated ~ age + ph.ecog + wt.loss, 0),
           list(data = as.list(l[, c("time", "event", "treated", "age", "ph.ecog", "wt.loss")])))
), digits = I(15), auto_unbox = TRUE))
