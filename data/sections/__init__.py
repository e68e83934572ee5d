"""Optional parts of a study: each declares, reads and checks itself."""
