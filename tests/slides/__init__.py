"""Slides of every part of every page, made to be looked at."""
