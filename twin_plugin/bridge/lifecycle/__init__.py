"""Layers and tables of the life cycle."""
