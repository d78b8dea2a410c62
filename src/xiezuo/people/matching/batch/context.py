"""Two groups of records as the second stage sees them: what their records agree on at best and at worst, how sure the
first stage is, and who else could be meant."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from xiezuo.people.matching.batch.births import compare_births
from xiezuo.people.matching.batch.groups import Groups
from xiezuo.people.matching.batch.names import compare_names
from xiezuo.people.matching.batch.ranks import RANK, summed_up
from xiezuo.people.matching.batch.weights import CROSS, crossed

MANY = 10
LIKE_A_NAME = RANK["name_close_short"]  # from here on names are only alike by chance
AT_MOST_COMPARED = 12  # at one telephone; more of them are no family


@dataclass(frozen=True, slots=True)
class View:
    """`best` and `worst` by field; `codes` what the weights of the second stage are asked for."""

    best: dict[str, str]
    worst: dict[str, str]
    bits: list[float]
    rivalled: bool
    codes: list[str]


def view(groups: Groups, one: int, other: int) -> View:
    pairs = groups.pairs(one, other)
    best, worst = summed_up(pairs)
    bits = groups.bits(pairs)
    rival = groups.rival(one, other)
    codes = crossed(best.values())
    if len(pairs) > 1:
        codes += _against(best, worst) + _consensus(groups, one, other)
    codes += _certainty(groups, one, other, bits, best, rival)
    codes += _namesakes(groups, one, other, best, worst)
    codes += _family(groups, one, other, best)
    return View(best, worst, bits, rival is not None and rival >= max(bits), codes)


def _and(*codes: str) -> str:
    return CROSS.join(codes)


def step(prefix: str, value: float, width: float, least: int, most: int) -> str:
    return f"{prefix}_{max(least, min(most, floor(value / width)))}"


def some(prefix: str, number: int) -> str:
    """0, 1, 2, 3 (to 4), 5 (to 9), 10 (or more)."""
    return f"{prefix}_{number if number < 3 else 3 if number < 5 else 5 if number < MANY else MANY}"


def _against(best: dict[str, str], worst: dict[str, str]) -> list[str]:
    codes = []
    for field, code in worst.items():
        if code != best[field]:
            codes += [f"also_{code}", _and(f"also_{code}", best[field])]
    return codes


def _consensus(groups: Groups, one: int, other: int) -> list[str]:
    """A slip stands in one record; what several records of each group say is so."""
    codes = []
    birth, others_birth = groups.birth_of(one), groups.birth_of(other)
    if birth[0] and others_birth[0]:
        codes.append(f"agreed_{compare_births(birth[0], others_birth[0])}_{min(2, birth[1], others_birth[1])}")
    name, others_name = groups.name_of(one), groups.name_of(other)
    if name[0] and others_name[0]:
        codes.append(f"agreed_{compare_names(name[0], others_name[0])}_{min(2, name[1], others_name[1])}")
    return [*codes, _and(*codes)] if len(codes) > 1 else codes


def _certainty(
    groups: Groups, one: int, other: int, bits: list[float], best: dict[str, str], rival: float | None
) -> list[str]:
    fewer, more = sorted((len(groups.members[one]), len(groups.members[other])))
    size = f"size_{min(fewer, 2)}_{min(more, 4)}"
    most = step("most", max(bits), 1.5, -6, 8)
    codes = [size, most]
    if len(bits) > 1:
        mean, least = step("mean", sum(bits) / len(bits), 1.5, -6, 8), step("least", min(bits), 3, -4, 4)
        codes += [mean, least, _and(most, least), _and(most, mean), _and(mean, size)]
    lead = step("lead", max(bits) - rival, 2, -4, 5) if rival is not None else "lead_alone"
    other_is = step("rival", rival, 3, -3, 3) if rival is not None else "rival_none"
    codes += [lead, other_is, _and(lead, most), _and(other_is, most), _and(lead, best["name"])]
    return [*codes, _and(lead, best["phone"])] if "phone" in best else codes


def _namesakes(groups: Groups, one: int, other: int, best: dict[str, str], worst: dict[str, str]) -> list[str]:
    named = some("namesakes", groups.namesakes(one, other))
    codes = [named, *(_and(named, best[field]) for field in best if field != "bearers")]
    return [*codes, _and(named, worst.get("birth", "birth"), worst.get("phone", "phone"))]


def _family(groups: Groups, one: int, other: int, best: dict[str, str]) -> list[str]:
    """Who else is at a telephone they share, and whether one of those could be meant."""
    others = groups.sharing_phone(one, other)
    if not others:
        return []
    fitting = 0
    if len(others) < AT_MOST_COMPARED:
        names = [groups.records[groups.members[group][0]].name for group in (one, other)]
        for third in others:
            name = groups.records[groups.members[third][0]].name
            fitting += min(RANK[compare_names(name, own)] for own in names) <= LIKE_A_NAME
    fits = f"fitting_{min(fitting, 2)}"
    birth, sex = best.get("birth", "birth"), best.get("sex", "sex")
    return [
        *(some("household", len(others)), fits, _and(fits, best["name"])),
        *(_and(fits, best["name"], birth), _and(fits, best["name"], sex)),
    ]
