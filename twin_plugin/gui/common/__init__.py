"""What docks share without widgets: the runner, requests, settings, state, labels and layers of results."""
