"""The names a template may use for one form: its fields by key, rows by the key of the rows, and what every paper has."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.forms.definitions import FormDefinition
from xiezuo.forms.papers.building import stands_on_paper
from xiezuo.forms.vocab import FieldType

ORG = "org"
NUMBER = "n"  # the number of a row


END = "{%tr endfor %}"


def single(name: str) -> str:
    return f"{{{{ {name} }}}}"


def loop(name: str) -> str:
    return f"{{%tr for row in {name} %}}"


@dataclass(frozen=True)
class Known:
    """One name with its label. `rows` are the names inside a row, for a field that repeats."""

    name: str
    label: str
    rows: tuple["Known", ...] = ()

    @property
    def written(self) -> str:
        """As it is written in the template."""
        return f"{loop(self.name)} … {END}" if self.rows else single(self.name)


def of_every_paper() -> list[Known]:
    return [
        Known(f"{ORG}.name", _("Name of the organisation")),
        Known(f"{ORG}.unit", pgettext("field of a template", "Filled in at")),
        Known("serial_no", pgettext("field of a template", "Serial number")),
        Known("form_title", _("Title of the form")),
        Known("form_version", _("Version of the form")),
        Known("printed_on", pgettext("field of a template", "Printed on")),
        Known("printed_by", pgettext("field of a template", "Printed by")),
    ]


def of_form(form: FormDefinition) -> Iterator[Known]:
    """What is for its author alone, and what is hidden, has no name here."""
    for one in filter(stands_on_paper, form.fields()):
        inner: tuple[Known, ...] = ()
        if one.type == FieldType.ROWS:
            inner = (Known(NUMBER, pgettext("heading over the numbers of rows", "No.")),)
            inner += tuple(Known(row.key, str(row.label)) for row in one.rows if stands_on_paper(row))
        yield Known(one.key, str(one.label), inner)


def known_fields(form: FormDefinition) -> list[Known]:
    """Every name a template of this form may use; a field of the form goes before what every paper has."""
    own = list(of_form(form))
    taken = {one.name for one in own}
    return [*own, *(one for one in of_every_paper() if one.name not in taken)]
