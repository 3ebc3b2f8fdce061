"""States of runs as files: what is written comes back, and a foreign or damaged file is refused with a sentence."""

import json
import zipfile

import numpy as np
import pytest

from twin_plugin.bridge.flood.files.state_file import HEADER, read_state, write_state
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.flood.schemes.array_layout import ArrayLayout
from twin_plugin.core.flood.state import FIELDS, RunState

SIZE = ArrayLayout(4, 5).size


def state():
    random = np.random.default_rng(3)
    fields = {name: random.random(SIZE).astype(np.float32) for name in FIELDS}
    place = {"rows": 4, "columns": 5, "west": 1.5, "north": 2.5, "cell_m": 2.0, "crs": "EPSG:4547"}
    numbers = {"deepest_m": 0.1 + 0.2, "wave_ms": 0.0, "cell": 7.0, "fastest_ms": 1 / 3, "fastest_cell": 8.0}
    processes = {"Rain": {"fallen_m": np.array([1 / 3])}, "Empty": {"none": np.zeros((0, 2), np.int64)}}
    return RunState(1234.5, place, "inertial", "ab12", "c0ffee", numbers, fields, processes, ("Rain",))


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "状态 a state.state"
    write_state(state(), path)
    return path


def changed(path, name, data):
    """The file with another content of one entry."""
    with zipfile.ZipFile(path) as archive:
        entries = {item: archive.read(item) for item in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for item, content in (entries | {name: data}).items():
            archive.writestr(item, content)


def test_a_state_comes_back_as_it_was_written(path):
    written, read = state(), read_state(path)
    for name in ("time_s", "place", "scheme", "ground", "run", "numbers", "bound_to_clock"):
        assert getattr(read, name) == getattr(written, name)
    for name in FIELDS:
        np.testing.assert_array_equal(read.fields[name], written.fields[name])
    assert read.processes["Rain"]["fallen_m"][0] == 1 / 3
    assert read.processes["Empty"]["none"].shape == (0, 2)


def test_foreign_and_damaged_files_are_refused(path, tmp_path):
    text = tmp_path / "notes.state"
    text.write_text("no zip", encoding="utf-8")
    short = tmp_path / "short.state"
    short.write_bytes(path.read_bytes()[:-200])
    other = tmp_path / "other.state"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("readme.txt", "x")
    torn = tmp_path / "torn.state"
    data = bytearray(path.read_bytes())
    middle = data.index(b"fields/depth_m.npy") + 40
    data[middle : middle + 30] = b"\xff" * 30
    torn.write_bytes(data)
    for wrong in (text, short, other, torn):
        with pytest.raises(InputError, match="no state of a run, or it is damaged"):
            read_state(wrong)
    with pytest.raises(InputError, match="There is no file"):
        read_state(tmp_path / "none.state")


def test_another_format_says_so(path):
    with zipfile.ZipFile(path) as archive:
        header = json.loads(archive.read(HEADER))
    changed(path, HEADER, json.dumps(header | {"format": 99}))
    with pytest.raises(InputError, match="another version of City Twin"):
        read_state(path)


def test_no_pickle_is_read_and_no_array_is_larger_than_its_cells(path):
    import io

    pickled = io.BytesIO()
    np.save(pickled, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    changed(path, "fields/depth_m.npy", pickled.getvalue())
    with pytest.raises(InputError, match="damaged"):
        read_state(path)
    large = io.BytesIO()
    np.save(large, np.zeros(1_000_000, np.float32))
    changed(path, "fields/depth_m.npy", large.getvalue())
    with pytest.raises(InputError, match="larger than its cells"):
        read_state(path)


def test_water_that_is_missing_is_refused(path):
    import io

    data = io.BytesIO()
    np.save(data, np.full(SIZE, np.nan, np.float32))
    changed(path, "fields/depth_m.npy", data.getvalue())
    with pytest.raises(InputError, match="missing values"):
        read_state(path)
