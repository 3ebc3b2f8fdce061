"""The zip obeys the plugin site's rules, and works in an empty profile."""

from __future__ import annotations

import configparser
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(["bash", "tools/translations.sh", "compile"], cwd=ROOT, check=True)
    subprocess.run([sys.executable, "tools/package.py", str(folder)], cwd=ROOT, check=True)
    return next(folder.glob("twin_plugin-*.zip"))


def test_the_site_would_take_it(archive):
    assert archive.stat().st_size < 25e6
    with zipfile.ZipFile(archive) as content:
        names = content.namelist()
        metadata = configparser.ConfigParser(interpolation=None)
        metadata.read_string(content.read("twin_plugin/metadata.txt").decode())
    assert {name.split("/")[0] for name in names} == {"twin_plugin"}
    assert "twin_plugin".isidentifier()
    assert "twin_plugin/LICENSE" in names
    assert "twin_plugin/requirements.txt" in names
    assert "twin_plugin/i18n/twin_zh_CN.qm" in names
    for name in names:
        parts = name.split("/")
        assert not any(part.startswith(".") or part == "__pycache__" for part in parts), name
        assert Path(name).suffix not in {".sh", ".bat", ".so", ".dll", ".exe", ".pyc"}, name
    general = metadata["general"]
    for key in (
        "name",
        "description",
        "version",
        "qgisMinimumVersion",
        "author",
        "email",
        "about",
        "tracker",
        "repository",
        "homepage",
    ):
        assert general.get(key), key
    assert "%" not in "".join(general.values())
    assert "supportsQt6" not in general
    assert general["qgisMaximumVersion"] == "4.99"
    assert f"twin_plugin/{general['icon']}" in names


def test_the_pages_of_the_guide_lead_to_each_other(archive):
    folder = "twin_plugin/resources/guide/"
    with zipfile.ZipFile(archive) as content:
        names = set(content.namelist())
        pages = {
            name: content.read(name).decode() for name in names if name.startswith(folder) and name.endswith(".md")
        }
    assert f"{folder}guide-desktop.md" in pages
    for name, text in pages.items():
        for link in re.findall(r"\]\(([^)\s#]+)", text):
            assert ":" in link or folder + link in names, f"{name} leads to {link}, which is not in the zip"


@pytest.mark.end_to_end
def test_it_runs_from_an_empty_profile(archive, tmp_path):
    configuration = tmp_path / "a profile 配置"
    plugins = configuration / "profiles" / "default" / "python" / "plugins"
    plugins.mkdir(parents=True)
    with zipfile.ZipFile(archive) as content:
        content.extractall(plugins)
    environment = {
        **{key: value for key, value in os.environ.items() if key not in {"QGIS_PLUGINPATH", "PYTHONPATH"}},
        "QGIS_CUSTOM_CONFIG_PATH": str(configuration),
        "QT_QPA_PLATFORM": "offscreen",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }

    def process(*arguments):
        return subprocess.run(
            ["qgis_process", *arguments], env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=120
        )

    enabled = process("plugins", "enable", "twin_plugin")
    assert enabled.returncode == 0, enabled.stderr
    output = tmp_path / "storm.gpkg"
    done = process("--json", "run", "twin:designstorm", "--ZONE=central", "--RETURN_PERIOD=50", f"--OUTPUT={output}")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["results"]["TOTAL_MM"] == pytest.approx(146.027, abs=0.001)
    assert output.exists()
    failed = process("--json", "run", "twin:designstorm", "--ZONE=central", "--RETURN_PERIOD=51", f"--OUTPUT={output}")
    assert failed.returncode == 1
    assert "51" in failed.stderr
