"""What people do with templates of the organisation: upload, put into use, give up."""

from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.files import safe_name
from xiezuo.forms.definitions import form_definition
from xiezuo.forms.models import DocumentTemplate
from xiezuo.forms.papers.access import must_change_templates
from xiezuo.forms.papers.templates import check
from xiezuo.forms.vocab import TemplateState
from xiezuo.orgs.access import Actor


@transaction.atomic
def upload_template(*, by: Actor, form: str, content: bytes, name: str) -> DocumentTemplate:
    """Check a file, try it with a sample, and keep it as the next version. Raises RuleBroken, then nothing was kept."""
    must_change_templates(by)
    checked = check(content, form_definition(form))
    digest = sha256(content).hexdigest()
    earlier = DocumentTemplate.objects.select_for_update().filter(form=form)
    same = earlier.filter(sha256=digest).exclude(state__in=[TemplateState.SUPERSEDED, TemplateState.RETIRED]).first()
    if same is not None:
        return same
    last = earlier.aggregate(last=Max("version"))["last"] or 0
    template = DocumentTemplate(
        form=form,
        version=last + 1,
        name=safe_name(name),
        sha256=digest,
        used=list(checked.used),
        uploaded_by=by.user,
    )
    template.file.save(f"{digest}.docx", ContentFile(content), save=False)
    template.save()
    happened("forms.template.uploaded", template, by_id=by.id, form=form, version=template.version, sha256=digest)
    return template


@transaction.atomic
def use_template(*, by: Actor, template: DocumentTemplate) -> DocumentTemplate:
    """Print with this version from today on; the one before is superseded and stays to be looked at."""
    must_change_templates(by)
    template = DocumentTemplate.objects.select_for_update().get(pk=template.pk)
    if template.state == TemplateState.IN_USE:
        return template
    before = DocumentTemplate.objects.filter(form=template.form, state=TemplateState.IN_USE)
    before.update(state=TemplateState.SUPERSEDED)
    template.state, template.in_use_from = TemplateState.IN_USE, today()
    template.save(update_fields=["state", "in_use_from"])
    happened("forms.template.used", template, by_id=by.id, form=template.form, version=template.version)
    return template


@transaction.atomic
def retire_template(*, by: Actor, template: DocumentTemplate) -> DocumentTemplate:
    """Not print with it any more; the form goes back to the layout of the house."""
    must_change_templates(by)
    template = DocumentTemplate.objects.select_for_update().get(pk=template.pk)
    if template.state in {TemplateState.SUPERSEDED, TemplateState.RETIRED}:
        raise RuleBroken("forms.template_is_over", _("This template is not in use any more."))
    template.state = TemplateState.RETIRED
    template.save(update_fields=["state"])
    happened("forms.template.retired", template, by_id=by.id, form=template.form, version=template.version)
    return template
