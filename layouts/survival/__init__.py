"""Survival: what is on the screen."""
