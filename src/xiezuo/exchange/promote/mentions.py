"""Whoever a row of work names: those who signed, helped, were visited or met."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from xiezuo.common.text import tidy_name
from xiezuo.exchange.promote.activities import COUNTED, MINUTES_AN_HOUR, Signed
from xiezuo.exchange.promote.persons import SEX
from xiezuo.exchange.words import words
from xiezuo.people.vocab import Sex
from xiezuo.service.actions import Helping, Taking
from xiezuo.service.vocab import ParticipationMode

NAMED, LISTED = ParticipationMode.NAMED, ParticipationMode.LISTED
LABEL = 60  # characters

Named = tuple[dict[str, Any], int | None]  # the values of a row, and the person they name where that is known


def helps(values: dict[str, Any]) -> bool:
    """Whether this name in a sign-in list is one who helps."""
    return str(values.get("role", "")) in words("helping")["roles"]


def _label(values: dict[str, Any]) -> str:
    called = values.get("called") or values.get("nickname") or values.get("name") or ""
    return tidy_name(str(called))[:LABEL]


def listed(labels: Iterable[tuple[str, Sex]]) -> list[Taking]:
    """Nicknames of one record; a second 小王 on it is 小王（2）, for they are two."""
    seen: Counter[str] = Counter()
    rows = []
    for label, sex in labels:
        if not label:
            rows.append(Taking(mode=COUNTED, count=1, sex=sex))
            continue
        seen[label] += 1
        own = label if seen[label] == 1 else f"{label[: LABEL - 5]}（{seen[label]}）"
        rows.append(Taking(mode=LISTED, label=own, sex=sex))
    return rows


def sex_of(values: dict[str, Any]) -> Sex:
    return SEX.get(values.get("sex", ""), Sex.UNKNOWN)


def came(people: Iterable[Named]) -> list[Taking]:
    """Those who took part: by person, or by what they are called. Named twice is there once."""
    known = {person: sex_of(values) for values, person in people if person is not None}
    named = [Taking(mode=NAMED, person=person, sex=sex) for person, sex in known.items()]
    return [*named, *listed((_label(values), sex_of(values)) for values, person in people if person is None)]


def helped(people: Iterable[Named]) -> list[Helping]:
    """Those who helped, the minutes of one person added up; None where no row says how long."""
    minutes: dict[int, int | None] = {}
    unknown = []
    for values, person in people:
        told = _minutes(values)
        if person is None:
            unknown.append(Helping(label=_label(values), minutes=told))
        elif told is None:
            minutes.setdefault(person, None)
        else:
            minutes[person] = (minutes.get(person) or 0) + told
    return [*(Helping(person=person, minutes=told) for person, told in minutes.items()), *unknown]


def _minutes(values: dict[str, Any]) -> int | None:
    hours = values.get("hours")
    return None if hours is None else max(0, round(float(hours) * MINUTES_AN_HOUR))


def signed(people: list[Named], counted: Iterable[dict[str, Any]]) -> Signed:
    """One sign-in list: names, and lines that only say how many."""
    crowd = [Taking(mode=COUNTED, count=heads) for row in counted if (heads := round(float(row.get("count") or 0))) > 0]
    return Signed(
        taking=[*came([named for named in people if not helps(named[0])]), *crowd],
        helping=helped([named for named in people if helps(named[0])]),
    )
