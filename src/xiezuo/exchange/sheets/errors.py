"""The one refusal of this package."""

from __future__ import annotations


class UnreadableWorkbook(Exception):
    """The bytes are no workbook that can be read; ``code`` says why, ``params`` gives numbers for the words.

    Codes: ``password``, ``not_a_workbook``, ``other_format`` (xlsb, ods: to be saved as xlsx first),
    ``truncated``, ``too_large``, ``zip_bomb``, ``unsafe_xml``.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
