"""A form that begins with what is known already: nothing is typed twice. It is a draft of whoever begins it."""

import uuid

from django.urls import reverse

from xiezuo.forms.actions import keep_draft
from xiezuo.forms.definitions import form_definition
from xiezuo.forms.filling import Typed
from xiezuo.orgs.access import Actor

NEW = "form:"  # begins the name of the draft of a new form
ABOUT = "about"  # the question above a form whom it is about
GOES_ON = "goes_on"  # the number of the form from which a new one goes on, where the form itself does not ask for it


def new_name(form: str) -> str:
    """What the draft of a new form is kept under."""
    return f"{NEW}{form}"[:40]


def begun(actor: Actor, form: str, typed: Typed, title: str, key: uuid.UUID | None = None) -> str:
    """The address of a new form in which `typed` stands already. With the same `key` again it is the same draft."""
    key = key or uuid.uuid4()
    url = f"{reverse('fill_form', args=[form])}?draft={key}"
    kept = {name: values for name, values in typed.items() if any(values)}
    called = f"{form_definition(form).label.zh} {title}".strip()[:200]
    keep_draft(by=actor, form=new_name(form), key=key, title=called, answers=kept, page=url)
    return url
