"""Writes a model of LISFLOOD-FP into a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ....core.common.errors import unwritable
from ....core.common.messages import Message
from ....core.common.progress import Progress, advance
from ...kernel.text_grid import write_text_grid

if TYPE_CHECKING:
    from ....core.flood.lisflood import LisfloodModel


def write_model(model: LisfloodModel, folder: Path, progress: Progress) -> None:
    """Write the grids and the texts of a model.

    Raises
    ------
    ResourceError
        When a file cannot be written, or does not give back what was written.
    """
    for number, (name, values) in enumerate(model.grids.items()):
        advance(progress, 0.5 + 0.5 * number / len(model.grids), Message("Writing the model"))
        write_text_grid(model.place, values, folder / name)
    for statistics in folder.glob("*.aux.xml"):
        statistics.unlink()
    for name, text in model.texts.items():
        try:
            (folder / name).write_text(text, "utf-8", newline="\n")
        except OSError as error:
            raise unwritable(folder / name, error) from error
