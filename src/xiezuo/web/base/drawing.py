"""The icon, for templates and for components written in Python."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString


def icon(name: str, css: str = "") -> SafeString:
    """An icon of the sprite; always beside a word, so hidden from screen readers."""
    sprite = static("xiezuo/icons.svg")
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', f"i {css}".strip(), sprite, name)
