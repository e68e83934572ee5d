# Medians with limits, log-rank tests and numbers of patients of the shipped study soramic beside
# what the paper prints of them, by R's survival package.
# run from the top of the project:  Rscript tests/golden/soramic_survival.R
# It rewrites the column "recomputed" of tests/fidelity/soramic_survival.csv.
suppressMessages(library(survival))
path <- "tests/fidelity/soramic_survival.csv"
rows <- read.csv(path, colClasses = "character", check.names = FALSE)
d <- read.csv("data/studies/soramic/patients.csv", na.strings = "")
endpoints <- c(OS = "os", PFS = "pfs", TTP = "ttp", `Hepatic PFS` = "hepatic_pfs", PPS = "pps")
responses <- list(`Disease control` = c("disease_control", "yes"),
  `Best response PD` = c("disease_control", "no"),
  `Objective response vs none` = c("objective_response", NA))
value <- function(item, group, statistic) {
  p <- d
  p$time <- p[[paste0(endpoints[[item]], "_days")]]
  p$event <- p[[paste0(endpoints[[item]], "_event")]]
  p <- p[!is.na(p$time), ]
  by <- if (group %in% names(responses)) responses[[group]][1] else "arm"
  level <- if (group %in% names(responses)) responses[[group]][2] else group
  if (statistic == "log-rank p") {
    test <- survdiff(Surv(p$time, p$event) ~ p[[by]])
    return(sprintf("%.5f", pchisq(test$chisq, 1, lower.tail = FALSE)))
  }
  if (group != "Overall") p <- p[p[[by]] == level, ]
  if (statistic == "n") return(as.character(nrow(p)))
  fit <- survfit(Surv(time, event) ~ 1, data = p, conf.type = "log")
  column <- c(median = "median", `median lower 95%` = "0.95LCL", `median upper 95%` = "0.95UCL")
  sprintf("%.3f", summary(fit)$table[[column[[statistic]]]] / 30.4375)
}
rows$recomputed <- mapply(value, rows$item, rows$group, rows$statistic)
# No quotes, as the file was.
write.csv(rows, path, row.names = FALSE, quote = FALSE)
