"""Closed shells of real models, beside volumes found apart from the reader."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from tests.core.bim import voxel_envelope
from twin_plugin.core.bim.read import ModelJob, read_model
from twin_plugin.core.bim.solids import Detail
from twin_plugin.core.common.closed_solids import open_edges

FZK_M3 = 120 * (6.31769 - np.tan(np.radians(30)) * 2.5) + 23 * 0.2 / np.cos(np.radians(30))
"""12 x 10 m under a roof of 30 degrees and its ridge at 6.318 m, and 23 m2 of eaves 0.2 m thick."""

VOLUMES = {
    "AC20-FZK-Haus.ifc": 589.8,
    "AC11-Institute-Var-2-IFC.ifczip": 5647.0,
    "Duplex_A_20110907_georeferenced.ifc": 1006.7,
    "AC90R1-niedriha-V2-2x3.ifc": 584.9,
    "LargeBuilding.ifc": 1817.3,
    "TallBuilding.ifc": 1102.8,
}
"""m3, by `voxel_envelope.volume` with voxels of 0.1 m (LargeBuilding 0.2 m: its walls end 0.15 m below its slabs)."""


def shell_of(path, detail=Detail.LOD22):
    report = read_model(ModelJob("m", str(path), with_faces=detail is not Detail.LOD12, shell_detail=detail))
    return max((b.shell for b in report.buildings), key=lambda shell: shell.volume_m3)


@pytest.mark.parametrize("name", VOLUMES)
def test_lod_22_holds_what_the_closed_mesh_holds(shared_data, name):
    shell = shell_of(shared_data(f"ifc/{name}"))
    assert (shell.lod, shell.reason) == ("2.2", None)
    assert open_edges(shell.solid) == 0
    assert shell.volume_m3 == pytest.approx(VOLUMES[name], rel=0.02)
    assert shell.volume_m3 == pytest.approx(shell.check_m3, rel=0.01)


def test_fzk_haus_by_hand(shared_data):
    shell = shell_of(shared_data("ifc/AC20-FZK-Haus.ifc"))
    assert shell.volume_m3 == pytest.approx(FZK_M3, rel=1e-4)
    assert len(shell.planes) == 2


def test_the_roof_of_the_institute_has_no_hole(shared_data):
    shell = shell_of(shared_data("ifc/AC11-Institute-Var-2-IFC.ifczip"))
    for of in (shell.parts, shell.planes):
        whole = shapely.union_all([part.shape for part in of])
        assert whole.area == pytest.approx(653.0)
        assert sum(part.shape.area for part in of) == pytest.approx(653.0)
        assert not any(polygon.interiors for polygon in shapely.get_parts(whole))


def test_voxels_apart_from_the_reader_agree(shared_data):
    corners = voxel_envelope.triangles(shared_data("ifc/TallBuilding.ifc"))
    assert voxel_envelope.volume(corners, 0.0, 0.2) == pytest.approx(VOLUMES["TallBuilding.ifc"], rel=0.005)


def test_an_office_without_slabs_and_roof_is_no_closed_mesh(shared_data):
    shell = shell_of(shared_data("ifc/Office_A_20110811.ifc"))
    assert (shell.lod, shell.reason.code, shell.check_m3) == ("1.3", "shell_open", None)
    assert open_edges(shell.solid) == 0


@pytest.mark.parametrize("detail", [Detail.LOD12, Detail.LOD13])
def test_lower_levels_close_and_hold_no_less(shared_data, detail):
    for name, volume in VOLUMES.items():
        shell = shell_of(shared_data(f"ifc/{name}"), detail)
        assert shell.lod == f"{detail.value[3]}.{detail.value[4]}"
        assert open_edges(shell.solid) == 0
        assert shell.volume_m3 > 0.98 * volume
