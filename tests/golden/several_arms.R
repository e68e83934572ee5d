# Three arms of colon3 and four of four (tests/studies/cases): log-rank tests over all arms and of
# each pair among its own patients, Cox regressions of each pair, Fisher's tests of response, and
# Holm's adjustment.
# run from the top of the project:  Rscript tests/golden/several_arms.R > tests/golden/several_arms.json
suppressMessages({library(survival); library(jsonlite)})
precise <- coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 100)

pair <- function(d, compared, reference) {
  two <- d[d$arm %in% c(compared, reference), ]
  two$treated <- as.numeric(two$arm == compared)
  test <- survdiff(Surv(time, event) ~ treated, data = two)
  fit <- coxph(Surv(time, event) ~ treated, data = two, control = precise)
  s <- summary(fit)
  zph <- tryCatch(cox.zph(fit)$table["GLOBAL", "p"], error = function(e) NA)
  list(compared = compared, reference = reference, n = fit$n, events = fit$nevent,
       chisq = test$chisq, logrank_p = pchisq(test$chisq, 1, lower.tail = FALSE),
       hazard_ratio = s$conf.int[1, 1], lower = s$conf.int[1, 3], upper = s$conf.int[1, 4],
       wald_p = s$coefficients[1, "Pr(>|z|)"], zph_p = zph)
}

overall <- function(d) {
  test <- survdiff(Surv(time, event) ~ arm, data = d)
  df <- sum(test$exp > 0) - 1
  list(chisq = test$chisq, df = df, p = pchisq(test$chisq, df, lower.tail = FALSE))
}

adjusted <- function(pairs, name) p.adjust(sapply(pairs, function(one) one[[name]]), "holm")

colon <- read.csv("tests/studies/cases/colon3/patients.csv", stringsAsFactors = FALSE)
of_colon <- lapply(c("os", "ttr", "dfs"), function(endpoint) {
  d <- data.frame(arm = colon$rx, time = colon[[paste0(endpoint, "_days")]],
                  event = colon[[paste0(endpoint, "_event")]])
  each <- list(pair(d, "Lev", "Obs"), pair(d, "Lev+5FU", "Obs"))
  every <- list(pair(d, "Lev", "Obs"), pair(d, "Lev+5FU", "Obs"), pair(d, "Lev+5FU", "Lev"))
  joint <- summary(coxph(Surv(time, event) ~ factor(arm, levels = c("Obs", "Lev", "Lev+5FU")),
                         data = d, control = precise))
  list(endpoint = endpoint, overall = overall(d), each = each, every = every,
       joint = unname(joint$conf.int[, 1]),
       holm_each = adjusted(each, "logrank_p"), holm_every = adjusted(every, "logrank_p"),
       holm_wald = adjusted(each, "wald_p"))
})

four <- read.csv("tests/studies/cases/four/patients.csv", stringsAsFactors = FALSE)
d <- data.frame(arm = four$arm, time = four$os_days, event = four$os_event)
shown <- c("A", "B", "C")
logrank <- sapply(shown, function(one) {
  test <- survdiff(Surv(time, event) ~ arm, data = d[d$arm %in% c(one, "P"), ])
  pchisq(test$chisq, 1, lower.tail = FALSE)
})
responder <- four$best %in% c("CR", "PR")
fisher <- sapply(shown, function(one) {
  rows <- four$arm %in% c(one, "P")
  fisher.test(table(four$arm[rows], responder[rows]))$p.value
})
all_fisher <- fisher.test(table(four$arm, responder), workspace = 2e7)$p.value
all_chisq <- suppressWarnings(chisq.test(table(four$arm, responder), correct = FALSE))

writeLines(toJSON(list(
  colon3 = of_colon,
  four = list(overall = overall(d), logrank = unname(logrank),
              holm_logrank = unname(p.adjust(logrank, "holm")),
              fisher = unname(fisher), holm_fisher = unname(p.adjust(fisher, "holm")),
              all_fisher = all_fisher, all_chisq = all_chisq$p.value)
), digits = NA, auto_unbox = TRUE, pretty = TRUE))
