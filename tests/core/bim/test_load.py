"""Many models in workers: time-outs, crashes, cancel, placements, and the made district read back."""

from __future__ import annotations

import math
import os
import re
import time
from pathlib import Path

import pytest
import shapely

from twin_plugin.core.bim import pool
from twin_plugin.core.bim.load import LoadRequest, load, mixed_datums
from twin_plugin.core.bim.model import ModelReport, ReadStatus
from twin_plugin.core.bim.pool import read_models, time_out_s
from twin_plugin.core.bim.read import ModelJob
from twin_plugin.core.bim.tables import REPORT
from twin_plugin.core.common.errors import Cancelled, InputError


def hang(job: ModelJob) -> ModelReport:
    """Hangs with a kernel, answers without."""
    if job.kernel_fallback == 0:
        time.sleep(60)
    return ModelReport(job.id, job.path, status=ReadStatus.OK)


def crash(job: ModelJob) -> ModelReport:
    """Kills its worker whatever it is asked, but for one file."""
    if "good" in job.id:
        return ModelReport(job.id, job.path, status=ReadStatus.OK)
    os._exit(139)


def fail(job: ModelJob) -> ModelReport:
    raise ValueError("a bug in a library")


def test_a_hang_costs_only_its_file(monkeypatch):
    monkeypatch.setattr(pool, "read_model", hang)
    # Both tries with a kernel wait to the end of their time, whatever it is: it need not be long.
    monkeypatch.setattr(pool, "WALL", 1.5)
    started = time.monotonic()
    (report,) = read_models([ModelJob("a.ifc", "a.ifc")], workers=1, time_out=0.5)
    assert report.status is ReadStatus.PARTIAL
    # It took no processor time: whoever waits may be waiting for a busy machine, and is tried once more alone.
    assert [reason.code for reason in report.reasons] == ["kernels_waited"]
    assert time.monotonic() - started < 30


def spin(job: ModelJob) -> ModelReport:
    """Computes for ever with a kernel, in code of C that gives no other thread a turn; answers without."""
    if "good" not in job.id and job.kernel_fallback == 0:
        re.match("(a*)*b", "a" * 60)
    return ModelReport(job.id, job.path, status=ReadStatus.OK)


def test_processor_time_ends_what_computes_for_ever(monkeypatch):
    monkeypatch.setattr(pool, "read_model", spin)
    # The bound of the clock is far away.
    monkeypatch.setattr(pool, "WALL", 1000.0)
    jobs = [ModelJob(name, name) for name in ("bad.ifc", "good.ifc")]
    reports = {report.id: report for report in read_models(jobs, workers=1, time_out=1.0)}
    assert reports["good.ifc"].status is ReadStatus.OK
    assert [reason.code for reason in reports["bad.ifc"].reasons] == ["kernels_failed"]


def spin_always(job: ModelJob) -> ModelReport:
    re.match("(a*)*b", "a" * 60)
    raise AssertionError


@pytest.mark.slow
def test_what_takes_too_long_without_kernels_too_fails_by_its_processor_time(monkeypatch):
    monkeypatch.setattr(pool, "read_model", spin_always)
    monkeypatch.setattr(pool, "BASE_S", 1.0)
    (report,) = read_models([ModelJob("a.ifc", "a.ifc")], workers=1, time_out=1.0)
    assert report.status is ReadStatus.FAILED
    assert [reason.code for reason in report.reasons] == ["worker_timed_out"]


def wait_in_company(job: ModelJob) -> ModelReport:
    """Waits while another of the folder's models is read, as on a busy machine; is done at once alone."""
    folder = Path(job.path).parent
    (folder / f"{job.id}.runs").touch()
    others = [mark for mark in folder.glob("*.runs") if mark.stem != job.id and not mark.with_suffix(".done").exists()]
    if job.id == "slow.ifc" and (others or not (folder / "quick.ifc.done").exists()):
        time.sleep(60)
    time.sleep(0.3)
    (folder / f"{job.id}.done").touch()
    return ModelReport(job.id, job.path, status=ReadStatus.OK)


def test_what_waits_for_a_busy_machine_is_read_again_alone(monkeypatch, tmp_path):
    monkeypatch.setattr(pool, "read_model", wait_in_company)
    monkeypatch.setattr(pool, "WALL", 3.0)
    jobs = [ModelJob(name, str(tmp_path / name)) for name in ("slow.ifc", "quick.ifc")]
    reports = list(read_models(jobs, workers=2, time_out=1.0))
    assert [report.id for report in reports] == ["quick.ifc", "slow.ifc"]
    assert {report.status for report in reports} == {ReadStatus.OK}
    assert not any(report.reasons for report in reports)


def sleep_always(job: ModelJob) -> ModelReport:
    time.sleep(60)
    raise AssertionError


