"""The algorithms that export scenes."""
