"""Draws docs/pictures/scene*.png from the page of the demo district, with a browser that needs no screen.

tools/env.sh python tools/picture_scene.py [PAGE]    by default build/demo/scene.html, which `make demo` writes
"""

from __future__ import annotations

import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests import browser

FOLDER = ROOT / "docs" / "pictures"
SIZE = (1200, 700)
VIEWS = {
    "scene": "",
    "scene-underground": "underground=1&pipes=1&ground=0.35&camera=20,20,-6,620,320,38",
    "scene-section": "underground=1&pipes=1&section=0.5&turn=120&panel=0&camera=40,12,-2,260,300,20",
    "scene-shadows": "colour=plain&water=off&panel=0&sun=2026-01-20T16:30&camera=60,20,0,620,330,40",
    "scene-stages": "colour=stage&stage=2026-01-20&panel=0&camera=20,-40,-6,820,330,36",
    "scene-schemes": "view=side&left=1&right=2&panel=0&camera=-220,40,10,380,330,26",
}
"""Picture to state of the page."""


def main() -> None:
    """Open the page at each state, and keep what it shows."""
    path = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build" / "demo" / "scene.html")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, browser.browsing(Path(folder)) as page:
        page.size(*SIZE)
        for name, state in VIEWS.items():
            page.open(path, f"{state}&fine=1")
            page.until("typeof cityTwinScene !== 'undefined'")
            page.run("cityTwinScene.ready")
            picture = Image.open(BytesIO(page.picture())).convert("RGB")
            picture.quantize(256, kmeans=3, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
