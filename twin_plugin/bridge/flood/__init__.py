"""Inputs and outputs of a flood simulation."""
