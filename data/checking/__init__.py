"""Checks that every reader of a study uses, and the sentences for what they find."""
