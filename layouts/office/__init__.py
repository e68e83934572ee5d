"""Slides and documents as the files of office programs; nothing else knows their libraries."""
