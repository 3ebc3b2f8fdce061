"""Reads parameters of an algorithm and keeps the lines of the table at the end of its log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureSource,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsRasterLayer,
)

from ....core.common.errors import InputError
from ....core.common.grid import Grid
from ....core.common.messages import Message
from ...kernel.input_table import Entry
from ...kernel.translation import localized
from ...kernel.vectors import FeatureTable, read_table


@dataclass(frozen=True)
class Parameters:
    """The parameters of a run of an algorithm, and what is noted of its inputs.

    Attributes
    ----------
    entries : list of Entry
        Lines of the table of what was read, left out and guessed; whoever reads an input adds its line.
    """

    algorithm: QgsProcessingAlgorithm
    values: dict[str, Any]
    context: QgsProcessingContext
    feedback: QgsProcessingFeedback
    entries: list[Entry] = field(default_factory=list)

    def given(self, name: str) -> bool:
        """Whether the algorithm has a parameter and it has a value."""
        definition = self.algorithm.parameterDefinition(name)
        return definition is not None and self.values.get(name, definition.defaultValue()) not in (None, "", [])

    def changed(self, name: str) -> bool:
        """Whether a parameter has another value than its default."""
        if not self.given(name):
            return False
        default = self.algorithm.parameterDefinition(name).defaultValue()
        return str(self.values.get(name, default)) not in (str(default), f"{default}.0")

    def number(self, name: str) -> float | None:
        """A number; None where it is empty."""
        if not self.given(name):
            return None
        return float(self.algorithm.parameterAsDouble(self.values, name, self.context))

    def text(self, name: str) -> str:
        """A text or the value of a choice."""
        return str(self.algorithm.parameterAsString(self.values, name, self.context))

    def raster(self, name: str) -> QgsRasterLayer | None:
        """A raster layer; None where it is empty or cannot be read."""
        return self.algorithm.parameterAsRasterLayer(self.values, name, self.context)

    def source(self, name: str) -> QgsFeatureSource | None:
        """A layer or table; None where it is empty.

        Raises
        ------
        InputError
            When it cannot be read.
        """
        if not self.given(name):
            return None
        source = self.algorithm.parameterAsSource(self.values, name, self.context)
        if source is None:
            raise InputError(
                "The layer given for {name} cannot be read: choose another one, or leave it empty.", name=name
            )
        return source

    def features(self, source: QgsFeatureSource, grid: Grid, *fields: str) -> FeatureTable:
        """Geometries in the CRS of a grid, with these of the fields that the layer has."""
        crs = QgsCoordinateReferenceSystem(grid.crs)
        return read_table(source, self.feedback, crs, fields, self.context.transformContext())

    def plain_features(self, source: QgsFeatureSource, *fields: str) -> FeatureTable:
        """These of the fields that the layer has, whatever its CRS."""
        return read_table(source, self.feedback, fields=fields)

    def note(self, notes: Iterable[Message]) -> None:
        """Log what is no warning."""
        for note in notes:
            self.feedback.pushInfo(localized(note))

    def warn(self, notes: Iterable[Message | None]) -> None:
        """Log what the user must know of an input."""
        for note in notes:
            if note is not None:
                self.feedback.pushWarning(localized(note))
