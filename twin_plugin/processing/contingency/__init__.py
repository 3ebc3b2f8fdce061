"""The algorithms about contingency plans."""
