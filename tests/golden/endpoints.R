# Every endpoint of the shipped study soramic by arm: medians, hazard ratio, difference of restricted
# means up to the last day on which a tenth of each arm and five patients are at risk, log-rank test.
# run from the top of the project:  Rscript tests/golden/endpoints.R > tests/golden/endpoints.json
suppressMessages({library(survival); library(jsonlite)})
d <- read.csv("data/studies/soramic/patients.csv", stringsAsFactors = FALSE)
d$treated <- as.numeric(d$arm == "RE + sorafenib")
precise <- coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 100)

# The rule in R's own words: at risk on a day are those whose time is that day or later.
last_day <- function(time) {
  needed <- max(5, ceiling(0.1 * length(time) - 1e-9))
  days <- sort(unique(time))
  max(days[sapply(days, function(day) sum(time >= day)) >= needed])
}

endpoint <- function(stem) {
  time <- d[[paste0(stem, "_days")]]; event <- d[[paste0(stem, "_event")]]
  known <- !is.na(time)
  time <- time[known]; event <- event[known]; treated <- d$treated[known]
  cox <- coxph(Surv(time, event) ~ treated, control = precise)
  test <- survdiff(Surv(time, event) ~ treated)
  tau <- min(last_day(time[treated == 1]), last_day(time[treated == 0]))
  arms <- lapply(c(1, 0), function(arm) {
    fit <- survfit(Surv(time[treated == arm], event[treated == arm]) ~ 1)
    full <- summary(fit)$table
    mean <- summary(fit, rmean = tau)$table
    list(n = unname(full["records"]), events = unname(full["events"]),
         median = unname(full[c("median", "0.95LCL", "0.95UCL")]),
         mean = unname(mean["rmean"]), se = unname(mean["se(rmean)"]))
  })
  difference <- arms[[1]]$mean - arms[[2]]$mean
  se <- sqrt(arms[[1]]$se^2 + arms[[2]]$se^2)
  list(arms = arms, ratio = unname(exp(c(coef(cox), confint(cox)))), tau = tau,
       gained = c(difference, difference - qnorm(0.975) * se, difference + qnorm(0.975) * se),
       p = pchisq(test$chisq, 1, lower.tail = FALSE))
}

stems <- c(pfs = "pfs", os = "os", ttp = "ttp", `hepatic-pfs` = "hepatic_pfs", pps = "pps")
result <- list(r = R.version.string, survival = as.character(packageVersion("survival")),
               endpoints = lapply(stems, endpoint))
cat(toJSON(result, digits = NA, auto_unbox = TRUE, pretty = TRUE))
