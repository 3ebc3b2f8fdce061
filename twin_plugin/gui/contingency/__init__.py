"""The Plan dock."""
