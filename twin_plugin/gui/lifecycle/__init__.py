"""The Life cycle dock."""
