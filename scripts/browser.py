"""What the journeys need: Chromium, and a font that has Chinese."""

import os
import shutil
import subprocess
from pathlib import Path

from scripts.postgres import apt_install, may_install

NAMES = "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


class Missing(Exception):
    """Something of the two is not here; the text says what to install."""


def chromium() -> str | None:
    """The path of a Chromium: XIEZUO_TEST_CHROMIUM, else the first that is installed."""
    named = os.environ.get("XIEZUO_TEST_CHROMIUM")
    return (
        named
        or next((path for name in NAMES if (path := shutil.which(name))), None)
        or next((place for place in PLACES if Path(place).exists()), None)
    )


def has_chinese_font() -> bool:
    if not shutil.which("fc-list"):
        return Path("/System/Library/Fonts").exists() or os.name == "nt"
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout.strip())


def ready() -> str:
    """The path of Chromium, with both installed where we may. Raises Missing."""
    wanted = {"chromium": chromium() is not None, "fontconfig fonts-noto-cjk": has_chinese_font()}
    absent = [package for packages, here in wanted.items() if not here for package in packages.split()]
    if absent and may_install():
        apt_install(*absent)
    path = chromium()
    if path is None or not has_chinese_font():
        raise Missing(
            f"The browser tests lack {'a Chinese font' if path else 'Chromium'}: install it (Debian, Ubuntu: "
            f"apt install {' '.join(absent)}), then run this again. XIEZUO_TEST_CHROMIUM may name a Chromium."
        )
    return path
