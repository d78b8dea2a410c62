"""The people of a project without their names: a code for each, valid in one pack alone, and what tells too few apart coarsened."""

import secrets
from collections import Counter
from dataclasses import dataclass, replace

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from xiezuo.insight.dimensions import Records, band_words
from xiezuo.people.vocab import Sex
from xiezuo.service.counting import identified
from xiezuo.service.keys import age, bands, expression, sex
from xiezuo.service.models import Participation

NOT_SAID = "—"


@dataclass(frozen=True)
class Someone:
    """`who` is the key of `counting.identified`, which never leaves."""

    who: str
    code: str
    sex: str
    age: str
    times: int


def people_of(records: Records, k: int) -> list[Someone]:
    """Everyone counted once, in an order drawn by chance. Sex and age that fewer than `k` of them share are coarsened: first
    the age to under 18 or not, then both are left out (SUP-1)."""
    rows = identified(records).annotate(of_sex=expression(Participation, sex), of_age=expression(Participation, age))
    found = list(
        rows.order_by()
        .values("who")
        .annotate(sex=Max("of_sex"), age=Max("of_age"), times=Count("record", distinct=True))
    )
    secrets.SystemRandom().shuffle(found)
    signs = {band.sign: band.code for band in bands()}
    everyone = [
        Someone(row["who"], f"P{n:04}", row["sex"] or Sex.UNKNOWN, signs.get(row["age"], "unknown"), row["times"])
        for n, row in enumerate(found, start=1)
    ]
    return [_in_words(one) for one in _coarser(_coarser(everyone, k, _grown), k, _left_out)]


def _coarser(everyone: list[Someone], k: int, step: object) -> list[Someone]:
    alike = Counter((one.sex, one.age) for one in everyone)
    return [step(one) if alike[one.sex, one.age] < k else one for one in everyone]  # type: ignore[operator]


def _grown(one: Someone) -> Someone:
    years = next((int(part) for part in one.age.replace("+", "-").split("-") if part.isdigit()), None)
    if years is None:
        return one
    return replace(one, age="child" if years < 18 else "adult")


def _left_out(one: Someone) -> Someone:
    return replace(one, sex=NOT_SAID, age=NOT_SAID)


def _in_words(one: Someone) -> Someone:
    if one.sex == NOT_SAID:
        return one
    words = {"child": _("under 18"), "adult": _("18 or older")}
    return replace(one, sex=str(Sex(one.sex).label), age=words.get(one.age) or band_words(one.age))
