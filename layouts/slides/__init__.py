"""What stands on a slide: a finding, one figure as data, at most one table, and what is said."""
