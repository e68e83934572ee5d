"""Effect along a number: how it is answered."""
