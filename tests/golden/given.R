# Survival of those who are at risk at a later day, counted from then: the public data set lung.
# run from the top of the project:  Rscript tests/golden/given.R > tests/golden/given.json
suppressMessages({library(survival); library(jsonlite)})
d <- read.csv("tests/golden/lung.csv")
at <- function(day) {
  late <- d[d$time > day, ]
  f <- survfit(Surv(time - day, event) ~ sex, data = late)
  one <- function(s) {
    g <- survfit(Surv(time - day, event) ~ 1, data = late[late$sex == s, ])
    q <- quantile(g, 0.5)
    r <- summary(g, times = 183, extend = TRUE)
    list(n = g$n, events = sum(g$n.event), time = g$time, surv = g$surv, lower = g$lower,
         upper = g$upper, median = unname(c(q$quantile, q$lower, q$upper)),
         after = c(r$surv, r$lower, r$upper))
  }
  test <- survdiff(Surv(time - day, event) ~ sex, data = late)
  # The same by R's own start of time: the curve from the start, divided by its height then.
  whole <- survfit(Surv(time, event) ~ 1, data = d, start.time = day + 0.5)
  list(day = day, Male = one("Male"), Female = one("Female"), p = test$pvalue,
       start_time = whole$time - day, start_surv = whole$surv)
}
cat(toJSON(list(r = R.version.string, survival = as.character(packageVersion("survival")),
                days = lapply(c(92, 183, 365), at)),
           digits = I(17), auto_unbox = TRUE, pretty = TRUE, na = "null"))
