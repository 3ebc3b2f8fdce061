"""Layers of buildings, storeys and openings as the values of risk."""
