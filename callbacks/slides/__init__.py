"""Slides and documents of several views: asked for, made of what each page states, sent."""
