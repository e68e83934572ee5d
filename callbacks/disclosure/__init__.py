"""What of a result may leave the server: see data.disclosure, which decides."""
