"""The Home dock: the steps of the work."""
