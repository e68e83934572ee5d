# Likelihood-ratio tests of arm x subgroup and hazard ratios within levels for the shipped study
# soramic, by R's survival package.
# run from the top of the project:  Rscript tests/golden/soramic_interactions.R > tests/golden/soramic_interactions.json
suppressMessages({library(survival); library(jsonlite)})
d <- read.csv("data/studies/soramic/patients.csv", na.strings = "")
d$age_years <- cut(d$age_years, c(-Inf, 60, 70, Inf), right = FALSE)
size <- median(d$target_lesion_mm)
d$target_lesion_mm <- cut(d$target_lesion_mm, c(-Inf, size, Inf), right = FALSE)
d$arm <- factor(d$arm, c("Sorafenib", "RE + sorafenib"))
subgroups <- c("bclc", "extrahepatic_spread", "outside_up_to_7", "child_pugh", "albi_grade", "cirrhosis",
  "hepatitis_b", "hepatitis_c", "alcohol", "portal_vein_infiltration", "afp_over_400",
  "diffuse_disease", "target_lesion_mm", "sex", "age_65_or_more", "age_years", "ecog", "race_white",
  "previous_tace")
tight <- coxph.control(eps = 1e-12, iter.max = 100)
one <- function(endpoint, column) {
  p <- d[!is.na(d[[column]]), ]
  p$time <- p[[paste0(endpoint, "_days")]]; p$event <- p[[paste0(endpoint, "_event")]]
  p$s <- factor(p[[column]])
  m0 <- coxph(Surv(time, event) ~ arm + s, data = p, control = tight)
  m1 <- coxph(Surv(time, event) ~ arm * s, data = p, control = tight)
  a <- anova(m0, m1)
  levels <- lapply(levels(p$s), function(l) {
    f <- summary(coxph(Surv(time, event) ~ arm, data = p[p$s == l, ], control = tight))$conf.int
    list(level = l, hazard_ratio = f[1], lower = f[3], upper = f[4])
  })
  list(endpoint = endpoint, column = column, n = nrow(p), chisq = a$Chisq[2], df = a$Df[2],
    p = a[["Pr(>|Chi|)"]][2], levels = levels)
}
rows <- do.call(c, lapply(c("pfs", "os"), function(e) lapply(subgroups, function(s) one(e, s))))
cat(toJSON(list(r = R.version.string, survival = as.character(packageVersion("survival")), rows = rows),
  digits = I(17), auto_unbox = TRUE))
