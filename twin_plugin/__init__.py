"""City Twin for QGIS."""


def classFactory(iface):  # noqa: N802 - the name QGIS calls
    """Make the plugin; iface is None under qgis_process."""
    from .plugin import CityTwinPlugin

    return CityTwinPlugin(iface)
