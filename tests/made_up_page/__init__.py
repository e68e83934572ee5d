"""A page of its own for tests: its two folders, as a new page of the product would have them."""
