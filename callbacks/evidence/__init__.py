"""Evidence: asked and answered."""
