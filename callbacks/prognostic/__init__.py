"""Prognostic factors: asked and answered."""
