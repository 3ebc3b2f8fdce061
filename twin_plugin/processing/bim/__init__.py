"""Algorithms: bim."""
