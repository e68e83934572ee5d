# Lasting responses by survfit: probability of being in response (several states), time to response
# with progression or death competing, and Kaplan-Meier duration among responders.
# run from the top of the project:  Rscript tests/golden/lasting.R > tests/golden/lasting.json
# The days and ends of veteran and lung; who responded and when is made up: every third patient, on
# a day that follows from the row, where that is before the end.
suppressMessages({library(survival); library(jsonlite)})
of <- function(end, ended, days, tau) {
  i <- seq_along(end)
  day <- ifelse(i %% 3 == 0, 10 + (i * 37) %% 90, Inf)
  yes <- day < end
  rows <- do.call(rbind, lapply(i, function(k) {
    if (!yes[k]) return(data.frame(id = k, t1 = 0, t2 = end[k], s = ifelse(ended[k], 2, 0)))
    data.frame(id = k, t1 = c(0, day[k]), t2 = c(day[k], end[k]), s = c(1, ifelse(ended[k], 2, 0)))
  }))
  rows$s <- factor(rows$s, 0:2, c("censor", "response", "lost"))
  fit <- survfit(Surv(t1, t2, s) ~ 1, data = rows, id = id)
  at <- summary(fit, times = days, extend = TRUE)
  inside <- fit$time < tau
  mean <- sum(diff(c(0, fit$time[inside], tau)) * c(0, fit$pstate[inside, 2]))
  first <- factor(ifelse(yes, 1, ifelse(ended, 2, 0)), 0:2, c("censor", "response", "lost"))
  rise <- survfit(Surv(pmin(day, end), first) ~ 1)
  risen <- summary(rise, times = days, extend = TRUE)$pstate[, 2]
  km <- survfit(Surv((end - day)[yes], ended[yes]) ~ 1, conf.type = "log")
  q <- quantile(km, .5)
  lasts <- summary(km, times = days[days <= max(km$time)])
  list(day = ifelse(is.finite(day), day, -1), end = end, ended = as.integer(ended), days = days,
       in_response = at$pstate[, 2], se = at$std.err[, 2], responded = risen, responders = sum(yes),
       median = c(q$quantile, q$lower, q$upper), lasts_at = lasts$time, lasts = lasts$surv,
       tau = tau, mean = mean)
}
out <- list(veteran = of(veteran$time, veteran$status == 1, c(20, 50, 90, 180, 365), 365),
            lung = of(lung$time, lung$status == 2, c(30, 90, 180, 365, 600), 730))
cat(toJSON(out, digits = NA))
