"""A form as the familiar A4 table, empty or filled, as PDF and for Word. Knows forms and answers; what a number of a person or
a place stands for is told from above."""

from xiezuo.forms.papers.building import Filled, paper
from xiezuo.forms.papers.content import Bundle, Cover, PaperContent
from xiezuo.forms.papers.libraries import are_there, must_be_there
from xiezuo.forms.papers.pdf import as_pdf, bundle_as_pdf
from xiezuo.forms.papers.word import as_word

__all__ = [
    "Bundle",
    "Cover",
    "Filled",
    "PaperContent",
    "are_there",
    "as_pdf",
    "as_word",
    "bundle_as_pdf",
    "must_be_there",
    "paper",
]
