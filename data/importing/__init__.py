"""From the file that somebody has to a study's folder: what its columns mean, how surely."""
