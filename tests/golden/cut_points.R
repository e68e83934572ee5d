# Reference values for cut-points of a number: maximally selected log-rank statistics, the shrunken
# hazard ratio at the best one, and the cross-validated one. R 4.2.2, survival 3.5-3, coin 1.4-2.
#   Rscript tests/golden/cut_points.R > tests/golden/cut_points.json
suppressMessages({library(survival); library(coin)})
number <- function(x) paste0("[", paste(ifelse(is.na(x), "null", sprintf("%.12g", x)), collapse = ", "), "]")
tight <- suppressWarnings(coxph.control(eps = 1e-12, iter.max = 50))
d <- subset(lung, !is.na(age))[1:100, ]
d$days <- d$time; d$event <- as.integer(d$status == 2)
# Of a number with a real effect, so that the p-value is neither 0 nor 1.
set.seed(7); d$value <- round(d$age + 0.02 * (d$days - 300) * rbinom(nrow(d), 1, .4), 1)
best <- function(data) maxstat_test(Surv(days, event) ~ value, data, minprob = 0.1, maxprob = 0.9)
test <- best(d)
all <- statistic(test, "standardized")
cut <- function(test) as.numeric(sub(".*<= ", "", names(which.max(abs(setNames(as.vector(statistic(test, "standardized")), rownames(statistic(test, "standardized"))))))))
# At or above the next value of those who chose it.
above <- function(x, data) as.integer(x >= min(data$value[data$value > cut(best(data)) + 1e-9]))
set.seed(11)
p <- pvalue(maxstat_test(Surv(days, event) ~ value, d, minprob = 0.1, maxprob = 0.9, distribution = approximate(nresample = 500000)))
d$above <- above(d$value, d)
fit <- coxph(Surv(days, event) ~ above, d, control = tight)
b <- coef(fit); v <- vcov(fit)[1, 1]
d$fold <- (seq_len(nrow(d)) - 1) %% 5; d$given <- NA
for (k in 0:4) d$given[d$fold == k] <- above(d$value[d$fold == k], d[d$fold != k, ])
validated <- coxph(Surv(days, event) ~ given, d, control = tight)
lines <- c(days = number(d$days), event = number(d$event), value = number(d$value),
  cut = number(as.numeric(sub("x <= ", "", rownames(all)))), statistic = number(as.vector(all)),
  largest = number(statistic(test)), best = number(cut(test)), p = number(as.numeric(p)),
  ratio = number(exp(b)), factor = number((b^2 - v) / b^2), shrunk = number(exp(b * (b^2 - v) / b^2)),
  fold = number(d$fold), validated = number(exp(coef(validated))))
cat("{\n", paste0("  \"", names(lines), "\": ", lines, collapse = ",\n"), "\n}\n", sep = "")
