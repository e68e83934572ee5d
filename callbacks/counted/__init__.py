"""What pages ask about a study whose patients stay in a database: counts in place of rows."""