def test_a_machine_that_stays_busy_is_the_reason(monkeypatch):
    monkeypatch.setattr(pool, "read_model", sleep_always)
    # Four tries wait to the end of their time.
    monkeypatch.setattr(pool, "WALL", 1.5)
    monkeypatch.setattr(pool, "BASE_S", 0.3)
    (report,) = read_models([ModelJob("a.ifc", "a.ifc")], workers=1, time_out=0.3)
    assert report.status is ReadStatus.FAILED
    assert "the machine is busy" in report.reason


def test_a_crash_costs_only_its_file(monkeypatch):
    monkeypatch.setattr(pool, "read_model", crash)
    reports = {
        r.id: r for r in read_models([ModelJob("bad.ifc", "bad.ifc"), ModelJob("good.ifc", "good.ifc")], workers=1)
    }
    assert reports["good.ifc"].status is ReadStatus.OK
    assert reports["bad.ifc"].status is ReadStatus.FAILED
    assert "crashed its worker" in reports["bad.ifc"].reason


def test_an_unexpected_error_costs_only_its_file(monkeypatch):
    monkeypatch.setattr(pool, "read_model", fail)
    (report,) = read_models([ModelJob("a.ifc", "a.ifc")], workers=1)
    assert report.status is ReadStatus.FAILED
    assert "a bug in a library" in report.reason


def test_cancel_stops_within_a_second(monkeypatch):
    monkeypatch.setattr(pool, "read_model", hang)
    calls = []

    def progress(fraction: float, text: str = "") -> bool:
        calls.append(time.monotonic())
        return len(calls) < 10

    with pytest.raises(Cancelled):
        list(read_models([ModelJob("a.ifc", "a.ifc")], workers=1, progress=progress))
    assert time.monotonic() - calls[-1] < 1.0


def test_time_out_grows_with_the_file():
    assert time_out_s("a.ifc", 2_000_000) == pytest.approx(25)
    assert time_out_s("a.ifczip", 1_000_000) == pytest.approx(55)
    assert time_out_s("a.ifc", 2_000_000, 3) == 3


def test_placements_by_id_name_and_path(house, tmp_path):
    for name in ("a b.ifc", "sub/楼.ifc", "c.ifc"):
        house().write(tmp_path / "in" / name)
    place = {"x": 504000, "y": 2490000, "z": 1.5, "bearing_deg": 0, "crs": "EPSG:4547"}
    rows = ({"path": "sub/楼.ifc", **place}, {"path": str(tmp_path / "in" / "a b.ifc"), **place, "z": None})
    loaded = load(LoadRequest(folder=str(tmp_path / "in"), placements=rows, workers=1))
    assert loaded.crs == "EPSG:4547"
    by_id = {values["id"]: values for _, values in loaded.rows.report}
    assert [by_id[name]["georef_level"] for name in ("a b.ifc", "c.ifc", "sub/楼.ifc")] == [60, 0, 60]
    assert by_id["sub/楼.ifc"]["map_y"] == pytest.approx(2490000)
    assert by_id["a b.ifc"]["origin_z"] == 0
    assert set(by_id["c.ifc"]) == set(REPORT.names)
    assert any("c.ifc has no place" in text for text in loaded.messages)


@pytest.mark.parametrize(
    "row",
    [
        {"path": "", "x": 1, "y": 1},
        {"path": "a", "x": "west", "y": 1, "crs": "EPSG:4547"},
        {"path": "a", "x": 1, "y": 1, "crs": "nowhere"},
        {"path": "a", "y": 1, "crs": "4547"},
        {"path": "a", "x": 114.0, "y": 22.6, "crs": "EPSG:4490"},
    ],
)
def test_bad_placements_are_told(row, house, tmp_path):
    house().write(tmp_path / "a.ifc")
    with pytest.raises(InputError, match="Row 1 of PLACEMENTS"):
        load(LoadRequest(files=(str(tmp_path / "a.ifc"),), placements=(row,)))


def test_a_second_place_of_a_model_is_refused(house, tmp_path):
    house().write(tmp_path / "a.ifc")
    row = {"path": "a.ifc", "x": 504000, "y": 2490000, "crs": "EPSG:4547"}
    files = (str(tmp_path / "a.ifc"),)
    with pytest.raises(InputError, match=r"Row 2 of PLACEMENTS gives a\.ifc a second place"):
        load(LoadRequest(files=files, placements=(row, {**row, "x": 504100})))
    assert load(LoadRequest(files=files, placements=(row, row), workers=1)).counts["ok"] == 1


