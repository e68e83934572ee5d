"""Subgroups: asked and answered."""
