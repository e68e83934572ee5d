"""A patient like mine: what is on the screen."""
