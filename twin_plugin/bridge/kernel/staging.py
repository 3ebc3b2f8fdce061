"""Outputs written beside their destination, checked, and put in place together only when everything succeeded."""

from __future__ import annotations

import logging
import os
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingDestinationParameter,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterRasterDestination,
    QgsProcessingUtils,
    QgsProperty,
)
from qgis.PyQt.QtCore import QCoreApplication

from ...core.common import leftovers
from ...core.common.disk import bring_to_disk
from ...core.common.errors import InputError, ResourceError, TwinError, unwritable, with_places
from ...core.common.geopackage_tables import GeoPackageTables
from ...core.common.replacement import is_writable
from . import output_checks, resources
from .counting_sink import CountingSink
from .input_files import input_files, require_other_file
from .outside_text import as_name
from .publication import Publication, is_free
from .shapefiles import is_shapefile

log = logging.getLogger(__name__)

RASTERS = ("", ".tif", ".tiff")
WITH_PARTS = (".obj", ".ifc", ".ifczip")
"""Files of no layer that others of the same name may belong to: they are written in a folder of their own."""
BEFORE_S = 10.0
"""How long a run waits, before it computes, for a GeoPackage that another program has locked."""

_TABLE = re.compile(r"""^ogr:dbname=(['"])(?P<path>.+?)\1\s+table=(['"])(?P<table>.+?)\3""")
_PROVIDERS = re.compile(r"^(memory:|postgis:|postgres://|ogr:|spatialite:|[a-z]{2,}://)")


