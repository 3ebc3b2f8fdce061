"""The Django site around django-ogc-sensorthings; it runs in .venv-servers, not in the plugin's environment."""
