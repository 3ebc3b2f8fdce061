"""Rain on buildings: what roofs hold back, and where the rest runs."""
