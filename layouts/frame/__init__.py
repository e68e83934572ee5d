"""What stands around a page: shell, filter rail, cohort line, glossary."""
