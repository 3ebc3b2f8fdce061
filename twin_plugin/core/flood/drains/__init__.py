"""Drains below the street: networks from files and layers, inlets, and the exchange of water with the terrain."""
