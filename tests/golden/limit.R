# The limit of permutation distributions, by coin: 2,000 simulated patients of limit.csv.
# run from the top of the project:  Rscript tests/golden/limit.R > tests/golden/limit.json
# limit.csv was made with the lines below, once:
#   set.seed(7); n <- 2000; z <- matrix(rnorm(n * 5), n) + 0.7 * rnorm(n)
#   d <- data.frame(a = +(z[, 1] > 0), b = +(z[, 2] > 1), c = +(z[, 3] > -0.5), d = +(z[, 4] > 1.6),
#                   e = findInterval(z[, 5], c(-1, 0.8)), age = round(62 + 9 * rnorm(n)))
#   t <- rexp(n, exp(0.09 * z[, 1] + 0.1 * z[, 3] - 0.05 * z[, 5] + 0.016 * (d$age - 62)) / 300)
#   end <- runif(n, 0, 1000)
#   write.csv(cbind(time = floor(pmin(t, end)), event = +(t <= end), d), "tests/golden/limit.csv",
#             row.names = FALSE, quote = FALSE)
suppressMessages({library(survival); library(coin); library(jsonlite)})
d <- read.csv("tests/golden/limit.csv")
# Event minus Nelson–Aalen, ties as they are: what the log-rank test adds up.
hazard <- basehaz(coxph(Surv(time, event) ~ 1, data = d, ties = "breslow"))
d$score <- d$event - hazard$hazard[match(d$time, hazard$time)]
exactly <- asymptotic(maxpts = 1e7, abseps = 1e-6)
single <- function(x) {
  test <- independence_test(d$score ~ x, teststat = "quadratic")
  c(statistic = unname(statistic(test)), p = unname(pvalue(test)))
}
family <- independence_test(score ~ a + b + c + d, data = d, teststat = "maximum",
                            distribution = exactly)
set.seed(1)
cut <- maxstat_test(score ~ age, data = d, minprob = 0.1, maxprob = 0.9, distribution = exactly)
cat(toJSON(list(
  r = R.version.string, coin = as.character(packageVersion("coin")),
  single = lapply(list(a = d$a, b = d$b, c = d$c, d = d$d, e = factor(d$e)),
                  function(x) as.list(single(x))),
  step_down = as.list(setNames(c(pvalue(family, method = "step-down")), c("a", "b", "c", "d"))),
  maximum = list(statistic = unname(statistic(cut)), p = unname(pvalue(cut)[1]),
                 cutpoint = cut@estimates$estimate$cutpoint)
), digits = I(17), auto_unbox = TRUE, pretty = TRUE))