@dataclass
class Staged:
    """One output on its way: where it is written now and where it belongs."""

    name: str
    now: Path
    final: Path
    folder: Path | None  # of its own, None for a file beside its destination
    table: str = ""
    load: tuple[str, Any] | None = None  # name in the project, the project

    @property
    def parts(self) -> list[Path]:
        """The files it consists of, the main one last: what finds that one finds all."""
        if self.folder is None:
            return [self.now]
        return [*sorted(part for part in self.folder.iterdir() if part != self.now), self.now]

    def move_to(self, folder: Path) -> None:
        """Move it into a folder of results that could not be put in place."""
        for part in self.parts:
            name = self.final.name if part == self.now else part.name
            if self.table:
                name = f"{self.final.stem} {part.name}"
            try:
                os.rename(part, folder / name)
            except OSError:
                log.exception("'%s' could not be kept", part)


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
    feedback : QgsProcessingFeedback
        Cancels the waiting for a lock.

    Raises
    ------
    InputError
        When two outputs name the same file, one that is an input, or one in the folder of another output.
    ResourceError
        When a destination or its folder cannot be written, or a GeoPackage is locked.
    Cancelled
        When the feedback was cancelled while it waited for a lock.
    """

    def __init__(
        self,
        definitions: list[Any],
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> None:
        self.context, self.feedback = context, feedback
        self.parameters = dict(parameters)
        self.items: list[Staged] = []
        self._new_folders: list[Path] = []
        self._inputs = input_files(definitions, parameters, context)
        try:
            for definition in definitions:
                if isinstance(definition, QgsProcessingDestinationParameter) and not isinstance(
                    definition, QgsProcessingParameterFolderDestination
                ):
                    self._redirect(definition)
            for definition in definitions:
                if isinstance(definition, QgsProcessingParameterFolderDestination):
                    self._require_apart(definition.name())
            self._check_places()
        except BaseException:
            self.discard()
            raise

    def publish(
        self, results: dict[str, Any], sinks: Mapping[str, CountingSink], styles: Mapping[str, str]
    ) -> dict[str, Any]:
        """Check every output and put all in their places, or none; returns the results with final paths.

        Parameters
        ----------
        results : dict
            What the algorithm returned.
        sinks : dict
            The closed sinks of the outputs that are layers.
        styles : dict
            The style that belongs to an output.

        Raises
        ------
        ResourceError
            When a file is not whole, or a destination cannot be replaced: the new files then lie in a folder beside it,
            which the sentence names.
        Cancelled
            When the feedback was cancelled while it waited for a lock.
        """
        written = [item for item in self.items if self._is_written(item, results)]
        for item in written:
            self._check(item, sinks.get(item.name))
        publication = Publication(self._go_on_waiting)
        for item in written:
            publication.add(item.parts, item.final, item.table, self._style(item, styles))
        try:
            places = publication.run()
        except ResourceError as error:
            raise self._kept(error, written) from error
        renamed: dict[str, str] = {}
        for item in written:
            final = renamed[str(item.now)] = places[item.now]
            if item.load is not None:
                title, project = item.load
                hint = QgsProcessingUtils.LayerHint.UnknownType
                details = QgsProcessingContext.LayerDetails(title, project, item.name, hint)
                self.context.addLayerToLoadOnCompletion(final, details)
        self.discard()
        return {key: _renamed(value, renamed) for key, value in results.items()}

    def discard(self) -> None:
        """Remove whatever was written and not published."""
        for item in self.items:
            if item.folder is not None:
                shutil.rmtree(item.folder, ignore_errors=True)
            else:
                with suppress(OSError):  # the next run in this folder removes it
                    item.now.unlink(missing_ok=True)
        for folder in self._new_folders:  # the innermost first; those with results in them stay
            with suppress(OSError):
                folder.rmdir()

    def shown(self, error: TwinError) -> TwinError:
        """The error with the destinations' own names instead of those that the files have while they are written."""
        return with_places(error, {str(item.now): str(item.final) for item in self.items})

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
        if value == QgsProcessing.TEMPORARY_OUTPUT and not isinstance(definition, QgsProcessingParameterFeatureSink):
            value = definition.generateTemporaryDestination(self.context)
        table = _TABLE.match(value)
        if table:
            final, layer = Path(table["path"]), table["table"]
        elif not value or value == QgsProcessing.TEMPORARY_OUTPUT or _PROVIDERS.match(value) or "|" in value:
            return
        else:
            final, layer = Path(value), ""
        plain_file = isinstance(definition, QgsProcessingParameterFileDestination)
        if isinstance(definition, QgsProcessingParameterRasterDestination) and final.suffix.lower() not in RASTERS:
            raise InputError(
                "'{final}' cannot be written: rasters are GeoTIFF files, choose a name with .tif.", final=final
            )
        if not final.suffix and not plain_file:
            final = final.with_name(f"{final.name}.{definition.defaultFileExtension()}")
        if is_shapefile(str(final)):  # QGIS writes a.shp when it is asked for a.SHP
            final = final.with_suffix(".shp")
        final = Path(os.path.abspath(final))
        if any(item.final == final and item.table == layer for item in self.items):
            raise InputError("Two outputs have the same file '{final}': give each its own.", final=final)
        require_other_file(self._inputs, name, final, layer)
        item = self._place(name, final, layer, plain_file and final.suffix.lower() not in WITH_PARTS)
        item.load = load
        self.parameters[name] = str(item.now)

    def _require_apart(self, name: str) -> None:
        """A folder appears as a whole: what another output lays into it, or in its place, would be lost."""
        value = self.parameters.get(name)
        if not isinstance(value, str) or not value.strip() or value == QgsProcessing.TEMPORARY_OUTPUT:
            return
        folder = Path(os.path.abspath(value.strip()))
        for item in self.items:
            if folder in (item.final, *item.final.parents) or item.final in folder.parents:
                raise InputError(
                    "The output '{final}' and the folder {name}, '{folder}', lie in one another: choose another place "
                    "for one of them.",
                    final=item.final,
                    name=name,
                    folder=folder,
                )

    def _place(self, name: str, final: Path, layer: str, plain_file: bool) -> Staged:
        try:
            missing = [folder for folder in final.parents if not folder.exists()]
            final.parent.mkdir(parents=True, exist_ok=True)
            self._new_folders += missing
            if final.is_dir():
                raise IsADirectoryError("it is a folder")
            if final.exists() and not is_writable(final):
                raise PermissionError("it is read-only")
            if not any(item.final.parent == final.parent for item in self.items):
                leftovers.clean(final.parent)
            if plain_file:
                # Beside, not below: a project's relative paths must already be right.
                item = Staged(name, final.with_name(leftovers.name(final.name)), final, None)
                self.items.append(item)
                item.now.touch()
                item.now.unlink()
            else:
                folder = final.with_name(leftovers.name())
                now = folder / (f"{layer}{final.suffix}" if layer else final.name)
                item = Staged(name, now, final, folder, layer)
                self.items.append(item)
                folder.mkdir()
        except OSError as error:
            raise unwritable(final, error) from error
        return item

    def _check_places(self) -> None:
        """Find out before the work whether the GeoPackages can be written."""
        for path in {item.final for item in self.items if item.folder and _is_geopackage(item.final)}:
            if not is_free(path):
                GeoPackageTables([path], BEFORE_S, self._go_on_waiting).discard()

    def _go_on_waiting(self) -> bool:
        """Asked while another program has a lock: whether to wait for it."""
        text = QCoreApplication.translate("Staging", "Waiting for another program that has locked an output")
        self.feedback.setProgressText(as_name(text))
        return not self.feedback.isCanceled()

    @staticmethod
    def _is_written(item: Staged, results: Mapping[str, Any]) -> bool:
        """Whether an output has a file; an algorithm may leave out what it has nothing for."""
        if item.now.exists():
            return True
        value = results.get(item.name)
        if isinstance(value, str) and value.split("|", 1)[0] == str(item.now):
            raise unwritable(item.final, "the file is missing")
        return False

    def _check(self, item: Staged, sink: CountingSink | None) -> None:
        if sink is not None and sink.error:
            raise unwritable(item.final, sink.error)
        try:
            output_checks.check(item.now, None if sink is None else sink.count, lambda: not self.feedback.isCanceled())
            for part in item.parts:
                bring_to_disk(part)
        except OSError as error:
            raise unwritable(item.final, error) from error

    @staticmethod
    def _style(item: Staged, styles: Mapping[str, str]) -> Path | None:
        style = resources.style(styles[item.name]) if item.name in styles else None
        return style if style is not None and style.exists() else None

    def _kept(self, error: ResourceError, written: list[Staged]) -> ResourceError:
        """Keep the results of a run that could not be put in place; returns the sentence that says where they are."""
        folders = []
        for parent in sorted({item.final.parent for item in written}):
            try:
                folder = _new_results_folder(parent)
            except OSError:
                log.exception("The results for '%s' could not be kept", parent)
                continue
            for item in (item for item in written if item.final.parent == parent):
                item.move_to(folder)
            if any(folder.iterdir()):
                folders.append(f"'{folder}'")
            else:
                folder.rmdir()
        if not folders:
            return error
        return ResourceError(
            "{error} Nothing was replaced. The results of this run are in {folders}.",
            error=error.message,
            folders=", ".join(folders),
        )


def _new_results_folder(parent: Path) -> Path:
    """A new folder with a plain name for results whose places could not be written."""
    name = f"City Twin results {datetime.now():%Y-%m-%d %H%M%S}"
    for number in range(1, 1000):
        folder = parent / (name if number == 1 else f"{name} ({number})")
        with suppress(FileExistsError):
            folder.mkdir()
            return folder
    raise FileExistsError(parent / name)


def _is_geopackage(path: Path) -> bool:
    return path.suffix.lower() == ".gpkg"


def _renamed(value: Any, renamed: dict[str, str]) -> Any:
    if not isinstance(value, str):
        return value
    for now, final in renamed.items():
        if value == now or value.startswith(f"{now}|"):
            return final
    return value
