"""Rights at work (LAB-1 to LAB-6): days as the law counts them, through the action that keeps and watches them."""

from datetime import date

import pytest
from django.test import Client

from tests.factories.cast import DAY, Cast
from xiezuo.people.actions import assign
from xiezuo.people.models import Task
from xiezuo.people.vocab import AssignedFor
from xiezuo.service.actions.labour import MatterFacts, interrupt, write_matter
from xiezuo.service.labour.limits import Limit
from xiezuo.service.labour.seeing import matters_of
from xiezuo.service.models import LabourMatter
from xiezuo.service.vocab import InterruptionKind, LabourKind

DISPUTE, EMPLOYED, LEFT, AID = LabourKind
D = date.fromisoformat


def matter(cast: Cast, kind: LabourKind, day: str = "", on: date = DAY, **more: bool) -> LabourMatter:
    """王大哥's matter, written down by 晓梅, who works on his case."""
    person = cast.person("王大哥", cast.east)
    assign(by=cast.chenli, person=person, user=cast.xiaomei.user, why=AssignedFor.CASE_TEAM, on=DAY)
    facts = MatterFacts(kind=kind, happened_on=D(day) if day else None, **more)  # type: ignore[arg-type]
    return write_matter(by=cast.xiaomei, person=person, facts=facts, on=on)


def limits(cast: Cast, row: LabourMatter) -> list[Limit]:
    (told,) = matters_of(cast.xiaomei, row.person)
    return told.limits.found


@pytest.mark.parametrize(
    ("known", "limit", "runs_on"),
    [
        ("2026-03-10", "2027-03-10", "2027"),  # nobody has announced the working days of 2027 yet
        ("2024-02-29", "2025-02-28", ""),
        ("2025-10-01", "2026-10-01", "2026-10-08"),
    ],
)
def test_lab_1_a_dispute_has_a_year_and_both_days_are_told_and_the_first_is_watched(
    cast: Cast, known: str, limit: str, runs_on: str
) -> None:
    row = matter(cast, DISPUTE, known, on=D("2026-03-10"))
    (found,) = limits(cast, row)
    assert (found.day, found.rule) == (D(limit), "LAB-1")
    told = {"": None, "2027": 2027}.get(runs_on, D(runs_on) if len(runs_on) > 4 else None)
    assert getattr(found.runs_on, "year", found.runs_on) if runs_on == "2027" else found.runs_on == told
    last = Task.objects.filter(person=row.person, step="last").values_list("due_on", flat=True)
    assert list(last) == ([D(limit)] if D(limit) > D("2026-03-10") else [])


def test_lab_2_unpaid_wages_have_a_year_once_the_work_has_ended(cast: Cast) -> None:
    row = matter(cast, LEFT, "2025-12-31")
    assert [(one.day, one.rule) for one in limits(cast, row)] == [(D("2026-12-31"), "LAB-2")]
    employed = write_matter(by=cast.xiaomei, person=row.person, facts=MatterFacts(kind=EMPLOYED), on=DAY)
    told = {one.row.pk: one.limits.found for one in matters_of(cast.xiaomei, row.person)}
    assert told[employed.pk] == []


def test_lab_3_an_interruption_begins_a_year_anew_and_names_its_proof(cast: Cast) -> None:
    on = D("2026-05-01")
    row = matter(cast, LEFT, "2025-06-01")
    interrupt(by=cast.xiaomei, matter=row, kind=InterruptionKind.CLAIM, day=on, proof="微信催款截图", on=on)
    assert [(one.day, one.rule) for one in limits(cast, row)] == [(D("2027-05-01"), "LAB-3")]
    (told,) = matters_of(cast.xiaomei, row.person)
    assert [str(one.proof) for one in told.interruptions] == ["微信催款截图"]


def test_lab_4_legal_aid_is_decided_in_seven_days_and_assigned_in_three_more(cast: Cast) -> None:
    row = matter(cast, AID, "2026-03-02")
    told = [(one.rule, one.day) for one in limits(cast, row)]
    assert told == [("LAB-4", D("2026-03-09")), ("LAB-4", D("2026-03-12"))]


def test_lab_5_aid_in_advance_is_possible_with_fewer_than_seven_days_left(cast: Cast) -> None:
    (limit,) = limits(cast, matter(cast, LEFT, "2025-12-31"))
    assert limit.day == D("2026-12-31")
    assert [limit.allows_aid_in_advance(D(f"2026-12-{day}")) for day in (24, 25)] == [False, True]


def test_lab_6_the_means_of_a_migrant_worker_are_not_asked_for_wages_or_an_injury(cast: Cast, client: Client) -> None:
    client.force_login(cast.xiaomei.user)
    skipped = "不审查"
    flags = {"employed&migrant=on": True, "dispute&day=2025-10-01&migrant=on&injury=on": True, "employed": False}
    for query, hidden in flags.items():
        assert (skipped in client.get(f"/service/labour/?kind={query}").content.decode()) is hidden
