"""What happens on input: read the address, ask the analysis, hand the result to the layouts."""
