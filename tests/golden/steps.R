# Cox regressions of numbers by their steps: tests/studies/cases/steps, made up, and soramic's age.
# run from the top of the project:  Rscript tests/golden/steps.R > tests/golden/steps.json
# tests/studies/cases/steps/patients.csv was made with the lines below, once:
#   set.seed(15); n <- 80
#   age <- round(rnorm(n, 64, 9)); afp <- round(exp(rnorm(n, 4, 2.2)) + 1, 1)
#   plt <- round(rnorm(n, 200000, 60000))
#   t <- ceiling(rexp(n, exp(0.02 * (age - 64) + 0.25 * (log(afp) - 4) - 8e-6 * (plt - 2e5)) / 300))
#   event <- as.numeric(t < 720); t <- pmin(t, 720)
suppressMessages({library(survival); library(jsonlite)})
precise <- coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 100)
alone <- function(outcome, x) {
  s <- summary(coxph(outcome ~ x, control = precise))
  list(hr = s$conf.int[1, 1], lower = s$conf.int[1, 3], upper = s$conf.int[1, 4],
       p = s$coefficients[1, 5])
}
d <- read.csv("tests/studies/cases/steps/patients.csv")
os <- Surv(d$os_days, d$os_event)
both <- summary(coxph(os ~ I(age / 10) + log2(afp), data = d, control = precise))
s <- read.csv("data/studies/soramic/patients.csv")
cat(toJSON(list(
  r = R.version.string, survival = as.character(packageVersion("survival")),
  age_sd = sd(d$age), age = alone(os, d$age / 10), afp = alone(os, log2(d$afp)),
  plt = alone(os, d$plt), both = unname(both$conf.int[, 1]),
  soramic_age = alone(Surv(s$pfs_days, s$pfs_event), s$age_years / 10)
), digits = I(17), auto_unbox = TRUE, pretty = TRUE))
