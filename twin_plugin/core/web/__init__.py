"""Addresses, replies and the fetch port: what core needs of the web without a network."""
