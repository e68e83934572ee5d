# Reference values for the effect along a number: windows of STEPP, its score residuals, and a
# natural spline of the log hazard ratio. R 4.2.2, survival 3.5-3.
#   Rscript tests/golden/stepp.R > tests/golden/stepp.json
suppressMessages(library(survival)); library(splines)
options(digits = 17)
number <- function(x) paste0("[", paste(ifelse(is.na(x), "null", sprintf("%.12g", x)), collapse = ", "), "]")
tight <- coxph.control(eps = 1e-12, iter.max = 50)

# 120 patients of the lung study: a number, two groups as arms.
d <- subset(lung, !is.na(age))[1:120, ]
d$arm <- as.integer(d$sex == 2); d$event <- as.integer(d$status == 2); d$days <- d$time
knots <- quantile(d$age, c(.1, .5, .9))
full <- coxph(Surv(days, event) ~ arm * ns(age, knots = knots[2], Boundary.knots = knots[c(1, 3)]), d, control = tight)
main <- coxph(Surv(days, event) ~ arm + ns(age, knots = knots[2], Boundary.knots = knots[c(1, 3)]), d, control = tight)
line <- coxph(Surv(days, event) ~ arm + ns(age, knots = knots[2], Boundary.knots = knots[c(1, 3)]) + arm:age, d, control = tight)
at <- c(50, 56, 63, 68, 74)
# The effect of the arm at an age: the difference of two rows of the model's matrix.
rows <- function(arm) { m <- model.matrix(delete.response(terms(full)), transform(data.frame(age = at), arm = arm)); m[, -1] }
contrast <- rows(1) - rows(0)
log_ratio <- as.vector(contrast %*% coef(full)); se <- sqrt(diag(contrast %*% vcov(full) %*% t(contrast)))

alone <- coxph(Surv(days, event) ~ ns(log(age), knots = log(knots[2]), Boundary.knots = log(knots[c(1, 3)])), d, control = tight)
straight <- coxph(Surv(days, event) ~ log(age), d, control = tight)
rows <- function(age) model.matrix(delete.response(terms(alone)), data.frame(age = age))[, -1]
middle <- median(d$age)
contrast <- sweep(rows(at), 2, rows(middle))
log_alone <- as.vector(contrast %*% coef(alone)); se_alone <- sqrt(diag(contrast %*% vcov(alone) %*% t(contrast)))

low <- c(39, 55, 60, 66); high <- c(58, 62, 68, 82)
windows <- lapply(seq_along(low), function(i) {
  w <- subset(d, age >= low[i] & age <= high[i]); s <- summary(coxph(Surv(days, event) ~ arm, w, control = tight))
  c(nrow(w), sum(w$event), s$conf.int[c(1, 3, 4)])
})
windows <- do.call(rbind, windows)
residual <- residuals(coxph(Surv(days, event) ~ arm, d, control = tight), type = "score")
# Largest departure: sums of residuals, standardised by drawing without replacement in each arm.
departure <- sapply(seq_along(low), function(i) {
  inside <- d$age >= low[i] & d$age <= high[i]; s <- 0; e <- 0; v <- 0
  for (a in 0:1) { u <- residual[d$arm == a]; m <- sum(inside & d$arm == a); n <- length(u)
    s <- s + sum(residual[inside & d$arm == a]); e <- e + m * mean(u); v <- v + var(u) * m * (1 - m / n) }
  (s - e) / sqrt(v)
})

# Eight patients, all 576 orders of the number within the arms.
tiny <- data.frame(days = c(5, 8, 12, 20, 21, 30, 31, 44), event = c(1, 1, 1, 1, 0, 1, 1, 1),
  arm = c(0, 1, 1, 0, 0, 1, 0, 1), value = c(1, 6, 5, 2, 7, 3, 8, 4))
u <- residuals(coxph(Surv(days, event) ~ arm, tiny, control = tight), type = "score")
tiny_low <- c(1, 2, 4); tiny_high <- c(5, 7, 8)
orders <- function(x) if (length(x) < 2) list(x) else do.call(c, lapply(seq_along(x), function(i) lapply(orders(x[-i]), function(o) c(x[i], o))))
largest <- function(r) max(sapply(seq_along(tiny_low), function(i) {
  inside <- tiny$value >= tiny_low[i] & tiny$value <= tiny_high[i]; s <- 0; v <- 0
  for (a in 0:1) { k <- tiny$arm == a; m <- sum(inside & k); n <- sum(k)
    s <- s + sum(r[inside & k]) - m * mean(u[k]); v <- v + var(u[k]) * m * (1 - m / n) }
  abs(s) / sqrt(v) }))
seen <- largest(u); all <- c()
for (zero in orders(u[tiny$arm == 0])) for (one in orders(u[tiny$arm == 1])) {
  r <- u; r[tiny$arm == 0] <- zero; r[tiny$arm == 1] <- one; all <- c(all, largest(r)) }

lines <- c(days = number(d$days), event = number(d$event), arm = number(d$arm), age = number(d$age),
  at = number(at), log_ratio = number(log_ratio), se = number(se),
  p_interaction = number(anova(main, full)[2, 4]), p_bend = number(anova(line, full)[2, 4]),
  log_alone = number(log_alone), se_alone = number(se_alone),
  p_alone = number(summary(alone)$logtest[["pvalue"]]), p_bend_alone = number(anova(straight, alone)[2, 4]),
  low = number(low), high = number(high), n = number(windows[, 1]), events = number(windows[, 2]),
  ratio = number(windows[, 3]), lower = number(windows[, 4]), upper = number(windows[, 5]),
  residual = number(residual), departure = number(departure),
  tiny_days = number(tiny$days), tiny_event = number(tiny$event), tiny_arm = number(tiny$arm),
  tiny_value = number(tiny$value), tiny_residual = number(u), tiny_low = number(tiny_low), tiny_high = number(tiny_high),
  tiny_largest = number(seen), tiny_p = number(mean(all >= seen - 1e-9)))
cat("{\n", paste0("  \"", names(lines), "\": ", lines, collapse = ",\n"), "\n}\n", sep = "")
