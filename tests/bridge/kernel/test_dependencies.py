"""Finding what is missing, and putting packages in place, with nothing but the pinned wheels."""

from __future__ import annotations

import hashlib
import importlib
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from qgis.core import QgsNetworkAccessManager
from qgis.PyQt.QtNetwork import QNetworkProxy

from twin_plugin.bridge.kernel import compat, dependencies, pins, runtime
from twin_plugin.core.common import interpreter
from twin_plugin.core.common.errors import ResourceError
from twin_plugin.processing.flood.designstorm import DesignStorm
from twin_plugin.processing.reports.floodreport import FloodReport
from twin_plugin.processing.services.publishtwinbase import PublishTwinBase

pytestmark = pytest.mark.usefixtures("qgis_app")


def test_requirements_are_those_of_the_file():
    assert [r.name for r in pins.requirements()] == [
        "ifcopenshell",
        "shapely",
        "numba",
        "pebble",
        "pyproj",
        "swmm-toolkit",
        "jsonschema",
    ]
    assert dependencies.missing() == []


def test_a_version_outside_the_limits_is_missing():
    assert not dependencies.met(pins.Requirement("shapely", ">=99"))
    assert not dependencies.met(pins.Requirement("shapely", ">=2.0,<2.0.1"))
    assert not dependencies.met(pins.Requirement("no_such_package", ""))
    assert dependencies.met(pins.Requirement("shapely", ">=2.0,<99"))


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


@pytest.fixture
def final(tmp_path):
    return tmp_path / "a profile 配置" / "twin_deps"


