"""A face of the street gets a name: entries under a nickname become one person's history, and may be parted again."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site
from xiezuo.people.access import must_work_with
from xiezuo.people.actions import sites_now_serve
from xiezuo.people.models import Person
from xiezuo.service.models import NicknameLink, Participation
from xiezuo.service.queries import entries_like
from xiezuo.service.vocab import ParticipationMode


@transaction.atomic
def link_nickname(*, by: Actor, entry: Participation, person: Person, agreed: bool, on: date) -> NicknameLink:
    """`entry` and all others that count as the same nickname (CNT-1) were `person`, who agreed on `on` to be named.

    Where the person stands on a record by name already, the nickname beside it stays. Raises RuleBroken without the
    person's word, or when there is nothing left to link.
    """
    must_work_with(by, person)
    if not agreed:
        raise RuleBroken(
            "service.nickname_needs_a_yes",
            _("Ask them first: their earlier visits are put under their name only when they say yes."),
            field="agreed",
        )
    rows = _without_records_of(entries_like(by, entry).select_for_update(), person)
    found = list(rows.select_related("record"))
    if not found:
        raise RuleBroken(
            "service.nothing_to_link",
            _("No entry under this nickname is open: it is linked already, or they stand there by name."),
        )
    link = NicknameLink.objects.create(person=person, label=entry.label, agreed_on=on, linked_by=by.user)
    Participation.objects.filter(pk__in=[row.pk for row in found]).update(
        mode=ParticipationMode.NAMED, person=person, nickname_link=link
    )
    for site in Site.objects.filter(pk__in={row.record.site_id for row in found if row.record.site_id}).order_by("pk"):
        sites_now_serve(people=[person.pk], site=site, on=on)
    happened("service.nickname.linked", person, by_id=by.id, link=link.pk, entries=[row.pk for row in found])
    return link


def _without_records_of(rows: QuerySet[Participation], person: Person) -> QuerySet[Participation]:
    there = Participation.objects.filter(person=person, mode=ParticipationMode.NAMED).values("record_id")
    return rows.exclude(record__in=there)


@transaction.atomic
def part_nickname(*, by: Actor, link: NicknameLink) -> int:
    """It was someone else, or the person takes back their yes: the entries are nicknames again. Gives how many.

    What a colleague has written anew since, by name, stays as it was written.
    """
    must_work_with(by, link.person)
    rows = list(link.entries.select_for_update().values_list("pk", flat=True))
    again = {"mode": ParticipationMode.LISTED, "person": None, "nickname_link": None}
    Participation.objects.filter(pk__in=rows).update(**again)
    happened("service.nickname.parted", link.person, by_id=by.id, link=link.pk, entries=rows)
    link.parted_by, link.parted_at = by.user, now()
    link.save(update_fields=["parted_by", "parted_at"])
    return len(rows)
