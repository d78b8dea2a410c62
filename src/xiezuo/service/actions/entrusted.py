"""A child is left in the care of somebody else while the parents are elsewhere; when they were in contact (CHD-7)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy_name
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_work_with
from xiezuo.people.models import Person
from xiezuo.people.vocab import Section
from xiezuo.service.models import Entrusting, ParentContact
from xiezuo.service.vocab import InTouch, WhichParent


@transaction.atomic
def entrust(*, by: Actor, child: Person, carer: str, from_on: date, on: date) -> Entrusting:
    """The parents left the child with `carer`. Whoever cared until now no longer does."""
    must_work_with(by, child, section=Section.FAMILY)
    name = tidy_name(carer)[:60]
    if not name:
        raise RuleBroken("service.entrusted_to", _("Write with whom the child lives."), field="carer")
    if from_on > on:
        raise RuleBroken("service.entrusted_later", _("This day has not come yet."), field="from_on")
    for before in Entrusting.objects.select_for_update().filter(child=child, to_on__isnull=True):
        before.to_on = max(before.from_on, from_on)
        before.save(update_fields=["to_on"])
    row = Entrusting.objects.create(child=child, carer=name, from_on=from_on, noted_by=by.user)
    happened("service.child.entrusted", row, by_id=by.id, child=child.pk)
    return row


@transaction.atomic
def end_entrusting(*, by: Actor, row: Entrusting, on: date) -> Entrusting:
    """The child lives with a parent again; that it was entrusted, stays."""
    must_work_with(by, row.child, section=Section.FAMILY)
    row.to_on = max(row.from_on, on)
    row.save(update_fields=["to_on"])
    happened("service.child.with_parents_again", row, by_id=by.id, child=row.child_id)
    return row


@transaction.atomic
def note_contact(*, by: Actor, child: Person, who: WhichParent, how: InTouch, day: date, on: date) -> ParentContact:
    """On `day` a parent and the child were in contact."""
    must_work_with(by, child, section=Section.FAMILY)
    if day > on:
        raise RuleBroken("service.contact_later", _("This day has not come yet."), field="day")
    row = ParentContact.objects.create(child=child, who=who, how=how, on=day, noted_by=by.user)
    happened("service.child.parents_in_contact", row, by_id=by.id, child=child.pk)
    return row
