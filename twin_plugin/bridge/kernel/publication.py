"""The files of one run put in their places together: files by renaming, tables of GeoPackages in transactions."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from ...core.common.errors import ResourceError, unwritable
from ...core.common.folder_lock import GoOn, locked
from ...core.common.geopackage_tables import GeoPackageTables
from ...core.common.replacement import Replacement

PATIENCE_S = 30.0
"""How long finished results wait for another program's lock."""

STALE = {
    ".shp": (".shx", ".dbf", ".prj", ".cpg", ".qix", ".sbn", ".sbx"),
    ".tif": (".tif.aux.xml", ".tif.ovr", ".tif.msk"),
    ".tiff": (".tiff.aux.xml", ".tiff.ovr", ".tiff.msk"),
    ".gpkg": (".gpkg-wal", ".gpkg-shm", ".gpkg-journal"),
    ".obj": (".mtl", ".prj", ".wld3"),
}
"""Parts that belong to the data of a file, so that those of the old file would be wrong beside the new one."""


@dataclass
class _Output:
    parts: list[Path]  # the main file last
    final: Path
    table: str
    style: Path | None

    @property
    def now(self) -> Path:
        return self.parts[-1]

    @property
    def in_geopackage(self) -> bool:
        return bool(self.table) or (self.final.suffix.lower() == ".gpkg" and self.now.suffix.lower() == ".gpkg")


class Publication:
    """Collects outputs, then puts all of them in place or none.

    Parameters
    ----------
    go_on : callable
        Whether to go on waiting for locks: False after a cancel.
    """

    def __init__(self, go_on: GoOn) -> None:
        self._go_on = go_on
        self._outputs: list[_Output] = []
        self._files = Replacement()
        self._base: GeoPackageTables | None = None
        self._places: dict[Path, str] = {}

    def add(self, parts: list[Path], final: Path, table: str = "", style: Path | None = None) -> None:
        """Add an output.

        Parameters
        ----------
        parts : list of Path
            Its files, the main one last.
        final : Path
            The place of the main file; the others lie beside it.
        table : str
            The table of a GeoPackage that it is; "" for a file of its own.
        style : Path, optional
            What lies beside it as .qml, unless the user has a style there or the output brings its own.
        """
        self._outputs.append(_Output(parts, final, table, style))

    def run(self) -> dict[Path, str]:
        """Put everything in place; returns where each main file is now, as a data source.

        Raises
        ------
        ResourceError
            When something cannot be replaced; everything is then as it was.
        Cancelled
            When it was cancelled while it waited for a lock.
        """
        folders = {output.final.parent for output in self._outputs}
        with locked(folders, PATIENCE_S, self._go_on) as all_free:
            if not all_free:
                raise ResourceError(
                    "Another run is putting its results into '{folder}': wait for it to end.", folder=min(folders)
                )
            try:
                self._put_all()
            except BaseException:
                if self._base is not None:
                    self._base.discard()
                self._files.undo()
                raise
            self._files.finish()
        return self._places

    def _put_all(self) -> None:
        tables: dict[Path, list[_Output]] = {}
        for output in self._outputs:
            if output.in_geopackage:
                tables.setdefault(output.final, []).append(output)
        # Another run may be first with a file that was not there: then its tables stay beside ours.
        there = [path for path, outputs in tables.items() if not is_free(path) or not self._put_new(path, outputs)]
        if there:
            self._put_tables({path: tables[path] for path in there})
        for output in self._outputs:
            try:
                if not output.in_geopackage:
                    self._put_files(output)
                if output.style is not None:
                    target = output.final.with_suffix(".qml")
                    if not target.exists():
                        self._files.put_copy(output.style, target)
            except OSError as error:
                raise unwritable(output.final, error) from error
        if self._base is not None:
            self._base.commit()

    def _put_files(self, output: _Output) -> None:
        self._remove_stale(output)
        for part in output.parts[:-1]:
            place = output.final.parent / part.name
            if part.suffix == ".qml" and place.exists():  # the user's style stays
                continue
            self._files.put(part, place)
        self._files.put(output.now, output.final)
        self._places[output.now] = str(output.final)

    def _remove_stale(self, output: _Output) -> None:
        new = {part.name for part in output.parts}
        for suffix in STALE.get(output.final.suffix.lower(), ()):
            stale = output.final.with_name(output.final.stem + suffix)
            if stale.name not in new:
                self._files.remove(stale)

    def _put_new(self, path: Path, outputs: list[_Output]) -> bool:
        """Put a GeoPackage where there is none; False when somebody was faster."""
        first = outputs[0]
        if len(outputs) > 1:
            joined = GeoPackageTables([first.now], PATIENCE_S, self._go_on)
            try:
                for output in outputs[1:]:
                    joined.replace(first.now, output.now, output.table or path.stem)
                joined.commit()
            finally:
                joined.discard()
        try:
            self._remove_stale(first)  # a log of a file that is no more would be replayed into the new one
            self._files.remove(path)
            self._files.put_new(first.now, path)
        except FileExistsError:
            return False
        except OSError as error:
            raise unwritable(path, error) from error
        for output in outputs:
            self._places[output.now] = f"{path}|layername={output.table}" if output.table else str(path)
        return True

    def _put_tables(self, tables: dict[Path, list[_Output]]) -> None:
        self._base = base = GeoPackageTables(list(tables), PATIENCE_S, self._go_on)
        for path, outputs in tables.items():
            others = {name.lower() for name in base.names(path)}
            for output in outputs:
                table = output.table or path.stem
                base.replace(path, output.now, table)
                alone = not output.table and others <= {table.lower()}
                self._places[output.now] = str(path) if alone else f"{path}|layername={table}"


def is_free(path: Path) -> bool:
    """Whether a GeoPackage of this name would take nothing from anybody: there is none, or an empty file."""
    return not os.path.lexists(path) or (path.is_file() and path.stat().st_size == 0)
