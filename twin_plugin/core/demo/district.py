"""Creates the whole district: plan, buildings, terrain, and the model files in a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..common.errors import unwritable
from ..common.grid import Grid
from ..common.progress import Progress, advance, part, silent
from .buildings import design_building
from .ifc import write_building
from .parts import BuildingPlan
from .street_plan import StreetPlan, make_layout
from .terrain import make_terrain


@dataclass(frozen=True)
class District:
    """A synthetic district, in memory."""

    layout: StreetPlan
    plans: tuple[BuildingPlan, ...]
    terrain: Grid


def make_district(count: int, seed: int, progress: Progress = silent) -> District:
    """Design a district of `count` buildings; equal arguments give equal districts.

    Parameters
    ----------
    count : int
        Number of buildings, 1 to 10,000.
    seed : int
        0 or more.
    progress : Progress
        Receives the share of the work; asked whether to go on.

    Raises
    ------
    InputError
        When an argument is out of range.
    Cancelled
        When `progress` says so.
    """
    layout = make_layout(count, seed)
    designs = []
    for number in range(count):
        if number % 50 == 0:
            advance(progress, 0.5 * number / count, "Designing buildings")
        designs.append(design_building(layout, number))
    pads = [pad for design in designs for pad in design.pads]
    terrain = make_terrain(layout, pads, part(progress, 0.5, 1.0))
    return District(layout, tuple(design.plan for design in designs), terrain)


def write_models(district: District, folder: Path, progress: Progress = silent) -> list[Path]:
    """Write an IFC file for every building into `folder`, which is created.

    Raises
    ------
    ResourceError
        When the folder or a file cannot be written.
    Cancelled
        When `progress` says so; the folder then holds the files written so far.
    """
    paths = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for k, plan in enumerate(district.plans):
            advance(progress, k / len(district.plans), "Writing models")
            paths.append(folder / plan.file_name)
            write_building(plan, district.layout.seed, paths[-1])
    except OSError as error:
        raise unwritable(folder, error) from error
    return paths
