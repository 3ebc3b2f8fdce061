"""City Twin for QGIS."""


def classFactory(iface):
    """Make the plugin; iface is None under qgis_process."""
    from .plugin import CityTwinPlugin

    return CityTwinPlugin(iface)
