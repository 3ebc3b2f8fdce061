"""Algorithms of power networks."""
