"""Response: asked and answered."""
