"""Observed rain and water against stored runs: which is nearest, how near, or that none is."""
