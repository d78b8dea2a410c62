"""Whether a file may become a template of a form: a plain document, known names alone, and one that can be filled."""

from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _

from xiezuo.common.errors import RuleBroken
from xiezuo.forms.definitions import FormDefinition
from xiezuo.forms.papers.libraries import must_be_there
from xiezuo.forms.papers.templates.fields import Known, known_fields, of_form
from xiezuo.forms.papers.templates.filling import fill, sample
from xiezuo.forms.papers.templates.grammar import Names, read
from xiezuo.forms.papers.templates.opening import FILLED, must_be_plain


@dataclass(frozen=True)
class Checked:
    """`used`: names the template speaks of; `left_out`: fields of the form it does not; `tried`: filled with a sample."""

    used: tuple[str, ...]
    left_out: tuple[Known, ...]
    tried: bytes


def check(content: bytes, form: FormDefinition) -> Checked:
    """Raises RuleBroken with what is wrong, or which names are unknown (`facts["unknown"]`)."""
    must_be_there()
    from docxtpl import DocxTemplate

    texts = must_be_plain(content)
    known = known_fields(form)
    names = names_of(known)
    patched = DocxTemplate(BytesIO(content))
    for part, text in texts.items():
        if FILLED.fullmatch(part):
            read(patched.patch_xml(text), names)
    if names.unknown:
        words = _(
            "The form “%(form)s” has no such fields: %(names)s. The file was not kept. Below stands what each field is "
            "called; correct the names and upload again."
        )
        unknown = sorted(names.unknown)
        told = {"form": form.label, "names": _(", ").join(unknown)}
        raise RuleBroken("forms.template_unknown_fields", words % told, unknown=unknown)
    if not names.used:
        words = _("No field stands in this document, so every print would be empty. Begin from the starting template.")
        raise RuleBroken("forms.template_empty", words)
    left_out = tuple(one for one in of_form(form) if one.name not in names.used)
    return Checked(tuple(sorted(names.used)), left_out, fill(content, form, sample(form)))


def names_of(known: list[Known]) -> Names:
    parts: dict[str, set[str]] = {}
    for one in known:
        owner, dot, part = one.name.partition(".")
        if dot:
            parts.setdefault(owner, set()).add(part)
    return Names(
        single=frozenset(one.name for one in known if not one.rows and "." not in one.name),
        parts={owner: frozenset(names) for owner, names in parts.items()},
        rows={one.name: frozenset(row.name for row in one.rows) for one in known if one.rows},
    )
