"""Who sees and changes the organisation's own templates, and with which one a form is printed."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import today
from xiezuo.common.errors import NotAllowed
from xiezuo.forms.models import DocumentTemplate
from xiezuo.forms.vocab import TemplateState
from xiezuo.orgs.access import Actor, can_arrange


def templates_for(actor: Actor) -> QuerySet[DocumentTemplate]:
    """A template holds no data of anyone: everyone on the staff sees them."""
    return DocumentTemplate.objects.select_related("uploaded_by") if actor.roles else DocumentTemplate.objects.none()


def template_for(actor: Actor, pk: int) -> DocumentTemplate:
    found = templates_for(actor).filter(pk=pk).first()
    if found is None:
        raise NotAllowed(_("There is no such template."))
    return found


def may_change_templates(actor: Actor) -> bool:
    return (can_arrange(actor) or actor.directs) and not actor.watched


def must_change_templates(actor: Actor) -> None:
    """Raises NotAllowed unless the actor may say on what the house prints."""
    if not may_change_templates(actor):
        raise NotAllowed(_("A supervisor, the director or a system administrator changes templates. Ask one of them."))


def template_in_use(form: str) -> DocumentTemplate | None:
    """The template with which the form is printed for Word today; None for the layout of the house."""
    using = DocumentTemplate.objects.filter(form=form, state=TemplateState.IN_USE, in_use_from__lte=today())
    return using.first()


def content_of(template: DocumentTemplate) -> bytes:
    with template.file.open("rb") as file:
        return bytes(file.read())
