"""Effect along a number: what is on the screen."""
