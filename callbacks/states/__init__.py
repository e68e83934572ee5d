"""Alive without progression, progressed, dead, by arm: asked and answered."""
