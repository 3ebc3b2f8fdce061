"""Structures on the surface: what raises the terrain along a line, and what passes water between two places."""
