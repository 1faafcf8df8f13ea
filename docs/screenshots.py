"""Takes the pictures of the README from a running sample, in Debian's Chromium.

    PORT=7000 make run
    .venv/bin/python docs/screenshots.py http://127.0.0.1:7000

Writes ``docs/images/*.png``. Changes nothing on the site.
"""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).parent / "images"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SIZE = {"width": 1200, "height": 860}

#: Picture → path on the sample.
PICTURES = {"home": "/", "procedure": "/thu-tuc/1.001193"}


def take(page: Page, address: str, name: str, path: str) -> Path:
    """One picture of what a person sees first. Raises if the page is not there."""
    answer = page.goto(address + path, wait_until="networkidle")
    if answer is None or answer.status != 200:
        raise RuntimeError(f"{address}{path}: {answer.status if answer else 'no answer'}")
    target = IMAGES / f"{name}.png"
    page.screenshot(path=target)
    return target


def main(address: str) -> int:
    """All pictures, in light colours."""
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport=SIZE, color_scheme="light", locale="vi-VN")
        for name, path in PICTURES.items():
            sys.stdout.write(f"{take(page, address.rstrip('/'), name, path)}\n")
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
