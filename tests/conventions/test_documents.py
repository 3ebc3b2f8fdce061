"""Documents name files that exist, and links that lead somewhere."""

from __future__ import annotations

import configparser
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
BASES = (ROOT, ROOT / "twin_plugin")
CODE = re.compile(r"`([^`\s]+)`")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
NAMES = {
    path.name for folder in ("twin_plugin", "tests", "tools", "resources") for path in (ROOT / folder).rglob("*.*")
}
FOLDERS = {folder.name for base in BASES for folder in base.iterdir() if folder.is_dir()} - {"build", "dist"}


def named_paths(text):
    """Words in backticks that name a file or a folder of the checkout; capitals and marks stand for any name."""
    for word in CODE.findall(FENCE.sub("", text)):
        path = word.partition("::")[0]
        if "/" in path and path.partition("/")[0] in FOLDERS and not re.search(r"[^\w./-]|[A-Z]{3,}", path):
            yield path


def named_files(text):
    """Names of modules and styles in backticks that stand without a folder."""
    return re.findall(r"`(\w+\.(?:py|qml|model3))`", FENCE.sub("", text))


def anchors(text):
    """The anchors of a page's headings, as GitHub and GitLab make them."""
    for heading in HEADING.findall(FENCE.sub("", text)):
        plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        yield re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_paths_that_are_named_exist(page):
    text = page.read_text(encoding="utf-8")
    missing = [path for path in named_paths(text) if not any((base / path).exists() for base in BASES)]
    missing += [name for name in named_files(text) if name not in NAMES]
    assert not missing, f"{page.relative_to(ROOT)} names what is not there: {missing}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    broken = []
    for link in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        path, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        target = page.parent / path if path else page
        if not target.exists() or (anchor and anchor not in anchors(target.read_text(encoding="utf-8"))):
            broken.append(link)
    assert not broken, f"links of {page.relative_to(ROOT)} that lead nowhere: {broken}"


def test_the_glossary_is_in_order_and_has_no_word_twice():
    tables = (DOCS / "glossary.md").read_text(encoding="utf-8").split("\n## ")[1:]
    words = [
        [row.split("|")[1].strip().casefold() for row in part.splitlines() if row.startswith("| ")][1:]
        for part in tables
    ]
    assert len(words[0]) >= 40
    for group in words:
        assert group == sorted(group), [a for a, b in zip(group, sorted(group), strict=True) if a != b][:1]
    flat = [word for group in words for entry in group for word in re.split(r", ", entry)]
    assert len(flat) == len(set(flat)), "a word stands twice"


def test_the_version_is_the_same_everywhere():
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    version = metadata["general"]["version"]
    assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"] == version
    assert version in (ROOT / "CHANGELOG.md").read_text("utf-8"), "the changelog has no section for this version"
