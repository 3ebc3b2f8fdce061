"""The Planning dock."""
