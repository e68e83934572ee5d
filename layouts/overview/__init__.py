"""Overview: what is on the screen."""
