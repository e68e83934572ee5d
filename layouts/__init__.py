"""What is on the screen: pure functions from results to components and figure dicts."""
