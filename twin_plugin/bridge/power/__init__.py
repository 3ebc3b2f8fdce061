"""Power networks from layers and tables, and their results as rows."""
