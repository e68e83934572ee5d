"""Compare arms: asked and answered."""
