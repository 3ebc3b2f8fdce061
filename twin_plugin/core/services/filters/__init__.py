"""Filters: CQL2 text to one tree, and from there to what each protocol understands."""
