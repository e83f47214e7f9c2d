"""Makes the pictures of the README anew, from a server and a database of its own: the demonstration set, as of 2024."""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from scripts.browser import find, why_none
from scripts.own_server import FLAGS, first_heading, served, settled, signed_in
from settings import ROOT

FOLDER = ROOT / "docs" / "images"
WIDTH, HEIGHT = 1440, 900
HEIGHTS = {"overview-zh": 1200}
"""Pixels of the page. The overview is shown down to its matrix."""

SHARPNESS = 1.5
"""Pixels of the picture for one of the page: crisp on the screens of today, and still a small file."""

COLOURS = 256
"""A screen of text and marks needs no more, and a picture of so many takes a third of the bytes."""

LARGEST = 300_000
"""Bytes that a picture may have: the README is read over slow lines too."""

SCREENS = {
    "overview-zh": "/?lang=zh",
    "target-zh": "/target?lang=zh&target=hebei-2020/rd-intensity&place=130000-all",
    "policy-zh": "/policies?lang=zh&policy=hebei-2020&target=hebei-2020/rd-intensity",
    "zone-en-dark": "/zone?lang=en&place=shijiazhuang",
    "report-zh": "/reports?lang=zh&subject=hebei-2020",
}
"""Name of the picture (one that ends in -dark is in the dark theme) and the address it shows."""

SHOWN = "&data=demonstration&year=2024"


def take(browser: Browser, server: str, name: str, path: str) -> Path:
    """One picture of the top of a screen."""
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHTS.get(name, HEIGHT)},
        device_scale_factor=SHARPNESS,
        color_scheme="dark" if name.endswith("-dark") else "light",
        locale="zh-CN",
    )
    signed_in(context, server)
    page = context.new_page()
    page.goto(f"{server}{path}{SHOWN}")
    first_heading(page)
    settled(page)
    page.wait_for_load_state("networkidle")
    charts = page.locator(".js-plotly-plot .main-svg")
    if page.get_by_test_id("stPlotlyChart").count():
        charts.first.wait_for()
    file = FOLDER / f"{name}.png"
    shot = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    context.close()
    shot.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    return file


def main() -> None:
    """Takes all pictures and says how large they are; refuses one that is too large."""
    program = find()
    if program is None:
        sys.exit(why_none())
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder)) as server,
        sync_playwright() as driver,
        driver.chromium.launch(executable_path=program, args=FLAGS) as browser,
    ):
        made = [take(browser, server, name, path) for name, path in SCREENS.items()]
    for file in made:
        print(f"{file.relative_to(ROOT)}: {file.stat().st_size:,} bytes")
    large = [file.name for file in made if file.stat().st_size > LARGEST]
    if large:
        sys.exit(f"Larger than {LARGEST:,} bytes: {', '.join(large)}. Lower SHARPNESS in scripts/pictures.py.")


if __name__ == "__main__":
    main()
