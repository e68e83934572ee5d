"""Thresholds of a number: asked and answered."""
