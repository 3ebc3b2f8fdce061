"""Writes the pictures of the guide of scenes: the page of the demo district in a browser, in English and Chinese.

make demo && tools/env.sh python tools/scene_pictures.py [FOLDER OF THE DEMO]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser import browsing

DEMO = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "demo"
PICTURES = ROOT / "docs" / "pictures"
SIZE = 1280, 760
COLOURS = 200
VIEWS = {
    "scene-flood.png": "water=60",
    "scene-underground.png": "underground=1&pipes=1&ground=0.3&water=off&panel=0&camera=20,-60,-6,620,335,32",
    "scene-section.png": "section=0.42&turn=180&underground=1&pipes=1&water=off&panel=0&camera=30,-10,5,420,0,20",
    "scene-shadows.png": "colour=plain&water=off&panel=0&sun=2026-01-20T16:30&camera=60,20,0,620,330,40",
    "scene-stages.png": "colour=stage&stage=2024-06-01&water=off",
    "zh-scene-schemes.png": "lang=zh&view=side&left=1&right=2&water=off&sun=2026-01-20T15:00"
    "&camera=-215,70,15,330,20,28",
}
"""The states of the page by picture."""


def main() -> None:
    page = DEMO / "scene.html"
    if not page.exists():
        raise SystemExit("there is no scene: run make demo")
    with tempfile.TemporaryDirectory() as profile, browsing(Path(profile)) as browser:
        browser.size(*SIZE)
        for name, state in VIEWS.items():
            browser.open(page, state)
            browser.run("cityTwinScene.ready")
            browser.run("cityTwinScene.set({})")
            path = PICTURES / name
            path.write_bytes(browser.picture())
            fewer = (
                Image.open(path).convert("RGB").quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
            )
            fewer.save(path, optimize=True)
            print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
