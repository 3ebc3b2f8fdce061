"""Algorithms of application scenarios."""
