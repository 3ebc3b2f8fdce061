"""Algorithms of themes."""
