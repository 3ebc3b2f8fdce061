"""Files of the synthetic district."""
