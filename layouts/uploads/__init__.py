"""The page on which a reader brings data of their own."""
