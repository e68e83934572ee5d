"""Safety: what is on the screen."""
