"""Prognostic factors: what is on the screen."""
