"""How the difference between two arms goes over the follow-up."""
