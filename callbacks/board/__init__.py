"""The board: views that a reader has kept, as slides and as files."""
