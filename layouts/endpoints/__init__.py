"""All endpoints side by side: what is on the screen."""
