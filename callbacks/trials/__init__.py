"""Other trials: asked and answered."""
