"""Figures as plain dicts: no validation cost, no template, nothing the reader does not see."""
