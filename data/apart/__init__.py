"""Studies read in a process of its own, so that no folder costs the server more than a listing."""
