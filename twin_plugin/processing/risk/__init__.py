"""Algorithms: risk."""
