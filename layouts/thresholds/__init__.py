"""Thresholds of a number: what is on the screen."""
