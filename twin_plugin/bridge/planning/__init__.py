"""Layers and tables of planning review."""
