"""Pictures of pages, for looking at them: `python -m tests.journeys.looking http://127.0.0.1:8000 more/ gallery/`.

Each address is opened on a phone and at a desk, in Chinese and English, light and dark, and saved under `shots/`.
"""

import shutil
from argparse import ArgumentParser
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

SIZES = {"phone": (390, 844), "desk": (1440, 900)}
LANGUAGES = {"zh": "zh-hans", "en": "en"}
SCHEMES = ("light", "dark")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def chromium() -> str:
    """The browser of the system. Raises FileNotFoundError when there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        raise FileNotFoundError("chromium")
    return found


def _context(browser: Browser, base: str, size: str, language: str, scheme: str) -> BrowserContext:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=1.5,
        locale="en-GB" if language == "en" else "zh-CN",
        color_scheme="dark" if scheme == "dark" else "light",
    )
    context.add_cookies([{"name": "django_language", "value": LANGUAGES[language], "url": base}])
    return context


def log_in(context: BrowserContext, base: str, username: str) -> None:
    """Become one of the people of a demo house through the button on its login page, then speak as before."""
    spoken = [c for c in context.cookies() if c["name"] == "django_language"]
    page = context.new_page()
    page.goto(f"{base}/login/")
    page.locator(f'form[action="/demo-login/{username}/"] button').click()
    page.wait_for_load_state()
    page.close()
    context.add_cookies([{"name": c["name"], "value": c["value"], "url": base} for c in spoken])


def look(base: str, paths: list[str], *, username: str, into: Path, full: bool, only: str = "") -> list[Path]:
    """Take every picture and return where it lies. `only` keeps those whose name holds the text ("phone-zh")."""
    into.mkdir(parents=True, exist_ok=True)
    taken = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for size, language, scheme in ((s, lang, c) for s in SIZES for lang in LANGUAGES for c in SCHEMES):
            if only not in f"{size}-{language}-{scheme}":
                continue
            context = _context(browser, base, size, language, scheme)
            if username:
                log_in(context, base, username)
            for path in paths:
                page = context.new_page()
                page.goto(f"{base}/{path}")
                name = path.split("?")[0].strip("/").replace("/", "-") or "first"
                taken.append(into / f"{name}-{size}-{language}-{scheme}.png")
                page.screenshot(path=taken[-1], full_page=full)
                page.close()
            context.close()
        browser.close()
    return taken


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("base")
    parser.add_argument("paths", nargs="*", default=["more/", "gallery/"])
    parser.add_argument("--as", dest="username", default="", help="a demo login; without it nobody is logged in")
    parser.add_argument("--into", type=Path, default=Path("shots"))
    parser.add_argument("--full", action="store_true", help="the whole length of the page")
    parser.add_argument("--only", default="", help="for instance phone-zh")
    args = parser.parse_args()
    look(args.base, args.paths, username=args.username, into=args.into, full=args.full, only=args.only)


if __name__ == "__main__":
    main()
