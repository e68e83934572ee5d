"""Evidence: what is on the screen."""
