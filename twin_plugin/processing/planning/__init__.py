"""Algorithms of planning review."""
