"""Algorithms of the data services."""
