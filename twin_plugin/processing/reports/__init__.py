"""Algorithms that hand results over: projects, maps and reports."""
