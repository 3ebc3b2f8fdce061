"""Opens the catalogue that a user names: a GeoPackage, or a schema of a PostGIS connection."""

from __future__ import annotations

from pathlib import Path

from ...core.common.errors import InputError
from ...core.common.progress import Progress, silent
from ...core.services.catalogue.geopackage_store import FileCatalogue
from ...core.services.catalogue.store import Catalogue


def open_catalogue(
    path: str = "", connection: str = "", schema: str = "", create: bool = False, progress: Progress = silent
) -> Catalogue:
    """The catalogue of a file or of a database; the caller closes it.

    Parameters
    ----------
    path : str
        A GeoPackage.
    connection, schema : str
        Name of a PostgreSQL connection in QGIS, and the schema in it, instead of a file.
    create : bool
        Whether to make what is missing, and write. Otherwise it is only read.
    progress : Progress
        Asked whether to go on while another program has the file.

    Raises
    ------
    InputError
        When both or neither are given, or it is no catalogue.
    ResourceError
        When it cannot be reached or written.
    """
    if bool(path) == bool(connection):
        raise InputError("Give a GeoPackage in CATALOGUE, or a connection in CONNECTION, and not both.")
    if path:
        return FileCatalogue(Path(path), create, progress)
    from .catalogue_postgres import PostgresCatalogue

    return PostgresCatalogue(connection, schema, create)
