"""A base of a folder with links out of it: each has a row with its reason, and nothing of what they lead to is read."""

from __future__ import annotations

import os

import pytest
from osgeo import gdal

from tests.listener import Listener
from tests.tiny import tiny_model

pytestmark = pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no symbolic links")


def rows(base: str) -> dict[str, tuple[str, str | None]]:
    """State and reason of each model of a base."""
    dataset = gdal.OpenEx(base)
    return {row["id"]: (row["status"], row["reason"]) for row in dataset.GetLayerByName("bim_model")}


def test_links_out_of_the_folder_are_reported_and_not_read(run_algorithm, tmp_path):
    folder, other = tmp_path / "models 模型", tmp_path / "secret"
    for place in (folder, other):
        place.mkdir()
    (folder / "a.ifc").write_bytes(tiny_model(1))
    (other / "s.ifc").write_bytes(tiny_model(2))
    (folder / "out.ifc").symlink_to(other / "s.ifc")
    (folder / "outside").symlink_to(other, target_is_directory=True)
    base = str(tmp_path / "base.gpkg")
    given = {"FOLDER": str(folder), "TWIN_BASE": base, "WORKERS": 1}
    for read in (1, 0):
        listener = Listener()
        results = run_algorithm("twin:updatetwinbase", given, listener)
        assert (results["READ"], results["FAILED"]) == (read, 0)
        assert sum("leads out of the folder" in warning for warning in listener.warnings) == 2
        found = rows(base)
        assert set(found) == {"a.ifc", "out.ifc/", "outside/"}
        assert found["a.ifc"][0] == "ok"
        for link in ("out.ifc/", "outside/"):
            state, reason = found[link]
            assert state == "failed"
            assert "leads out of the folder and was not followed" in reason
    (folder / "out.ifc").unlink()
    (folder / "out.ifc").write_bytes((other / "s.ifc").read_bytes())
    assert run_algorithm("twin:updatetwinbase", given)["READ"] == 1
    assert {key: state for key, (state, _) in rows(base).items()} == {
        "a.ifc": "ok", "out.ifc": "ok", "outside/": "failed"
    }  # fmt: skip
