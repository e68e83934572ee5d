# Bayesian monitoring of one rate, from pbeta and integrate alone: posterior probabilities, stopping
# boundaries, and operating characteristics by enumerating every sequence of outcomes.
# run from the top of the project:  Rscript tests/golden/monitoring.R > tests/golden/monitoring.json
suppressMessages(library(jsonlite))
above <- function(x, n, prior, ref, weight) {
  a <- prior[1] + x; b <- prior[2] + n - x
  if (is.infinite(weight)) return(pbeta(ref, a, b, lower.tail = FALSE))
  f <- function(s) dbeta(s, weight * ref, weight * (1 - ref)) * pbeta(s, a, b, lower.tail = FALSE)
  integrate(f, 0, 1, rel.tol = 1e-12, subdivisions = 2000L)$value
}
designs <- list(
  list(stops = "above", prior = c(.5, 1.5), reference = .25, weight = Inf, cut = .95, cohort = 1, most = 12),
  list(stops = "above", prior = c(.6, 1.4), reference = .3, weight = 100, cut = .9, cohort = 3, most = 12),
  list(stops = "below", prior = c(.6, 1.4), reference = .3, weight = 50, cut = .8, cohort = 1, most = 12),
  list(stops = "below", prior = c(1, 1), reference = .6, weight = Inf, cut = .9, cohort = 5, most = 12))
rates <- c(.05, .2, .3, .5, .8)
out <- lapply(designs, function(d) {
  p <- function(x, n) {
    up <- above(x, n, d$prior, d$reference, d$weight)
    if (d$stops == "above") up else 1 - up
  }
  looks <- unique(c(seq(d$cohort, d$most, by = d$cohort), d$most))
  table <- lapply(looks, function(n) sapply(0:n, p, n = n))
  # every one of the 2^12 sequences of outcomes
  grid <- as.matrix(expand.grid(rep(list(0:1), d$most)))
  seen <- t(apply(grid, 1, cumsum))
  stop_at <- rep(Inf, nrow(grid))
  for (i in seq_along(looks)) {
    n <- looks[i]
    hit <- table[[i]][seen[, n] + 1] > d$cut & is.infinite(stop_at)
    stop_at[hit] <- n
  }
  oc <- sapply(rates, function(r) {
    w <- r^rowSums(grid) * (1 - r)^(d$most - rowSums(grid))
    c(sum(w[is.finite(stop_at)]), sum(w[stop_at < d$most]), sum(w * pmin(stop_at, d$most)))
  })
  # of all orders of 5 events among 12 patients
  five <- rowSums(grid) == 5
  d$weight <- if (is.infinite(d$weight)) NULL else d$weight
  c(d, list(looks = looks, probability = table, rates = rates, stops_at = oc[1, ], early = oc[2, ],
            expected = oc[3, ], orders = mean(is.finite(stop_at[five]))))
})
cat(toJSON(out, auto_unbox = TRUE, digits = NA))
