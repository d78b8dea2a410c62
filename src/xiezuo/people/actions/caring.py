"""Who answers for a child by law, and who may take a child home."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy, tidy_name
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_work_with
from xiezuo.people.finding.index import index_people
from xiezuo.people.models import Collector, Guardianship, Person
from xiezuo.people.vocab import GuardianBasis, Relation, Section


@transaction.atomic
def note_guardianship(
    *, by: Actor, ward: Person, guardian: Person, basis: GuardianBasis, on: date | None = None, paper: str = ""
) -> Guardianship:
    """`guardian` answers for `ward` by law since `on` (None: not known); `paper` says by which document."""
    if ward.pk == guardian.pk:
        raise RuleBroken(
            "people.own_guardian", _("Nobody is their own guardian. Choose someone else."), field="guardian"
        )
    must_work_with(by, ward, guardian, section=Section.FAMILY)
    if Guardianship.objects.filter(ward=guardian, guardian=ward, to_on__isnull=True).exists():
        raise RuleBroken(
            "people.guardians_of_each_other",
            _("%(ward)s is written down as the guardian of %(guardian)s. End that first, if it is the other way round.")
            % {"ward": ward, "guardian": guardian},
            field="guardian",
        )
    row, new = Guardianship.objects.get_or_create(
        ward=ward, guardian=guardian, to_on=None, defaults={"basis": basis, "from_on": on, "paper": tidy(paper)}
    )
    if new:
        index_people([ward.pk])
        happened("people.guardianship.noted", ward, by_id=by.id, guardian=guardian.pk, basis=basis)
    return row


@transaction.atomic
def end_guardianship(*, by: Actor, guardianship: Guardianship, on: date) -> Guardianship:
    """The guardianship ended on `on`; that it was, stays."""
    must_work_with(by, guardianship.ward, section=Section.FAMILY)
    _not_before(guardianship.from_on, on)
    guardianship.to_on = on
    guardianship.save(update_fields=["to_on"])
    index_people([guardianship.ward_id], and_once=[guardianship.guardian_id])
    happened("people.guardianship.ended", guardianship.ward, by_id=by.id, guardian=guardianship.guardian_id)
    return guardianship


@transaction.atomic
def name_collector(
    *,
    by: Actor,
    child: Person,
    name: str,
    phone: str,
    relation: Relation,
    on: date | None = None,
    until: date | None = None,
    person: Person | None = None,
) -> Collector:
    """Someone may take the child home from `on` to `until` (None: until it is ended)."""
    must_work_with(by, child, *([person] if person else []), section=Section.FAMILY)
    name, phone = tidy_name(name), tidy(phone)
    if not name or not phone:
        raise RuleBroken(
            "people.collector_needs_name_and_phone",
            _("Write the name and the telephone of whoever may take the child home."),
            field="name" if not name else "phone",
        )
    if person is not None and person.pk == child.pk:
        raise RuleBroken("people.own_collector", _("A child is taken home by someone else."), field="name")
    if on and until:
        _not_before(on, until)
    row, new = Collector.objects.get_or_create(
        child=child,
        name=name,
        phone=phone,
        to_on=until,
        defaults={"relation": relation, "from_on": on, "person": person},
    )
    if new:
        happened("people.collector.named", child, by_id=by.id, collector=row.pk, relation=relation)
    return row


@transaction.atomic
def end_collector(*, by: Actor, collector: Collector, on: date) -> Collector:
    """From the day after `on` they may no longer take the child home."""
    must_work_with(by, collector.child, section=Section.FAMILY)
    _not_before(collector.from_on, on)
    collector.to_on = on
    collector.save(update_fields=["to_on"])
    happened("people.collector.ended", collector.child, by_id=by.id, collector=collector.pk)
    return collector


def _not_before(began: date | None, on: date) -> None:
    if began and on < began:
        raise RuleBroken("people.ends_before_it_began", _("This cannot end before it began."), field="to_on")
