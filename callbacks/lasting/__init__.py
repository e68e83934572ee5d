"""How long responses last: asked and answered."""
