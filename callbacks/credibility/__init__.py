"""Credibility of a subgroup: asked and answered."""
