"""Subgroups: what is on the screen."""
