"""All endpoints side by side: asked and answered."""
