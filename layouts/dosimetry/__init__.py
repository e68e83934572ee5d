"""Dosimetry: what is on the screen."""
