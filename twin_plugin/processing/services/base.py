"""Base of the algorithms of the data services: the catalogue's parameters, and no secret in any parameter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterExtent,
)
from qgis.PyQt.QtCore import QCoreApplication

from ...bridge.kernel.translation import localized
from ...bridge.services.rows import box_of
from ...core.common.bbox import BoundingBox
from ...core.common.errors import InputError
from ...core.web import address
from ..algorithm import TwinAlgorithm, Values
from ..inputs import declare_store

if TYPE_CHECKING:
    from ...core.services.catalogue.store import Catalogue

DEFAULT_SCHEMA = "twin_services"
NOTES_SHOWN = 50

# pylupdate finds texts only in calls of this name.
translate = QCoreApplication.translate


class ServicesAlgorithm(TwinAlgorithm):
    """Base of the algorithms of the data services.

    Modules of the services that need shapely are imported where they are used: the plugin also loads without it.
    """

    GROUP_ID = "services"
    PACKAGES = ("shapely",)

    def add_catalogue(self, new: bool = False) -> None:
        """The parameters CATALOGUE, CONNECTION and SCHEMA; `new` where a missing catalogue is created."""
        if new:
            text = translate(
                "ServicesAlgorithm",
                "A GeoPackage: an existing catalogue, or the name of a new one. Other tables do not change.",
            )
        else:
            text = translate("ServicesAlgorithm", "A GeoPackage with a catalogue of services.")
        label = translate("ServicesAlgorithm", "Catalogue")
        schema_help = translate("ServicesAlgorithm", "The schema of the catalogue in that database.")
        declare_store(self, "CATALOGUE", label, text, DEFAULT_SCHEMA, schema_help)

    def add_extent(self, help_text: str) -> None:
        """The optional parameter EXTENT, read by `box`."""
        label = translate("ServicesAlgorithm", "Extent")
        self.add(QgsProcessingParameterExtent("EXTENT", label, None, True), help_text)

    def catalogue(
        self,
        parameters: Values,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        create: bool = False,
        write: bool = False,
    ) -> Catalogue:
        """The catalogue that the parameters name, closed by the caller: created with `create`, written with `write`.

        Raises
        ------
        InputError, ResourceError
        """
        from ...bridge.services.catalogues import open_catalogue

        named = (
            self.parameterAsString(parameters, "CATALOGUE", context),
            self.parameterAsConnectionName(parameters, "CONNECTION", context),
            self.parameterAsString(parameters, "SCHEMA", context) or DEFAULT_SCHEMA,
        )
        progress = self.progress(feedback)
        if write:
            # Raises where it is missing, instead of creating it.
            open_catalogue(*named, progress=progress).close()
        return open_catalogue(*named, create or write, progress)

    def box(self, parameters: Values, name: str, context: QgsProcessingContext) -> BoundingBox | None:
        """An extent in degrees; None where it is empty.

        Raises
        ------
        InputError
            When it is not on Earth.
        """
        if parameters.get(name) in (None, ""):
            return None
        degrees = QgsCoordinateReferenceSystem("EPSG:4326")
        found = box_of(self.parameterAsExtent(parameters, name, context, degrees))
        if found is None:
            text = translate("ServicesAlgorithm", "The extent in {name} is not on Earth: check its CRS.")
            raise InputError(text.format(name=name))
        return found

    def warn(self, notes: Iterable[str], feedback: QgsProcessingFeedback) -> list[str]:
        """The notes in the user's language; the first `NOTES_SHOWN` are logged as warnings."""
        texts = [localized(note) for note in notes]
        for text in texts[:NOTES_SHOWN]:
            feedback.pushWarning(text)
        if len(texts) > NOTES_SHOWN:
            more = translate("ServicesAlgorithm", "And {n} more of these.")
            feedback.pushWarning(more.format(n=len(texts) - NOTES_SHOWN))
        return texts

    def checkParameterValues(self, parameters: Values, context: QgsProcessingContext) -> tuple[bool, str]:
        """Also refuse secrets: values refused here do not get into the history."""
        for name, value in parameters.items():
            if isinstance(value, str) and _secrets(name, value):
                text = translate(
                    "ServicesAlgorithm",
                    "{name} holds a password or token: remove it and choose an authentication configuration of QGIS.",
                )
                return False, text.format(name=name)
        return super().checkParameterValues(parameters, context)


def _secrets(name: str, value: str) -> list[str]:
    """Names of the secrets in a value that is an address, also where its scheme is missing."""
    if "://" in value:
        return list(address.stripped(value)[1])
    if name != "URL" or "\\" in value:
        return []
    # The name of a connection may have an @.
    bare = re.sub(r"^(?:https?:/?|//)", "", value.strip(), flags=re.IGNORECASE)
    return [part for part in address.stripped(f"http://{bare}")[1] if part != "user"]
