"""Layers, results of runs and tables as the values of core's contingency plans, and the documents of a plan."""
