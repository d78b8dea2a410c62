"""Steps that are reached from a number on: stars by hours, grades by points. Which number leads where stands in packs."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xiezuo.forms.definitions import Words, words
from xiezuo.forms.packs.held import pack

STARS = "stars-340"
GRADES = "rating-skeleton"


@dataclass(frozen=True)
class Step:
    """`at`: the number from which on it is reached; None where the pack does not tell."""

    code: str
    words: Words
    at: Decimal | None


@dataclass(frozen=True)
class Reached:
    """The highest step that is certain, if any. `known` is false where it might be one whose number no pack tells."""

    step: Step | None
    known: bool


def ladder(pack_id: str, on: date | None = None) -> list[Step]:
    """The steps of a pack, the lowest first. Raises FileNotFoundError, PackBroken."""
    return [
        Step(row["code"], words(row), Decimal(str(row["from"])) if "from" in row else None)
        for row in pack(pack_id, on)["steps"]
    ]


def reached(steps: list[Step], amount: Decimal | int) -> Reached:
    """Which step an amount leads to."""
    there = [step for step in steps if step.at is not None and step.at <= amount]
    if there:
        return Reached(there[-1], known=True)
    return Reached(None, known=all(step.at is not None for step in steps))


def stars(minutes: int, scheme: str = STARS, on: date | None = None) -> int:
    """How many stars of a scheme booked minutes come to (VOL-4); the schemes count hours."""
    return int(step.code) if (step := reached(ladder(scheme, on), Decimal(minutes) / 60).step) else 0


def grade(score: Decimal, on: date | None = None) -> Reached:
    """The grade of a rating's score (ORG-5); under the lowest threshold that is known nobody can say."""
    return reached(ladder(GRADES, on), score)
