"""Algorithms of the life cycle."""
