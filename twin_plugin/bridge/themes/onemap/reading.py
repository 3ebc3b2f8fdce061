"""Reads what the parameters of twin:onemap name into a request: theme, district, folders."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from qgis.core import QgsApplication, QgsFeatureSource

from ....core.common import leftovers
from ....core.common.errors import InputError
from ....core.themes.district import District
from ...kernel import translation
from .. import documents
from ..districts import district_from_layer
from .opening import PARAMETERS
from .requests import ThemeRequest
from .runs import document_of


def read_request(
    theme: str,
    theme_file: str,
    district: str,
    district_layer: QgsFeatureSource | None,
    folders: Sequence[str],
    twin_base: str,
    language: str,
    output: str,
) -> ThemeRequest:
    """The request that parameters name.

    Parameters
    ----------
    theme, theme_file : str
        Id of a theme, or a document, which counts where it is given.
    district, district_layer
        Id of a district, or polygons of one; at most one of them.
    folders : sequence of str
        By `Folder`, "" where one is not given.
    language : str
        interface, en or zh.
    output : str
        The file that the project is written to, "" for the open project.

    Raises
    ------
    InputError
    """
    found = documents.theme_named(theme_file or theme)
    if found.value is None:
        raise InputError("Choose a theme in THEME, or a document in THEME_FILE.")
    given = {}
    for (folder, name), path in zip(PARAMETERS.items(), folders, strict=True):
        if path and not os.path.isdir(path):
            raise InputError("{name}, '{path}', is no folder: choose the folder with the data.", name=name, path=path)
        given[folder] = path
    if twin_base and not os.path.isfile(twin_base):
        raise InputError("TWIN_BASE, '{path}', is no file: choose a GeoPackage.", path=twin_base)
    shipped = found.shipped
    place = partial(documents.style_file, found.path)
    return ThemeRequest(
        found.value,
        lambda name: (place(name), shipped or not name.endswith(".qml")),
        _district(district, district_layer),
        given,
        twin_base,
        document=document_of(found),
        language=_language(language),
        output=output,
        final=str(Path(output).with_name(leftovers.tail(Path(output).name))) if output else "",
    )


def _district(district: str, layer: QgsFeatureSource | None) -> District | None:
    if layer is not None and district:
        raise InputError("Give a district in DISTRICT or in DISTRICT_LAYER, and not both.")
    if layer is not None:
        return district_from_layer(layer, layer.sourceName())
    return documents.district_named(district).value if district else None


def _language(given: str) -> str:
    if given != "interface":
        return given
    return "zh" if translation.language(QgsApplication.locale()) else "en"
