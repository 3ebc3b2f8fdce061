"""Algorithms of rail planning."""
