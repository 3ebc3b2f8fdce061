"""The one HTTP client, and logins."""
