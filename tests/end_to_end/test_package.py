"""The zip obeys the plugin site's rules, and works in an empty profile."""

from __future__ import annotations

import configparser
import json
import os
import posixpath
import re
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from qgis.PyQt.QtCore import QUrl

ROOT = Path(__file__).parent.parent.parent


def test_the_site_would_take_it(archive):
    assert archive.stat().st_size < 12e6  # half of it are the pictures of the guide; the plugin site takes 25 MB
    with zipfile.ZipFile(archive) as content:
        names = content.namelist()
        metadata = configparser.ConfigParser(interpolation=None)
        metadata.read_string(content.read("twin_plugin/metadata.txt").decode())
    assert {name.split("/")[0] for name in names} == {"twin_plugin"}
    assert "twin_plugin".isidentifier()
    assert "twin_plugin/LICENSE" in names
    assert "twin_plugin/requirements.txt" in names
    assert "twin_plugin/requirements-pinned.txt" in names
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


class Page(HTMLParser):
    """What a page of the guide leads to, shows and can be led to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links, self.pictures, self.anchors = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.anchors += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if tag == "a" else []
        self.pictures += [values["src"]] if tag == "img" else []


@pytest.fixture(scope="module")
def guide_files(archive):
    """The names of the guide's files below its folder, and its pages by name."""
    folder = "twin_plugin/resources/guide/"
    with zipfile.ZipFile(archive) as content:
        names = {name.removeprefix(folder) for name in content.namelist() if name.startswith(folder)}
        pages = {name: Page(content.read(folder + name).decode()) for name in names if name.endswith(".html")}
    return names, pages


def test_every_link_anchor_and_picture_of_the_guide_in_the_zip_leads_somewhere(guide_files):
    names, pages = guide_files
    assert "guide-desktop.html" in pages
    broken, shown, followed = [], set(), 0
    for name, page in pages.items():
        for link in page.links:
            path, _, anchor = link.partition("#")
            if re.match(r"[a-z]+:", link):
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            if target not in pages or (anchor and anchor not in pages[target].anchors):
                broken.append((name, link))
            followed += 1
        for picture in page.pictures:
            shown.add(posixpath.normpath(posixpath.join(posixpath.dirname(name), picture)))
        assert len(page.anchors) == len(set(page.anchors)), f"an anchor of {name} stands twice"
    assert not broken
    assert followed > 200
    source = (ROOT / "docs" / "guide-desktop.md").read_text(encoding="utf-8")
    assert len(pages["guide-desktop.html"].pictures) == source.count("](pictures/") > 8
    assert shown == {name for name in names if not name.endswith(".html")}, "pictures are missing, or shown nowhere"


def test_every_algorithm_has_its_page_in_the_zip(guide_files):
    _, pages = guide_files
    contract = json.loads((ROOT / "tests" / "conventions" / "contract.json").read_text("utf-8"))
    wanted = {f"algorithms/{name.removeprefix('twin:')}.html" for name in contract}
    assert len(wanted) >= 17
    assert wanted <= {name for name in pages if name.startswith("algorithms/")}
    for name in wanted:
        assert {"parameters", "outputs", "example", "limits"} <= set(pages[name].anchors), name
        assert any(link.startswith("../") and "#" not in link for link in pages[name].links), name


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
    described = json.loads(process("--json", "help", "twin:designstorm").stdout)
    page = QUrl(described["algorithm_details"]["help_url"]).toLocalFile()
    assert "Design storm" in Path(page).read_text(encoding="utf-8")
    assert Path(page).is_relative_to(plugins)
    output = tmp_path / "storm.gpkg"
    done = process("--json", "run", "twin:designstorm", "--ZONE=central", "--RETURN_PERIOD=50", f"--OUTPUT={output}")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["results"]["TOTAL_MM"] == pytest.approx(146.027, abs=0.001)
    assert output.exists()
    failed = process("--json", "run", "twin:designstorm", "--ZONE=central", "--RETURN_PERIOD=51", f"--OUTPUT={output}")
    assert failed.returncode == 1
    assert "51" in failed.stderr


def test_the_viewer_of_scenes_is_in_the_zip_without_its_sources(archive):
    with zipfile.ZipFile(archive) as content:
        names = set(content.namelist())
    folder = "twin_plugin/resources/viewer/"
    assert {name for name in names if "viewer" in name.split("/")} == {
        folder + name for name in ("scene.js", "scene.html", "LICENSES.txt")
    }
    assert not [name for name in names if "node_modules" in name or name.endswith(("package.json", ".mjs"))]
