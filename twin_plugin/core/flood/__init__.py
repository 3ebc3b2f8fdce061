"""Rainfall, terrain, the flood solver and hazard."""
