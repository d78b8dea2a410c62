"""In the sample house people are erased, and every figure of every year is what it was."""

from datetime import date
from random import Random

import pytest

from tests.factories.counted import figures
from xiezuo.common.events import verify_chain
from xiezuo.demo.story import tell
from xiezuo.people.actions import erase_person
from xiezuo.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_every_figure_of_the_sample_house_is_the_same_after_erasing() -> None:
    tell(until=date(2026, 11, 23), progress=lambda done, of: None, in_bulk=True)
    people = Person.objects.filter(merged_into=None)
    helpers = list(people.filter(volunteer_parts__isnull=False).order_by("pk").distinct().values_list("pk", flat=True))
    others = list(people.exclude(pk__in=helpers).order_by("pk").values_list("pk", flat=True))
    random = Random(40143)
    before = figures()
    for pk in [*random.sample(helpers, 6), *random.sample(others, 14)]:
        erase_person(by_id=None, person=pk, on=date(2036, 11, 23))
    after = figures()
    assert [name for name, told in after.items() if told != before[name]] == []
    assert before["headcount", "all"] > 1000
    assert Person.objects.filter(erased_on__isnull=False).count() == 20
    assert list(verify_chain()) == []
