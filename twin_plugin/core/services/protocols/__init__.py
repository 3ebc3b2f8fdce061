"""The protocols of data services: how each is harvested, probed, described, counted and queried."""
