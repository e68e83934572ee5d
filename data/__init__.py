"""Studies: what they declare, how they are read, checked, selected and addressed."""
