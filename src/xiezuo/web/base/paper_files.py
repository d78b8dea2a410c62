"""A paper as the answer to a request."""

from typing import Final
from urllib.parse import quote

from django.http import HttpResponse

PDF: Final = "application/pdf"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS = {PDF: "pdf", WORD: "docx"}


def paper_file(content: bytes, name: str, kind: str) -> HttpResponse:
    """A PDF opens beside the page, a Word document is saved; nothing of it stays in the browser."""
    response = HttpResponse(content, content_type=kind)
    place = "inline" if kind == PDF else "attachment"
    ending = ENDINGS[kind]
    response["Content-Disposition"] = f"{place}; filename=\"form.{ending}\"; filename*=UTF-8''{quote(name)}.{ending}"
    response["Cache-Control"] = "no-store"
    return response
