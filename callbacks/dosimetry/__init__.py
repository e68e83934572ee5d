"""Dosimetry: asked and answered."""
