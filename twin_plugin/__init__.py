"""City Twin for QGIS."""

import sys


def classFactory(iface):
    """Make the plugin; iface is None under qgis_process."""
    if sys.version_info < (3, 11):  # noqa: UP036 - QGIS loads it with whatever Python it has
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise ImportError(f"City Twin needs Python 3.11 or newer; this QGIS has {version}. Install a newer QGIS.")
    _forget_earlier_load()
    from .plugin import CityTwinPlugin

    return CityTwinPlugin(iface)


def _forget_earlier_load():
    """Remove the modules that QGIS left when it unloaded the plugin: after an update they are of another version.

    QGIS removes only what an import statement brought, and so neither the algorithms' modules nor some packages.
    """
    for name in [name for name in sys.modules if name.startswith(f"{__name__}.")]:
        del sys.modules[name]
