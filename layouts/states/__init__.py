"""Alive without progression, progressed, dead, by arm: what is on the screen."""
