"""Compare arms: what is on the screen."""
