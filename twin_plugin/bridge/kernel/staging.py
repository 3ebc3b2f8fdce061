"""Outputs written beside their destination and put in place only when everything succeeded."""

from __future__ import annotations

import os
import re
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from osgeo import gdal
from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingDestinationParameter,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProcessingUtils,
    QgsProperty,
)

from ...core.common.errors import InputError, ResourceError, unwritable

_TABLE = re.compile(r"""^ogr:dbname=(['"])(?P<path>.+?)\1\s+table=(['"])(?P<table>.+?)\3""")
_PROVIDERS = re.compile(r"^(memory:|postgis:|postgres://|ogr:|spatialite:|[a-z]{2,}://)")


@dataclass
class Staged:
    """One output on its way: where it is written now and where it belongs."""

    name: str
    now: Path
    final: Path
    table: str = ""
    load: tuple[str, Any] | None = None  # name in the project, the project

    @property
    def folder(self) -> Path:
        return self.now.parent


class Staging:
    """Redirects the file destinations of one run, then publishes or discards them.

    Parameters
    ----------
    definitions : list of QgsProcessingParameterDefinition
        The algorithm's parameters.
    parameters : dict
        As QGIS gave them; `self.parameters` is a copy with the destinations redirected.
    context : QgsProcessingContext
        Resolves defaults and expressions; receives the layers to load.

    Raises
    ------
    InputError
        When two outputs name the same file.
    ResourceError
        When a destination's folder cannot be written.
    """

    def __init__(self, definitions: list[Any], parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        self.context = context
        self.parameters = dict(parameters)
        self.items: list[Staged] = []
        try:
            for definition in definitions:
                if isinstance(definition, QgsProcessingDestinationParameter) and not isinstance(
                    definition, QgsProcessingParameterFolderDestination
                ):
                    self._redirect(definition)
        except (InputError, ResourceError):
            self.discard()
            raise

    def publish(self, results: dict[str, Any]) -> dict[str, Any]:
        """Put every output in its place; returns the results with final paths.

        Raises
        ------
        ResourceError
            When a destination cannot be replaced; the new file's own path is named and kept.
        """
        renamed: dict[str, str] = {}
        for item in self.items:
            if not item.now.exists():
                continue
            try:
                final = self._put(item)
            except OSError as error:
                raise ResourceError(
                    "'{final}' could not be replaced ({reason}): close what has it open and rename '{now}', which "
                    "holds the new result.",
                    final=item.final,
                    reason=error.strerror or error,
                    now=item.now,
                ) from error
            renamed[str(item.now)] = final
            if item.load is not None:
                title, project = item.load
                details = QgsProcessingContext.LayerDetails(
                    title, project, item.name, QgsProcessingUtils.LayerHint.UnknownType
                )
                self.context.addLayerToLoadOnCompletion(final, details)
        self.discard()
        return {key: _renamed(value, renamed) for key, value in results.items()}

    def discard(self) -> None:
        """Remove whatever was written and not published."""
        for item in self.items:
            if item.folder.name.startswith(".twin-"):
                shutil.rmtree(item.folder, ignore_errors=True)
            else:
                item.now.unlink(missing_ok=True)

    def final(self, name: str) -> Path | None:
        """Where the output `name` will be, or None when it is not a file of ours."""
        return next((item.final for item in self.items if item.name == name), None)

    def _redirect(self, definition: QgsProcessingDestinationParameter) -> None:
        name = definition.name()
        value, load = self.parameters.get(name), None
        if isinstance(value, QgsProcessingOutputLayerDefinition):
            if value.destinationProject is not None:
                load = (value.destinationName or definition.description(), value.destinationProject)
            value = value.sink
        if isinstance(value, QgsProperty):
            value = value.valueAsString(self.context.expressionContext())[0]
        if value is None and not definition.flags() & definition.Flag.FlagOptional:
            # A model gives its child nothing where the model's own output was not asked for.
            value = self.parameters[name] = definition.defaultValue() or QgsProcessing.TEMPORARY_OUTPUT
        value = value.strip() if isinstance(value, str) else ""
        table = _TABLE.match(value)
        if table:
            final, layer = Path(table["path"]), table["table"]
        elif not value or value == "TEMPORARY_OUTPUT" or _PROVIDERS.match(value) or "|" in value:
            return
        else:
            final, layer = Path(value), ""
        if not final.suffix and isinstance(definition, QgsProcessingParameterFileDestination):
            pass
        elif not final.suffix:
            final = final.with_name(f"{final.name}.{definition.defaultFileExtension()}")
        final = Path(os.path.abspath(final))
        if any(item.final == final and item.table == layer for item in self.items):
            raise InputError("Two outputs have the same file '{final}': give each its own.", final=final)
        now = self._place(final, layer, isinstance(definition, QgsProcessingParameterFileDestination))
        self.items.append(Staged(name, now, final, layer, load))
        self.parameters[name] = str(now)

    def _place(self, final: Path, layer: str, plain_file: bool) -> Path:
        mark = uuid.uuid4().hex[:8]
        try:
            final.parent.mkdir(parents=True, exist_ok=True)
            if plain_file:
                # Beside, not below: a project's relative paths must already be right.
                now = final.with_name(f".twin-{mark}-{final.name}")
                now.touch()
                now.unlink()
                return now
            folder = final.parent / f".twin-{mark}"
            folder.mkdir()
        except OSError as error:
            raise unwritable(final.parent, error) from error
        return folder / (f"{layer}{final.suffix}" if layer else final.name)

    def _put(self, item: Staged) -> str:
        table = item.table
        if not table and item.final.suffix.lower() == ".gpkg" and _other_tables(item.final, item.final.stem):
            # A GeoPackage of the user's with more in it: only our table is replaced.
            table = item.final.stem
        if table:
            if item.final.exists():
                _copy_table(item.now, item.final, table)
            else:
                os.replace(item.now, item.final)
            return f"{item.final}|layername={table}"
        if item.folder.name.startswith(".twin-"):
            for part in sorted(item.folder.iterdir()):
                if part != item.now:
                    os.replace(part, item.final.parent / part.name)
        os.replace(item.now, item.final)
        return str(item.final)


def _other_tables(path: Path, own: str) -> bool:
    dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR) if path.exists() else None
    if dataset is None:
        return False
    return any(dataset.GetLayer(i).GetName() != own for i in range(dataset.GetLayerCount()))


def _copy_table(source: Path, target: Path, table: str) -> None:
    """Replace one table of a GeoPackage in one transaction, so that a failure leaves it as it was."""
    options = gdal.VectorTranslateOptions(
        options=["-update", "-overwrite", "-ds_transaction", "-nln", table, "-preserve_fid"], format="GPKG"
    )
    destination = gdal.OpenEx(str(target), gdal.OF_VECTOR | gdal.OF_UPDATE)
    if destination is None:
        raise OSError(f"cannot be opened for writing: {gdal.GetLastErrorMsg()}")
    if gdal.VectorTranslate(destination, str(source), options=options) is None:
        raise OSError(gdal.GetLastErrorMsg())


def _renamed(value: Any, renamed: dict[str, str]) -> Any:
    if not isinstance(value, str):
        return value
    for now, final in renamed.items():
        if value == now or value.startswith(f"{now}|"):
            return final
    return value
