"""Which assessment a sensitive form needs first (DAT-4): pack impact-default may name one for several forms."""

from django.utils.functional import Promise
from django.utils.translation import get_language

from xiezuo.forms.definitions import FormDefinition, form_definitions
from xiezuo.forms.packs import pack

FLOOR = "service"


def subject_of(form: FormDefinition) -> str:
    """The subject under which the form is assessed: of the assessment that names it, else its own."""
    for subject, told in pack("impact-default")["assessments"].items():
        if form.key in told.get("forms", ()):
            return str(subject)
    return f"form_{form.key}"[:60]


def subjects() -> dict[str, str | Promise]:
    """What sensitive forms of this floor are assessed as, with their words."""
    told, chinese = pack("impact-default")["assessments"], (get_language() or "zh").startswith("zh")
    found: dict[str, str | Promise] = {}
    for form in form_definitions():
        if form.floor == FLOOR and form.holds_sensitive:
            subject = subject_of(form)
            words = told.get(subject, {}).get("zh" if chinese else "en")
            found[subject] = words or str(form.label)
    return found
