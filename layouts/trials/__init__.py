"""Other trials: what is on the screen."""
