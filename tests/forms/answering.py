"""Answers made from the definition of a form, as someone could give them."""

from datetime import date
from random import Random
from typing import Any

from xiezuo.forms.definitions import FieldDef, FormDefinition
from xiezuo.forms.filling import Typed, fits, is_must
from xiezuo.forms.filling.values import codes_of
from xiezuo.forms.vocab import FieldType, Unanswered

T = FieldType
DAY = date(2026, 3, 2)
FILE = "3f0e8a52-0000-4000-8000-000000000001"
LETTERS = "协作者鑫甲乙丙abc，。12"


class Someone:
    """Fills in forms at random, and fills in everything that has to be: the same seed answers the same."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)

    def words(self) -> str:
        return "".join(self.dice.choice(LETTERS) for _ in range(self.dice.randint(1, 9)))

    def answers(self, form: FormDefinition, leave: frozenset[str] = frozenset()) -> dict[str, Any]:
        fields = tuple(one for s in form.sections if s.block not in leave for one in s.fields if one.is_asked)
        return self._answers(fields, form)

    def _answers(self, fields: tuple[FieldDef, ...], form: FormDefinition | None = None) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for one in sorted(fields, key=lambda one: one.when is not None):
            if not one.is_asked or not fits(one, fields, self._typed(fields, found)):
                continue
            if is_must(one) or self.dice.random() < 0.6:
                found[one.key] = self._answer(one)
        found = {one.key: found[one.key] for one in fields if one.key in found}
        if {"from_on", "to_on"} <= found.keys():
            found["from_on"], found["to_on"] = sorted([found["from_on"], found["to_on"]])
        return found

    @staticmethod
    def _typed(fields: tuple[FieldDef, ...], found: dict[str, Any]) -> Typed:
        typed: Typed = {}
        for key, answer in found.items():
            values = answer if isinstance(answer, list) else [answer]
            typed[key] = ["yes" if v is True else "no" if v is False else str(v) for v in values]
        return typed

    def _answer(self, one: FieldDef) -> Any:
        if one.unknown_allowed and self.dice.random() < 0.2:
            return {"unanswered": self.dice.choice(Unanswered.values)}
        if one.type == T.ROWS:
            rows = [self._answers(one.rows) for _ in range(self._many(one))]
            return [row or {one.rows[0].key: self._one(one.rows[0])} for row in rows]
        if one.type in {T.CHOICES, T.REFERENCES}:
            return list(dict.fromkeys(self._one(one, n) for n in range(self._many(one))))
        return self._one(one)

    def _many(self, one: FieldDef) -> int:
        return max(int(one.least or 1), self.dice.randint(1, 2))

    def _one(self, one: FieldDef, turn: int = 0) -> Any:
        dice = self.dice
        day = date(2026, dice.randint(1, 2), dice.randint(1, 28)).isoformat()
        clock = f"{dice.randint(0, 23):02}:{dice.randint(0, 59):02}"
        codes = [*codes_of(one.code_list, DAY)]
        least, most = int(one.least or 0), int(one.most if one.most is not None else 300)
        made = {
            T.TEXT: self.words,
            T.LONG: lambda: f"{self.words()}\n{self.words()}",
            T.INTEGER: lambda: dice.randint(least, most),
            T.DECIMAL: lambda: str(dice.randint(least, most)),
            T.YUAN: lambda: f"{dice.randint(max(least, 0), 9999)}.{dice.randint(0, 99):02}",
            T.DATE: lambda: day,
            T.TIME: lambda: clock,
            T.DATETIME: lambda: f"{day}T{clock}",
            T.YES_NO: lambda: dice.random() < 0.5,
            T.RATING: lambda: dice.randint(0, 5),
            T.CHOICE: lambda: dice.choice(codes),
            T.CHOICES: lambda: codes[(turn + dice.randint(0, 1)) % len(codes)],
            T.REFERENCE: self.words,
            T.REFERENCES: lambda: f"{self.words()}{turn}",
            T.SIGNATURE: lambda: {"verbal": True, "witness": self.words()},
            T.FILE: lambda: [FILE],
        }
        return made[one.type]()
