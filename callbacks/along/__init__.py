"""Effect along a number: asked and answered."""
