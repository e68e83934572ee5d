# Occupation of three states and mean time in each, by survfit on data with an id.
# run from the top of the project:  Rscript tests/golden/multistate.R > tests/golden/multistate.json
# The data stand in the result: colon (recurrence, death) by treatment, mgus2 (progression, death)
# in months by sex.
suppressMessages({library(survival); library(jsonlite)})
of <- function(prog, progressed, end, died, days, tau) {
  ill <- progressed & !(died & prog >= end)
  rows <- do.call(rbind, lapply(seq_along(end), function(i) {
    if (!ill[i]) return(data.frame(id = i, t1 = 0, t2 = end[i], s = ifelse(died[i], 2, 0)))
    a <- data.frame(id = i, t1 = 0, t2 = prog[i], s = 1)
    if (end[i] > prog[i]) a <- rbind(a, data.frame(id = i, t1 = prog[i], t2 = end[i], s = ifelse(died[i], 2, 0)))
    a
  }))
  rows$s <- factor(rows$s, 0:2, c("censor", "prog", "dead"))
  fit <- survfit(Surv(t1, t2, s) ~ 1, data = rows, id = id, influence = TRUE)
  at <- summary(fit, times = days, extend = TRUE)
  # mean time in each state from the curves and their influence
  inside <- fit$time < tau
  width <- diff(c(0, fit$time[inside], tau))
  mean <- colSums(width * rbind(c(1, 0, 0), fit$pstate[inside, ]))
  inf <- fit$influence.pstate
  keep <- c(TRUE, inside)
  if (dim(inf)[2] == length(fit$time)) { inf <- inf[, inside, ]; w <- width[-1] } else { inf <- inf[, keep, ]; w <- width }
  se <- sapply(1:3, function(k) sqrt(sum((inf[, , k] %*% w)^2)))
  list(progression = prog, progressed = as.integer(progressed), follow_up = end, died = as.integer(died),
       days = days, value = at$pstate, se = at$std.err, tau = tau, mean = mean, mean_se = se)
}
out <- list()
r <- colon[colon$etype == 1, ]; d <- colon[colon$etype == 2, ]
d <- d[match(r$id, d$id), ]
for (arm in c("Obs", "Lev+5FU")) {
  u <- r$rx == arm
  out[[paste("colon", arm)]] <- of(r$time[u], r$status[u] == 1, pmax(d$time[u], r$time[u]), d$status[u] == 1, c(180, 365, 730, 1500, 2500), 1825)
}
for (sex in c("F", "M")) {
  u <- mgus2$sex == sex
  m <- mgus2[u, ]
  out[[paste("mgus2", sex)]] <- of(m$ptime, m$pstat == 1, m$futime, m$death == 1, c(12, 60, 120, 200), 120)
}
cat(toJSON(out, digits = NA))
