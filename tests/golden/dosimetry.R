# R's numbers for agreement, ROC curves and rank tests, in base R and the survival package.
#   Rscript tests/golden/dosimetry.R > tests/golden/dosimetry.json
suppressMessages({ library(survival); library(jsonlite) })

# Peak expiratory flow of 17 people, first readings with a Wright meter and a mini Wright meter:
# the example of Bland & Altman 1986.
wright <- c(494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427)
mini <- c(512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451)

agree <- function(a, b) {
  d <- a - b
  n <- length(d)
  ci <- t.test(a, b, paired = TRUE)$conf.int
  se <- sd(d) * sqrt(1 / n + 1.96^2 / (2 * (n - 1)))
  limits <- mean(d) + c(-1, 1) * 1.96 * sd(d)
  half <- qt(0.975, n - 1) * se
  list(sd = sd(d), mean = c(mean(d), ci), lower = limits[1] + c(0, -half, half),
       upper = limits[2] + c(0, -half, half))
}

# lung: the two performance scores beside each other; age against being dead.
scores <- na.omit(lung[, c("ph.karno", "pat.karno")])
known <- na.omit(lung[, c("status", "ph.karno", "age", "wt.loss", "inst")])
dead <- known$status == 2

# Delong's variance written out as sums over all pairs.
delong <- function(x, y) {
  psi <- outer(x, y, function(a, b) (a > b) + 0.5 * (a == b))
  v10 <- rowMeans(psi)
  v01 <- colMeans(psi)
  auc <- mean(psi)
  var <- var(v10) / length(x) + var(v01) / length(y)
  c(auc, auc + c(-1, 1) * qnorm(0.975) * sqrt(var))
}

# Obuchowski 1997, equation by equation, in sums over clusters.
obuchowski <- function(x, y, cx, cy) {
  psi <- outer(x, y, function(a, b) (a > b) + 0.5 * (a == b))
  v10 <- rowMeans(psi)
  v01 <- colMeans(psi)
  auc <- mean(psi)
  clusters <- unique(c(cx, cy))
  s10 <- s01 <- s11 <- 0
  for (k in clusters) {
    a <- sum(v10[cx == k]) - sum(cx == k) * auc
    b <- sum(v01[cy == k]) - sum(cy == k) * auc
    s10 <- s10 + a^2
    s01 <- s01 + b^2
    s11 <- s11 + a * b
  }
  i10 <- length(unique(cx)); i01 <- length(unique(cy)); i <- length(clusters)
  s10 <- s10 * i10 / ((i10 - 1) * length(x))
  s01 <- s01 * i01 / ((i01 - 1) * length(y))
  s11 <- s11 * i / (i - 1)
  var <- s10 / length(x) + s01 / length(y) + 2 * s11 / (length(x) * length(y))
  auc + c(-1, 1) * qnorm(0.975) * sqrt(var)
}

test <- wilcox.test(known$ph.karno[dead], known$ph.karno[!dead], exact = FALSE)
ages <- wilcox.test(known$age[dead], known$age[!dead], exact = FALSE)
rho <- suppressWarnings(cor.test(scores$ph.karno, scores$pat.karno, method = "spearman",
                                 exact = FALSE))
cat(toJSON(list(
  wright = wright, mini = mini,
  difference = agree(wright, mini), ratio = lapply(agree(log(wright), log(mini)), exp),
  spearman = list(x = scores$ph.karno, y = scores$pat.karno, rho = unname(rho$estimate),
                  p = rho$p.value),
  roc = list(dead = dead, karno = known$ph.karno, age = known$age, inst = known$inst,
             karno_u = unname(test$statistic), karno_p = test$p.value,
             age_u = unname(ages$statistic), age_p = ages$p.value,
             karno_delong = delong(known$ph.karno[dead], known$ph.karno[!dead]),
             age_delong = delong(known$age[dead], known$age[!dead]),
             age_obuchowski = obuchowski(known$age[dead], known$age[!dead],
                                         known$inst[dead], known$inst[!dead]))
), auto_unbox = TRUE, digits = NA))
