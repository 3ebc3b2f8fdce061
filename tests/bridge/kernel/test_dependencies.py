"""Finding what is missing, and putting packages in place without numpy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from twin_plugin.bridge.kernel import dependencies
from twin_plugin.core.common import interpreter
from twin_plugin.core.common.errors import ResourceError

pytestmark = pytest.mark.usefixtures("qgis_app")


def test_requirements_are_those_of_the_file():
    assert [r.name for r in dependencies.requirements()] == ["ifcopenshell", "shapely", "numba", "pebble", "pyproj"]
    assert dependencies.missing() == []


def test_a_version_outside_the_limits_is_missing():
    assert not dependencies.Requirement("shapely", ">=99").met()
    assert not dependencies.Requirement("shapely", ">=2.0,<2.0.1").met()
    assert not dependencies.Requirement("no_such_package", "").met()
    assert dependencies.Requirement("shapely", ">=2.0,<99").met()


def test_interpreter_is_of_this_version_even_when_sys_executable_is_qgis(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/usr/bin/qgis")
    answer = subprocess.run(
        [interpreter.find(), "-c", "import sys; print(sys.version_info[:2])"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.strip() == str(sys.version_info[:2])


def test_no_interpreter_is_told(monkeypatch):
    for name in ("prefix", "exec_prefix", "base_prefix"):
        monkeypatch.setattr(sys, name, "/nowhere")
    monkeypatch.setattr(sys, "executable", "")
    with pytest.raises(ResourceError, match="reinstall QGIS"):
        interpreter.find()


def test_install_holds_numpy_and_leaves_it_out(tmp_path):
    final = tmp_path / "twin_deps 依赖"
    install = dependencies.prepare_install(final)
    constraint = Path(install.arguments[install.arguments.index("-c") + 1])
    assert constraint.read_text() == f"numpy=={np.__version__}\n"
    packages = install.staging / "packages"
    for name in ("numpy", "numpy-1.24.2.dist-info", "numba"):
        (packages / name).mkdir(parents=True)
    final.mkdir()
    (final / "old").write_text("x")
    dependencies.finish_install(install, final)
    assert sorted(path.name for path in final.iterdir()) == ["numba"]
    assert not install.staging.exists()


def test_failed_pip_keeps_the_old_packages(tmp_path):
    final = tmp_path / "twin_deps"
    final.mkdir()
    install = dependencies.prepare_install(final)
    with pytest.raises(ResourceError, match="pip installed nothing"):
        dependencies.finish_install(install, final)
    assert final.exists()
    assert not install.staging.exists()
