"""The made coastal district that demonstrates and tests the plugin."""
