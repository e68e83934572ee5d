"""Overview: asked and answered."""
