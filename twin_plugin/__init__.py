"""City Twin for QGIS."""

import sys


def classFactory(iface):
    """Make the plugin; iface is None under qgis_process."""
    if sys.version_info < (3, 11):  # noqa: UP036 - QGIS loads it with whatever Python it has
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise ImportError(f"City Twin needs Python 3.11 or newer; this QGIS has {version}. Install a newer QGIS.")
    from .plugin import CityTwinPlugin

    return CityTwinPlugin(iface)
