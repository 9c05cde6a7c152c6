"""A story as PDF: the HTML page as a browser prints it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from ...errors import InputError
from ...types import Story
from ..page import to_html

__all__ = ["to_bytes"]

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_SECONDS = 120
_AS_ROOT = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()  # Chromium refuses its sandbox to root


def to_bytes(story: Story) -> bytes:
    """The page printed by Chromium, Chrome or Edge, whichever is found first on the PATH; the browser is given no network."""
    browser = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise InputError("pdf", "no browser was found to print it: install Chromium, or print the page of --to html by hand")
    with tempfile.TemporaryDirectory(prefix="whence-") as folder:
        page, printed = Path(folder, "story.html"), Path(folder, "story.pdf")
        page.write_text(to_html(story), encoding="utf-8", errors="replace")
        command = [
            browser, "--headless", "--disable-gpu", *_AS_ROOT, "--no-pdf-header-footer", f"--user-data-dir={folder}/profile",
            "--proxy-server=127.0.0.1:9", "--run-all-compositor-stages-before-draw", f"--print-to-pdf={printed}", page.as_uri(),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            raise InputError("pdf", f"{browser} did not print the page within {_SECONDS} seconds: print the page of --to html by hand") from None
        if not printed.is_file():
            raise InputError("pdf", f"{browser} printed nothing: print the page of --to html by hand")
        return printed.read_bytes()
