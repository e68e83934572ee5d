"""Two arms made alike by weights: propensity, weights, weighted curves, tests and balance."""
