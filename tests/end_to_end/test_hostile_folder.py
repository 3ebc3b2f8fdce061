"""A folder made to hurt, read by qgis_process: each file is told, the rest is imported, nothing else is touched."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from osgeo import gdal

from tests.tiny import tiny_model

ROOT = Path(__file__).parent.parent.parent
NAMES = ('it\'s "x"; DROP TABLE building; --.ifc', "..\\..\\up.ifc", "$(touch pwned) `id` %s {0}.ifc", "new\nline.ifc")
GIGABYTE = 10**9
MEMORY = 700_000_000
POINTS = 1_500_000

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="such files and limits are Linux's")


def listing(folder: Path) -> dict[str, tuple]:
    """Everything below a folder: kind, mode, size, time of change, and the content of what is small."""
    found = {}
    for path in sorted(folder.rglob("*")):
        about = path.lstat()
        small = stat.S_ISREG(about.st_mode) and about.st_size < 10_000_000
        content = hashlib.sha256(path.read_bytes()).hexdigest() if small else ""
        found[str(path)] = (about.st_mode, about.st_size, about.st_mtime_ns, about.st_ino, content)
    return found


def hung(model: bytes) -> bytes:
    """A placement that hangs on itself, which hangs every kernel."""
    lines = model.decode().splitlines()
    at = max(number for number, line in enumerate(lines) if "=IFCLOCALPLACEMENT(" in line)
    number, rest = lines[at].split("=", 1)
    lines[at] = f"{number}=IFCLOCALPLACEMENT({number},{rest.split(',', 1)[1]}"
    return "\n".join(lines).encode()


def greedy(model: bytes) -> bytes:
    """A profile of so many points that the parser runs out of memory."""
    head, tail = model.decode().split("ENDSEC;\nEND-ISO")
    points = "".join(f"#{10**7 + i}=IFCCARTESIANPOINT(({i}.,{i % 7}.));\n" for i in range(POINTS))
    line = f"#{10**6}=IFCPOLYLINE(({','.join(f'#{10**7 + i}' for i in range(POINTS))}));\n"
    profile = f"#{10**6 + 1}=IFCARBITRARYCLOSEDPROFILEDEF(.AREA.,$,#{10**6});\n"
    solid = next(row for row in head.splitlines() if "=IFCEXTRUDEDAREASOLID(" in row)
    old = solid.split("(")[1].split(",")[0]
    head = head.replace(solid, solid.replace(f"({old},", f"(#{10**6 + 1},"))
    return f"{head}{points}{line}{profile}ENDSEC;\nEND-ISO{tail}".encode()


def make_folder(folder: Path) -> None:
    good = tiny_model(1)
    (folder / "deep" / "closed").mkdir(parents=True)
    (folder / "good.ifc").write_bytes(good)
    (folder / "deep" / "good 楼.IFC").write_bytes(tiny_model(2))
    for number, name in enumerate(NAMES, start=3):
        (folder / name).write_bytes(tiny_model(number))
    (folder / "hung.ifc").write_bytes(hung(good))
    (folder / "greedy.ifc").write_bytes(greedy(good))
    with zipfile.ZipFile(folder / "bomb.ifczip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("m.ifc", b"\0" * 60_000_000)
    with zipfile.ZipFile(folder / "parts.ifczip", "w") as archive:
        archive.writestr("../../../up.ifc", tiny_model(7))
    with (folder / "junk.ifc").open("wb") as stream:
        stream.write(b"\x01junk")
        stream.truncate(GIGABYTE)
    with (folder / "zeros.ifc").open("wb") as stream:
        stream.write(good[:600])
        stream.truncate(GIGABYTE // 10)
    os.symlink(folder, folder / "deep" / "loop", target_is_directory=True)
    os.symlink("self.ifc", folder / "self.ifc")
    os.mkfifo(folder / "pipe.ifc")
    (folder / "deep" / "closed" / "unseen.ifc").write_bytes(good)
    (folder / "secret.ifc").write_bytes(good)
    (folder / "secret.ifc").chmod(0)


@pytest.mark.slow
@pytest.mark.end_to_end
@pytest.mark.timeout(900)
def test_a_hostile_folder(tmp_path):
    if shutil.which("prlimit") is None:
        pytest.skip("prlimit is not here to limit the memory")
    before = ["prlimit", f"--data={MEMORY}"]
    if os.getuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root may read everything, and setpriv is not here to take that away")
        before += ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner", "--inh-caps=-dac_override"]
    folder, scratch, home = tmp_path / "the models 模型", tmp_path / "scratch", tmp_path / "out"
    for path in (folder, scratch, home):
        path.mkdir()
    make_folder(folder)
    seen = listing(folder)
    base = home / "base 库.gpkg"
    (folder / "deep" / "closed").chmod(0)
    try:
        done = subprocess.run(
            [*before, ROOT / "tools" / "env.sh", "qgis_process", "--json", "run", "twin:updatetwinbase",
             f"--FOLDER={folder}", f"--TWIN_BASE={base}", "--TIMEOUT=25", "--WORKERS=2"],
            env={k: v for k, v in os.environ.items() if not k.startswith("QGIS_")} | {"TMPDIR": str(scratch)},
            capture_output=True, text=True, check=False, timeout=600,
        )  # fmt: skip
    finally:
        (folder / "deep" / "closed").chmod(stat.S_IMODE(seen[str(folder / "deep" / "closed")][0]))
    assert done.returncode == 0, done.stderr
    assert listing(folder) == seen, "the models are as they were"
    assert [path.name for path in home.iterdir()] == [base.name]
    assert list(scratch.iterdir()) == [], "nothing is left among the temporary files"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "scratch", folder.name]
    dataset = gdal.OpenEx(str(base))
    report = {row["id"]: row.items() for row in dataset.GetLayerByName("bim_model")}
    buildings = {row["model_id"] for row in dataset.GetLayerByName("building")}
    good = {"good.ifc", "deep/good 楼.IFC", "parts.ifczip", *NAMES}
    for name in good:
        assert report[name]["status"] == "ok", report[name]
    told = {
        "bomb.ifczip": "would expand", "junk.ifc": "not an IFC file", "pipe.ifc": "a pipe",
        "self.ifc": "symbolic links", "secret.ifc": "Permission denied", "greedy.ifc": "memory",
        "deep/closed/": "Permission denied",
    }  # fmt: skip
    for name, words in told.items():
        assert report[name]["status"] == "failed"
        assert words in report[name]["reason"], report[name]["reason"]
    assert "WORKERS 1" in report["greedy.ifc"]["reason"]
    assert report["hung.ifc"]["status"] == "partial"
    assert "hung or crashed" in report["hung.ifc"]["reason"]
    assert report["zeros.ifc"]["status"] == "partial"
    assert "truncated" in report["zeros.ifc"]["reason"]
    assert set(report) == {*good, *told, "hung.ifc", "zeros.ifc"}
    assert buildings == {*good, "hung.ifc"}
    results = json.loads(done.stdout)["results"]
    # The folder that cannot be looked into is no model that failed.
    assert (results["READ"], results["FAILED"]) == (len(good) + 2, len(told) - 1)
