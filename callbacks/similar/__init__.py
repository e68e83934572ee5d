"""A patient like mine: how it is answered."""
