"""Data services: catalogues, layers, previews, observations."""
