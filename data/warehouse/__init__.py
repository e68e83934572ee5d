"""Studies whose patients stay in a database: only counts by groups and days leave it."""
