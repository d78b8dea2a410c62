"""One step of an import: who takes in, on which day, and what the rows of the step say."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.common.days import today
from xiezuo.exchange.actions.decided import Answers, answered, answers_of
from xiezuo.exchange.models import ImportBatch, ImportedRow
from xiezuo.exchange.rows import vague_month_of, values_of
from xiezuo.exchange.words import site_core
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.models import Site
from xiezuo.orgs.queries import all_sites

Values = dict[str, Any]
LabelOf = tuple[int, str]  # sheet, household label


@dataclass
class Block:
    """What the other rows of one block of a register say about each of its people."""

    values: Values = field(default_factory=dict)
    guardians: list[Values] = field(default_factory=list)


@dataclass
class Step:
    by: Actor
    batch: ImportBatch
    on: date
    parts: list[ImportedRow] = field(default_factory=list)  # rows that were taken in with those of the step
    places: dict[int, Site | None] = field(default_factory=dict)  # rows that belong where another row says

    @classmethod
    def of(cls, batch: ImportBatch) -> "Step":
        return cls(actor_for(batch.uploaded_by), batch, today())

    def also(self, rows: Iterable[ImportedRow]) -> None:
        """These rows were taken in with those they hang on; they are saved with the step."""
        self.parts += rows

    def values(self, row: ImportedRow) -> Values:
        """What a row says, in the light of what was decided about its problems. Everything that takes rows in asks
        here."""
        answers = self._decided.get(row.sheet_id)
        return (answered(row, answers) or {}) if answers else values_of(row)

    @cached_property
    def _decided(self) -> dict[int, Answers]:
        decided = answers_of(self.batch)
        sheets = self.batch.sheets.values_list("pk", "position") if decided else ()
        return {pk: decided[position] for pk, position in sheets if position in decided}

    @property
    def basis(self) -> str:
        """Where an imported person comes from, in words for their record."""
        return _("imported from “%(file)s”") % {"file": self.batch.file_name[:120]}

    @cached_property
    def _sites(self) -> dict[int, Site]:
        return {site.pk: site for site in all_sites()}

    @cached_property
    def _years(self) -> dict[int, int | None]:
        sheets = self.batch.sheets.values_list("pk", "understanding__year")
        return dict(sheets)

    def site_of(self, values: Values) -> Site | None:
        """Where a row belongs: what its centre was said to mean, else the site chosen for the rest."""
        centre = site_core(str(values.get("centre", "")))
        chosen: dict[str, int | None] = self.batch.summary.get("centres", {})
        pk = chosen.get(centre) if centre else self.batch.site_id
        return self._sites.get(pk) if pk else None

    def place_of(self, row: ImportedRow, values: Values) -> Site | None:
        return self.places[row.pk] if row.pk in self.places else self.site_of(values)

    def around(self, row: ImportedRow) -> Values:
        """Year and month as far as the sheet and an unclear date of the row tell them."""
        dated = {"year": self._years.get(row.sheet_id), "month": vague_month_of(row)}
        return {name: value for name, value in dated.items() if value}

    def blocks(self, rows: Iterable[ImportedRow]) -> dict[LabelOf, Block]:
        """The blocks of a register around these rows."""
        labels = {row.household_label for row in rows if row.household_label}
        if not labels:
            return {}
        sheets = {row.sheet_id for row in rows}
        kin = ImportedRow.objects.filter(
            sheet__in=sheets, household_label__in=labels, record_type__in=["household", "person"]
        )
        found: dict[LabelOf, Block] = {}
        for row in kin.order_by("id"):
            block = found.setdefault((row.sheet_id, row.household_label), Block())
            values = self.values(row)
            if row.record_type == "household":
                block.values = values
            elif values.get("_role") == "guardian":
                block.guardians.append(values)
        return found
