"""The commands that the help pages of the algorithms give as examples."""

from __future__ import annotations

import shlex
from pathlib import Path

PAGES = Path(__file__).parent.parent / "docs" / "algorithms"


def example(name: str) -> dict[str, str]:
    """The parameters of the command in an algorithm's page."""
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    words = shlex.split(text.split("## Example")[1].split("## Limits")[0].replace("\\\n", " "))
    assert words[:3] == ["qgis_process", "run", f"twin:{name}"]
    return dict(word.removeprefix("--").split("=", 1) for word in words[3:])
