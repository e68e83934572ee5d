# Survival from dates: tests/studies/cases/dates, made up.
# run from the top of the project:  Rscript tests/golden/dates.R > tests/golden/dates.json
suppressMessages({library(survival); library(jsonlite)})
d <- read.csv("tests/studies/cases/dates/export.csv", check.names = FALSE, na.strings = "")
day <- function(name) as.integer(as.Date(d[[name]], "%d/%m/%Y") - as.Date(d[["Randomised on"]], "%d/%m/%Y"))
last <- day("Last contact"); death <- day("Death on"); progression <- day("Progression on")
of <- function(time, event) {
  f <- survfit(Surv(time, event) ~ 1)
  q <- quantile(f, 0.5)
  list(n = f$n, events = sum(event), time = time, event = as.integer(event),
       median = unname(c(q$quantile, q$lower, q$upper)))
}
first <- pmin(progression, death, na.rm = TRUE)
cat(toJSON(list(
  r = R.version.string, survival = as.character(packageVersion("survival")),
  os = of(last, d$Alive == "No"),
  ttp = of(ifelse(is.na(progression), last, progression), !is.na(progression)),
  pfs = of(ifelse(is.na(first), last, first), !is.na(first)),
  sex = as.list(table(d$Sex)), stage = as.list(table(d$Stage)), albi = as.list(table(d[["ALBI grade"]]))
), digits = I(17), auto_unbox = TRUE, pretty = TRUE, na = "null"))
