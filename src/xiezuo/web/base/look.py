"""How this device wants its pages to look. Kept in cookies, so that a shared phone and a desk may differ."""

from dataclasses import dataclass

from django.http import HttpRequest

THEMES = ("light", "dark")
PRINTS = ("large",)
THEME_COOKIE, PRINT_COOKIE = "theme", "print"
A_YEAR = 60 * 60 * 24 * 365


@dataclass(frozen=True)
class Look:
    """`theme` is "" as long as the device decides; `print` is "" or "large"."""

    theme: str = ""
    print: str = ""


def look_of(request: HttpRequest) -> Look:
    theme, size = request.COOKIES.get(THEME_COOKIE, ""), request.COOKIES.get(PRINT_COOKIE, "")
    return Look(theme if theme in THEMES else "", size if size in PRINTS else "")
