"""Giving cases to another colleague: one, or a whole caseload, in one go; and what that does, also where it was proposed first."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import User
from xiezuo.people.actions import hand_people_on
from xiezuo.service.access import cases_to_hand_over
from xiezuo.service.models import Case, CaseHandover

KEEPS = "the note goes with the case to whoever works on it"


@transaction.atomic
def hand_cases_over(
    *, by: Actor, cases: Collection[int], to: User, on: date, notes: Mapping[int, str] | None = None
) -> list[Case]:
    """Give these open cases (ids) to a colleague: with each go the people, what there is to do, and a note if there is one.

    All or none. Raises NotAllowed for a case one may not hand over, RuleBroken where there is none or nothing would change.
    """
    wanted = set(cases)
    rows = Case.objects.select_for_update(of=("self",)).filter(
        pk__in=cases_to_hand_over(by).filter(pk__in=wanted).values("pk")
    )
    found = list(rows.select_related("person", "worker").order_by("case_no"))
    if not wanted:
        raise RuleBroken("service.hand_over_none", _("Choose at least one case to hand over."), field="cases")
    if len(found) != len(wanted):
        words = _("A supervisor of the site or the director hands open cases over. One of these is not yours to give.")
        raise NotAllowed(words)
    theirs: dict[User, list[Case]] = defaultdict(list)
    for case in found:
        if case.worker_id != to.pk:
            theirs[case.worker].append(case)
    for before, mine in theirs.items():
        hand_on(by, mine, before, to, on, notes or {})
    return found


def hand_on(by: Actor, cases: list[Case], before: User, to: User, on: date, notes: Mapping[int, str]) -> None:
    """Part of giving cases to a colleague, however it was agreed: who works with the people, what there is to do, and the row
    that tells of it."""
    going = [case.pk for case in cases]
    still = Case.objects.filter(worker=before, closed_on=None).exclude(pk__in=going).values_list("person_id", flat=True)
    people = {case.person_id: case.person for case in cases}
    hand_people_on(by=by, people=list(people.values()), before=before, after=to, on=on, keeps=set(still))
    with opened("service.CaseHandover", why=KEEPS):
        CaseHandover.objects.bulk_create(
            CaseHandover(case=case, before=before, after=to, by=by.user, on=on, note=notes.get(case.pk, "").strip())
            for case in cases
        )
    for case in cases:
        case.worker = to
        case.save(update_fields=["worker"])
        happened("service.case.handed_over", case, by_id=by.id, person=case.person_id, before=before.pk, to=to.pk)
