"""Writes the pages of docs as HTML: for the zip, and into resources/guide for QGIS straight from the checkout.

    tools/env.sh python tools/guide.py

One source for GitHub, the guide's window and the Help buttons of the algorithms: headings get the anchors that GitHub
gives them, and links to pages become links to their HTML.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
TARGET = ROOT / "resources" / "guide"
WAY = {
    "guide-desktop.md": "Guide to the desktop",
    "tutorial-own-data.md": "Your own data",
    "how-far-to-trust.md": "How far to trust it",
    "guide-processing.md": "Without the desktop",
    "algorithms.md": "Algorithms",
    "glossary.md": "Glossary",
}
"""The links at the top of every page."""
FRAME = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
main {{ display: block; font-family: sans-serif; max-width: 60em; margin: 1em auto; padding: 0 1em; }}
img {{ max-width: 100%; height: auto; }}
table {{ border-collapse: collapse; }}
th, td {{ border: 1px solid #999; padding: 0.2em 0.5em; text-align: left; vertical-align: top; }}
pre {{ overflow-x: auto; padding: 0.5em; border: 1px solid #999; }}
</style>
</head>
<body>
<main>
<p>{way}</p>
{body}</main>
</body>
</html>
"""


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def sources() -> list[Path]:
    """The pages of the user's guide; docs/dev is for the checkout."""
    return sorted([*DOCS.glob("*.md"), *DOCS.glob("algorithms/*.md")])


def files() -> dict[str, bytes]:
    """All files of the guide by their names below its folder: the pages, and the pictures that they show.

    Raises
    ------
    SystemExit
        When a page leads to a file that is not in the guide.
    """
    found: dict[str, bytes] = {}
    for path in sources():
        text, pictures = rendered(path)
        found[_name(path)] = text.encode()
        found |= {picture.relative_to(DOCS).as_posix(): picture.read_bytes() for picture in pictures}
    return found


def rendered(path: Path) -> tuple[str, list[Path]]:
    """A page as HTML, and its pictures."""
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    tokens = markdown.parse(path.read_text(encoding="utf-8"))
    title, pictures = _prepare(path, tokens)
    body = markdown.renderer.render(tokens, markdown.options, {})
    way = " · ".join(f'<a href="{_relative(path, DOCS / name)}">{text}</a>' for name, text in WAY.items())
    return FRAME.format(title=html.escape(title), way=way, body=body), pictures


def _prepare(path: Path, tokens: list[Token]) -> tuple[str, list[Path]]:
    """Give anchors to headings and turn links to pages into links to their HTML; the title and the pictures."""
    title, pictures, anchors = "", [], set()
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = tokens[number + 1].content
            title = title or heading
            anchor = base = slug(heading)
            repeated = 0
            while anchor in anchors:
                repeated += 1
                anchor = f"{base}-{repeated}"
            anchors.add(anchor)
            token.attrSet("id", anchor)
        for child in _children(token):
            if child.type == "link_open":
                child.attrSet("href", _link(path, str(child.attrGet("href"))))
            elif child.type == "image":
                pictures.append((path.parent / str(child.attrGet("src"))).resolve())
    return title, pictures


def _children(token: Token) -> Iterator[Token]:
    for child in token.children or ():
        yield child
        yield from _children(child)


def _link(path: Path, href: str) -> str:
    """A link as it is in the HTML."""
    target, mark, anchor = href.partition("#")
    if re.match(r"[a-z]+:", href) or not target:
        return href
    page = Path(os.path.normpath(path.parent / target))
    if page not in sources():
        raise SystemExit(f"{path.relative_to(ROOT)} leads to {target}, which is not in the guide")
    return _relative(path, page) + mark + anchor


def _name(page: Path) -> str:
    return page.relative_to(DOCS).with_suffix(".html").as_posix()


def _relative(path: Path, page: Path) -> str:
    return Path(os.path.relpath(page, path.parent)).with_suffix(".html").as_posix()


def main() -> None:
    """Write the guide for the checkout, where it changed."""
    wanted = files()
    for name, content in wanted.items():
        target = TARGET / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.read_bytes() != content:
            target.write_bytes(content)
    for path in TARGET.rglob("*"):
        if path.is_file() and path.relative_to(TARGET).as_posix() not in wanted:
            path.unlink()


if __name__ == "__main__":
    main()
