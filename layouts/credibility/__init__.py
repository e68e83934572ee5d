"""Credibility of a subgroup: what is on the screen."""
