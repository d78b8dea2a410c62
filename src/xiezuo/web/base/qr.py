"""A QR code drawn on the server, as part of the page."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_code(text: str) -> SafeString:
    """An SVG of `text`, black on white in every theme, so that a phone reads it from any screen and from paper."""
    drawn = segno.make(text, error="m", micro=False)
    inside = drawn.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None)
    return mark_safe(inside)
