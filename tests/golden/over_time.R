# The difference between two arms over time: of survival with a simultaneous band (by definition,
# drawn with another generator), of restricted means, of the hazard (cox.zph with its spline) and
# piecewise (survSplit), for lung by sex and for the shipped study soramic.
# run from the top of the project:  Rscript tests/golden/over_time.R > tests/golden/over_time.json
suppressMessages({library(survival); library(splines); library(jsonlite)})
precise <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 100)

of <- function(d, last, cuts) {
  km <- lapply(c(1, 0), function(a) survfit(Surv(time, event) ~ 1, d[d$treated == a, ]))
  at <- function(f, t) summary(f, times = t, extend = TRUE)
  days <- sort(unique(d$time[d$event == 1]))
  first <- max(sapply(km, function(f) f$time[f$n.event > 0][1]))
  days <- days[days >= first & days <= last]
  s <- lapply(km, at, days)
  value <- s[[1]]$surv - s[[2]]$surv
  se <- sqrt(s[[1]]$std.err^2 + s[[2]]$std.err^2)
  set.seed(7)
  # The independent increments of both arms, 40000 times.
  draws <- 40000
  process <- lapply(1:2, function(i) {
    steps <- diff(c(0, (s[[i]]$std.err / s[[i]]$surv)^2))
    z <- matrix(rnorm(draws * length(days)), draws)
    p <- t(apply(sweep(z, 2, sqrt(pmax(steps, 0)), "*"), 1, cumsum))
    sweep(p, 2, s[[i]]$surv, "*")
  })
  largest <- apply(abs(sweep(process[[1]] - process[[2]], 2, se, "/")), 1, max)
  fit <- coxph(Surv(time, event) ~ treated, d, control = precise)
  z <- cox.zph(fit)
  xx <- z$x; yy <- z$y[, 1]
  pred <- seq(min(xx), max(xx), length = 40)
  basis <- ns(c(pred, xx), df = 4, intercept = TRUE)
  p <- basis[1:40, ]; q <- qr(basis[-(1:40), ])
  bk <- backsolve(q$qr[1:4, 1:4], diag(4)); xtx <- bk %*% t(bk)
  smooth <- drop(p %*% qr.coef(q, yy))
  smooth_se <- sqrt(z$var[1, 1] * rowSums((p %*% xtx) * p))
  split <- survSplit(Surv(time, event) ~ treated, d, cut = cuts, episode = "piece")
  pieces <- lapply(seq_len(length(cuts) + 1), function(i) {
    f <- coxph(Surv(tstart, time, event) ~ treated, split[split$piece == i, ], control = precise)
    list(n = f$n, events = f$nevent, coef = unname(coef(f)), se = unname(sqrt(vcov(f)[1])))
  })
  both <- coxph(Surv(tstart, time, event) ~ treated:factor(piece), split, control = precise)
  rmst <- sapply(seq(60, last, by = 60), function(tau) {
    t <- sapply(km, function(f) summary(f, rmean = tau)$table[c("rmean", "se(rmean)")])
    c(tau, t[1, 1] - t[1, 2], sqrt(sum(t[2, ]^2)))
  })
  list(days = days, value = value, se = se, critical = unname(quantile(largest, 0.95)),
       p = mean(largest >= max(abs(value / se))),
       x = xx, y = unname(yy), smooth = smooth, smooth_se = smooth_se, pieces = pieces,
       constant = 2 * (both$loglik[2] - fit$loglik[2]), rmst = rmst)
}

l <- lung[, c("time", "status", "sex")]
l$treated <- l$sex - 1; l$event <- l$status - 1
s <- read.csv("data/studies/soramic/patients.csv", stringsAsFactors = FALSE)
s$treated <- as.numeric(s$arm == "RE + sorafenib"); s$time <- s$pfs_days; s$event <- s$pfs_event
month <- 30.4375
cat(toJSON(list(
  r = R.version.string, survival = as.character(packageVersion("survival")),
  lung = c(of(l, 700, c(180, 365)),
           list(data = as.list(l[, c("time", "event", "treated")]), last = 700,
                cuts = c(180, 365))),
  soramic = of(s, 700, month * c(6, 12, 24))
), digits = I(15), auto_unbox = TRUE))
