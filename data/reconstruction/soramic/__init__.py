"""The study soramic, rebuilt from its published tables; ``make reconstruct`` runs it."""
