"""Bayesian monitoring of toxicity and futility: asked and answered."""
