"""Response: what is on the screen."""
