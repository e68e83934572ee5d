"""Safety: asked and answered."""
