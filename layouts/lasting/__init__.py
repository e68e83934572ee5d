"""How long responses last: what is on the screen."""
