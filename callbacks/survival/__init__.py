"""Survival: asked and answered."""
