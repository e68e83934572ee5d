"""Bayesian monitoring of toxicity and futility: what is on the screen."""
