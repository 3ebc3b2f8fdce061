"""Scenarios meet QGIS: the registry of algorithms, the catalogue, and runs with their provenance."""