def wheel(folder: Path, name: str, version: str = "1.0", text: str = "") -> str:
    """Write a wheel with one module; returns its SHA-256."""
    folder.mkdir(parents=True, exist_ok=True)
    information = f"{name}-{version}.dist-info"
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}.py", text)
        archive.writestr(f"{information}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        archive.writestr(f"{information}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{information}/RECORD", "")
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def index(tmp_path, monkeypatch):
    """A folder of wheels as the user's only index, and pins of ours for one of them; gives the folder and its hash."""
    folder = tmp_path / "wheels"
    digest = wheel(folder, "harmless", text="VALUE = 1\n")
    file = tmp_path / "requirements-pinned.txt"
    file.write_text(f"# a comment\nharmless==1.0 \\\n    --hash=sha256:{digest}\n", encoding="utf-8")
    monkeypatch.setattr(pins, "FILE", file)
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    return folder, digest


def run_pip(install: dependencies.Install, folder: Path | None = None) -> subprocess.CompletedProcess:
    return subprocess.run(
        [install.program, *install.arguments],
        cwd=folder or install.staging,
        env=install.environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_pip_installs_the_pinned_wheel_and_replaces_the_old_packages(index, final):
    final.mkdir(parents=True)
    (final / "old").write_text("x")
    install = dependencies.prepare_install(final)
    done = run_pip(install)
    assert done.returncode == 0, done.stderr
    dependencies.finish_install(install, final)
    assert (final / "harmless.py").read_text() == "VALUE = 1\n"
    assert not (final / "old").exists()
    assert sorted(path.name for path in final.parent.iterdir()) == ["twin_deps"]


def test_a_wheel_with_another_hash_is_refused(index, final):
    folder, _ = index
    wheel(folder, "harmless", text="VALUE = 'foreign'\n")
    install = dependencies.prepare_install(final)
    done = run_pip(install)
    assert done.returncode != 0
    assert "DO NOT MATCH THE HASHES" in done.stderr
    with pytest.raises(ResourceError, match="pip installed nothing"):
        dependencies.finish_install(install, final)


PLANTED = """
import pathlib
pathlib.Path({mark!r}).write_text("ran")
"""


def test_no_module_of_the_current_folder_or_the_environment_runs(index, final, tmp_path, monkeypatch):
    folder, mark = tmp_path / "models", tmp_path / "mark"
    folder.mkdir()
    for name in ("pip", "sitecustomize", "usercustomize", "multiprocessing"):
        (folder / f"{name}.py").write_text(PLANTED.format(mark=str(mark)))
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setenv("PYTHONSTARTUP", str(folder / "pip.py"))
    monkeypatch.setenv("PYTHONUSERBASE", str(folder))
    monkeypatch.setenv("PIP_PYTHON", str(folder / "nowhere"))
    monkeypatch.setenv("PIP_TARGET", str(folder))
    monkeypatch.setenv("PIP_USER", "1")
    install = dependencies.prepare_install(final)
    done = run_pip(install, folder)
    assert done.returncode == 0, done.stderr
    dependencies.finish_install(install, final)
    assert (final / "harmless.py").exists()
    assert not mark.exists()
    assert len(list(folder.iterdir())) == 4


def test_pip_keeps_the_users_index_and_proxy_and_takes_qgis_s_proxy(monkeypatch):
    manager = QgsNetworkAccessManager.instance()
    before, excluded, none = manager.fallbackProxy(), manager.excludeList(), manager.noProxyList()
    proxy = QNetworkProxy(QNetworkProxy.ProxyType.HttpProxy, "proxy.example", 3128, "anna", "p@ss:word")
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("https_proxy", "http://own.example:1")
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    monkeypatch.setenv("PIP_NO_BINARY", ":all:")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    try:
        manager.setFallbackProxyAndExcludes(proxy, excluded, none)
        found = dependencies.pip_environment()
    finally:
        manager.setFallbackProxyAndExcludes(before, excluded, none)
    assert found["HTTP_PROXY"] == "http://anna:p%40ss:word@proxy.example:3128"
    assert found["https_proxy"] == "http://own.example:1"
    assert "HTTPS_PROXY" not in found
    assert found["PIP_INDEX_URL"] == "https://mirror.example/simple"
    assert not {"PIP_NO_BINARY", "PYTHONPATH"} & found.keys()


@pytest.fixture
def bring_shapely(monkeypatch, tmp_path):
    """A function that puts a version of shapely where QGIS's own Python looks first."""

    def bring(version: str):
        brought = tmp_path / "site"
        wheel(tmp_path, "shapely", version)
        with zipfile.ZipFile(tmp_path / f"shapely-{version}-py3-none-any.whl") as archive:
            archive.extractall(brought)
        monkeypatch.setattr(sys, "path", [str(brought), *(entry for entry in sys.path if "site-packages" not in entry)])
        importlib.invalidate_caches()

    return bring


@pytest.mark.parametrize(("version", "suited"), [("2.0.6", True), ("2.1.2", False)])
def test_what_qgis_brings_is_not_missing_and_installed_only_where_it_does_not_suit(
    final, bring_shapely, version, suited
):
    bring_shapely(version)
    assert "shapely" not in [requirement.name for requirement in dependencies.missing()]
    assert [requirement.name for requirement in dependencies.unsuited()] == ([] if suited else ["shapely"])
    lines = pins.lacking(final)
    assert ("shapely==" in lines) is not suited
    assert "numba==" in lines
    assert "llvmlite==" in lines


@pytest.mark.parametrize(
    ("version", "system", "geos", "refused"),
    [
        ("1.8.5", "win32", 31300, True),
        ("1.8.5", "linux", 31300, True),
        ("2.0.6", "linux", 31101, False),
        ("2.1.2", "linux", 31101, True),
        ("2.1.2", "linux", 31200, False),
        ("2.1.2", "win32", 31101, False),
    ],
)
def test_a_tool_refuses_a_package_of_qgis_with_which_it_fails(
    bring_shapely, monkeypatch, version, system, geos, refused
):
    bring_shapely(version)
    monkeypatch.setattr(compat.sys, "platform", system)
    monkeypatch.setattr(compat.Qgis, "geosVersionInt", lambda: geos)
    able, reason = FloodReport().canExecute()
    assert able is not refused
    if refused:
        assert f"needs shapely >=2.0.6,<2.1, but QGIS's own Python brings {version}" in reason
    assert PublishTwinBase().canExecute()[0] is not refused
    assert DesignStorm().canExecute()[0]


def test_what_lies_in_our_own_folder_is_installed_again(final, monkeypatch, tmp_path):
    wheel(tmp_path, "shapely", "2.0.6")
    with zipfile.ZipFile(tmp_path / "shapely-2.0.6-py3-none-any.whl") as archive:
        archive.extractall(final)
    monkeypatch.setattr(sys, "path", [*(entry for entry in sys.path if "site-packages" not in entry), str(final)])
    importlib.invalidate_caches()
    assert "shapely" in pins.brought()
    assert "shapely==" in pins.lacking(final)


def test_failed_pip_keeps_the_old_packages(final):
    final.mkdir(parents=True)
    install = dependencies.prepare_install(final)
    with pytest.raises(ResourceError, match="pip installed nothing"):
        dependencies.finish_install(install, final)
    assert final.exists()
    assert not install.staging.exists()


def test_modules_are_looked_for_by_several_threads_at_once(monkeypatch):
    """A run asks for its packages while a dock starts the next: both made importlib forget the same entries."""

    def look():
        for turn in range(200):
            sys.path_importer_cache.update({f"/nowhere/{turn % 7}/{number}": None for number in range(200)})
            runtime.look_for_modules_again()

    monkeypatch.setattr(sys, "path_importer_cache", dict(sys.path_importer_cache))
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            for future in [pool.submit(look) for _ in range(4)]:
                future.result()
    finally:
        sys.setswitchinterval(interval)
