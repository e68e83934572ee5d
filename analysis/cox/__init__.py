"""Cox regression on event tables: fit, tests, concordance, interactions, many models at once."""
