"""Algorithms: flood."""
