"""Documents in words: their blocks, and the same blocks as HTML."""
