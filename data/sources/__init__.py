"""Where studies come from: nothing else opens their files."""
