"""The numbers: pure functions from arrays to frozen results, usable without Dash."""
