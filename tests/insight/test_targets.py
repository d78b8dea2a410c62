"""Promises and how far they are: amounts, what one may expect by today, and where the pace leads."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories.cast import Cast
from tests.factories.march import COUNTED, written
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.models import Event
from xiezuo.insight.actions import promise, take_back_promise
from xiezuo.insight.models import Framework, Target
from xiezuo.insight.progress import Progress, progress_of
from xiezuo.orgs.models import Project
from xiezuo.service.access import records_for
from xiezuo.service.actions import Taking
from xiezuo.service.models import ServiceRecord
from xiezuo.service.vocab import Method

YEAR: dict[str, Any] = {"from_on": date(2026, 1, 1), "to_on": date(2026, 12, 31)}


def of(cast: Cast, on: date, **targets: int) -> dict[str, Progress]:
    framework = promise(by=cast.chenli, name="年度计划", targets=targets, **YEAR)
    progress = progress_of(records_for(cast.chenli), framework, on)
    return {told.target.indicator: told for told in progress.targets}


@pytest.mark.parametrize(
    "amount, on, value, percent, missing, expected, pace, behind",
    [
        (100, date(2026, 3, 31), 44, 44, 56, 24, 178, False),
        (400, date(2026, 3, 31), 44, 11, 356, 98, 178, True),
        (44, date(2026, 3, 31), 44, 100, 0, 10, 178, False),
        (45, date(2026, 12, 31), 44, 97, 1, 45, None, True),
        (100, date(2027, 2, 1), 44, 44, 56, 100, None, True),
        (100, date(2026, 3, 9), 10, 10, 90, 18, 53, True),
        (100, date(2026, 1, 29), 0, 0, 100, 7, None, True),
        (100, date(2025, 12, 31), 0, 0, 100, 0, None, False),
    ],
)
def test_person_times_against_a_target(
    march: Cast,
    amount: int,
    on: date,
    value: int,
    percent: int,
    missing: int,
    expected: int,
    pace: int | None,
    behind: bool,
) -> None:
    told = of(march, on, person_times=amount)["person_times"]
    found = (told.value, told.percent, told.missing, told.expected, told.at_this_pace, told.behind)
    assert found == (value, percent, missing, expected, pace, behind)


def test_people_are_not_drawn_out_to_the_end_because_they_come_again(march: Cast) -> None:
    told = of(march, date(2026, 6, 30), headcount=20, event_count=20, volunteer_hours=600)
    assert {code: p.at_this_pace for code, p in told.items()} == {
        "headcount": None,
        "event_count": 4 * 365 // 181,
        "volunteer_hours": 300 * 365 // 181,
    }
    assert told["volunteer_hours"].value == 300


def test_a_project_and_a_site_count_only_what_is_theirs(march: Cast) -> None:
    project = Project.objects.create(name="陪伴成长", from_on=date(2026, 1, 1))
    ServiceRecord.objects.earliest("service_date").projects.add(project)
    for where, value in (({"project": project}, 3), ({"site": march.west}, 7), ({}, 44)):
        framework = promise(by=march.chenli, name="合同", targets={"person_times": 50}, **YEAR, **where)
        told = progress_of(records_for(march.chenli), framework, date(2026, 12, 31))
        assert told.targets[0].value == value


def test_a_worker_sees_the_progress_of_what_is_open_to_her(march: Cast) -> None:
    framework = promise(by=march.chenli, name="合同", targets={"person_times": 50}, **YEAR)
    assert progress_of(records_for(march.xiaomei), framework, date(2026, 12, 31)).targets[0].value == 7


def test_what_happens_after_the_day_is_not_counted_yet(march: Cast) -> None:
    framework = promise(by=march.chenli, name="三月", targets={"event_count": 9}, **YEAR)
    assert progress_of(records_for(march.chenli), framework, date(2026, 3, 8)).targets[0].value == 1


def test_correcting_targets_replaces_them_and_keeps_the_framework(march: Cast) -> None:
    first = promise(by=march.chenli, name="合同", targets={"person_times": 50, "event_count": 4}, **YEAR)
    again = promise(by=march.chenli, existing=first, name="合同", targets={"person_times": 60}, **YEAR)
    assert again.pk == first.pk
    assert list(Target.objects.values_list("indicator", "amount")) == [("person_times", 60)]
    told = list(Event.objects.filter(code__startswith="insight.").order_by("id").values_list("code", flat=True))
    assert told == ["insight.targets.set", "insight.targets.corrected"]
    take_back_promise(by=march.chenli, framework=again)
    assert (Framework.objects.count(), Target.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "facts, code",
    [
        ({"name": " "}, "insight.framework_name_missing"),
        ({"to_on": date(2025, 12, 31)}, "insight.framework_ends_early"),
        ({"targets": {}}, "insight.nothing_promised"),
        ({"targets": {"person_times": 0}}, "insight.nothing_promised"),
        ({"targets": {"happiness": 5}}, "insight.nothing_promised"),
    ],
)
def test_a_promise_that_makes_no_sense_is_refused(cast: Cast, facts: dict[str, Any], code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        promise(**({"by": cast.chenli, "name": "合同", "targets": {"person_times": 5}} | YEAR | facts))
    assert refused.value.code == code
    assert Framework.objects.count() == 0


def test_targets_belong_to_a_project_or_a_site_never_to_both(cast: Cast) -> None:
    project = Project.objects.create(name="陪伴成长", from_on=date(2026, 1, 1))
    with pytest.raises(RuleBroken):
        promise(by=cast.chenli, name="合同", targets={"headcount": 5}, project=project, site=cast.east, **YEAR)
    with pytest.raises(IntegrityError), transaction.atomic():
        Framework.objects.create(name="合同", project=project, site=cast.east, **YEAR)


@pytest.mark.parametrize("who, may", [("chenli", True), ("zhiyuan", True), ("xiaomei", False), ("haiyan", False)])
def test_who_may_write_targets_down(cast: Cast, who: str, may: bool) -> None:
    if may:
        assert promise(by=getattr(cast, who), name="合同", targets={"headcount": 5}, **YEAR).pk
    else:
        with pytest.raises(NotAllowed):
            promise(by=getattr(cast, who), name="合同", targets={"headcount": 5}, **YEAR)


def test_cancelled_and_tried_out_records_do_not_help_to_reach_a_target(march: Cast) -> None:
    ten = [Taking(mode=COUNTED, count=10)]
    written(march.chenli, Method.ACTIVITY, date(2026, 3, 21), ten, for_testing=True, site=march.east)
    assert of(march, date(2026, 3, 31), person_times=100)["person_times"].value == 44