def test_placements_of_no_model_and_of_several_are_reported(house, tmp_path):
    for name in ("a.ifc", "x/b.ifc", "y/b.ifc"):
        house().write(tmp_path / name)
    place = {"x": 504000, "y": 2490000, "crs": "EPSG:4547"}
    rows = ({"path": "A.IFC", **place}, {"path": "b.ifc", **place})
    messages = load(LoadRequest(folder=str(tmp_path), placements=rows, workers=1)).messages
    assert [text for text in messages if "fit no model, the first is 'A.IFC'" in text]
    assert [text for text in messages if "puts 2 models in the same place: x/b.ifc, y/b.ifc" in text]
    one = LoadRequest(files=(str(tmp_path / "a.ifc"),), placements=({"path": "a.ifc", **place}, rows[1]), workers=1)
    assert not [text for text in load(one).messages if "PLACEMENTS" in text], "a table may have more rows than needed"


def test_unknown_crs_is_told(house, tmp_path):
    house().write(tmp_path / "a.ifc")
    with pytest.raises(InputError, match="SOURCE_CRS"):
        load(LoadRequest(files=(str(tmp_path / "a.ifc"),), source_crs="Atlantis"))


def test_the_made_district_is_read_back(tmp_path):
    district = pytest.importorskip("twin_plugin.core.demo.district")
    made = district.make_district(14, 1)
    district.write_models(made, tmp_path / "models")
    loaded = load(LoadRequest(folder=str(tmp_path / "models")))
    assert loaded.crs == "EPSG:4547"
    assert loaded.counts == {"ok": 14, "without_building": 0, "without_place": 0}
    openings: dict[str, list] = {}
    for point, values in loaded.rows.openings:
        openings.setdefault(values["building_id"], []).append((point, values))
    plans = {plan.file_name: plan for plan in made.plans}
    for shape, values in loaded.rows.buildings:
        plan = plans[values["model_id"]]
        cos, sin = math.cos(plan.bearing_rad), math.sin(plan.bearing_rad)

        def to_map(x, y, plan=plan, cos=cos, sin=sin):
            return plan.map_x + cos * x - sin * y, plan.map_y + sin * x + cos * y

        truth = shapely.union_all([shapely.Polygon([to_map(*corner) for corner in ring]) for ring in plan.footprint])
        assert truth.symmetric_difference(shape).area < 0.005 * truth.area
        assert values["ground_floor_elev_m"] == pytest.approx(plan.ground_floor_m, abs=0.01)
        assert (values["storeys_above"], values["storeys_below"]) == (plan.storeys_above, plan.storeys_below)
        found = openings[values["id"]]
        assert len(found) == len(plan.sills)
        for sill in plan.sills:
            x, y = to_map(sill.x, sill.y)
            assert any(
                row["kind"] == sill.kind
                and abs(row["sill_elev_m"] - plan.ground_floor_m - sill.z) < 0.01
                and math.hypot(point.x - x, point.y - y) < 0.3
                for point, row in found
            ), (plan.file_name, sill)


@pytest.mark.slow
def test_a_row_for_every_sample(shared_data):
    folder = shared_data("ifc")
    loaded = load(LoadRequest(folder=str(folder)))
    names = {path.name for path in folder.iterdir()}
    report = {values["id"]: values for _, values in loaded.rows.report}
    assert set(report) == names
    assert loaded.crs == "EPSG:28992"
    assert {name for name in names if report[name]["status"] == "failed"} == {
        "BROKEN_binary.ifc",
        "BROKEN_lfs_pointer_dental_clinic.ifc",
        "BROKEN_unknown_schema.ifc",
        "BROKEN_zero.ifc",
    }
    assert all(values["reason"] for values in report.values() if values["status"] != "ok")
    unsure = {name for name in names if report[name]["confidence"] == "unsure"}
    assert unsure == {"AC11-Institute-Var-2-IFC.ifczip", "large_offset.ifc"}


def eat_memory(job: ModelJob) -> ModelReport:
    """Asks for more memory than a worker has, as a model of a billion points would."""
    from twin_plugin.core.bim import read

    def swallow(job: ModelJob, report: ModelReport) -> ModelReport:
        return ModelReport(str(len(bytearray(10**12))), job.path)

    read._read = swallow
    return read.read_model(job)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_model_that_eats_memory_fails_alone(monkeypatch, house, tmp_path):
    path = house().write(tmp_path / "huge.ifc")
    monkeypatch.setattr(pool, "read_model", eat_memory)
    (report,) = read_models([ModelJob("huge.ifc", str(path))], workers=1)
    assert report.status is ReadStatus.FAILED
    assert "memory" in report.reason


def test_two_datums_of_heights_get_a_warning_and_one_gets_none():
    assert mixed_datums(["Yellow Sea 1985", "", "Yellow Sea 1985"]) is None
    assert "Yellow Sea 1985 (2), Yellow Sea 1956 (1)" in mixed_datums(
        ["Yellow Sea 1985", "Yellow Sea 1956", "Yellow Sea 1985"]
    )
