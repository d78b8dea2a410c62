"""Filling in a form from its definition: what is typed becomes answers, and answers become what was typed.

Pure: what may be named and which files came along is handed in. Answers are JSON by the key of the field: text as it is, whole
numbers and ratings as numbers, decimals and yuan as text ("12.50"), days and times in ISO form, a reference as the number of a
row or, where nothing is registered, as its name; rows are lists of such answers. Of a field without an answer nothing is kept.
"""

from xiezuo.forms.filling.computing import with_computed
from xiezuo.forms.filling.fitting import fits, is_must
from xiezuo.forms.filling.reading import Problem, Reading, must_be_answers, read_form
from xiezuo.forms.filling.rows import add_row, drop_row, row_ids
from xiezuo.forms.filling.typing import typed_again
from xiezuo.forms.filling.values import Known, Typed
from xiezuo.forms.filling.walking import codes_chosen, files_in, named_in, without

__all__ = [
    "Known",
    "Problem",
    "Reading",
    "Typed",
    "add_row",
    "codes_chosen",
    "drop_row",
    "files_in",
    "fits",
    "is_must",
    "must_be_answers",
    "named_in",
    "read_form",
    "row_ids",
    "typed_again",
    "with_computed",
    "without",
]
