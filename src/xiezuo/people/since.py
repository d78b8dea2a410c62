"""What stands in the way of taking a merge back, and what was written since on the kept person."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.people.following import Said, walled, way_of, ways
from xiezuo.people.models import Merge, MergedRow

AT_ONCE = 500  # ids in one statement


def standing_after(merge: Merge) -> Q:
    return Q(pk__gt=merge.pk, undone_at__isnull=True)


def blocked_by(merge: Merge) -> Merge | None:
    """The latest standing merge that builds on this one: of the same person, or of rows that this one touched too."""
    later = Merge.objects.filter(standing_after(merge)).select_related("other", "kept")
    same = Q(kept=merge.kept_id) | Q(other=merge.kept_id)
    return later.filter(same | Q(pk__in=_touching_the_same(merge))).order_by("-pk").first()


def _touching_the_same(merge: Merge) -> set[int]:
    tables: dict[str, list[int]] = defaultdict(list)
    for table, pk in merge.rows.values_list("table", "row_id"):
        tables[table].append(pk)
    found: set[int] = set()
    for table, ids in tables.items():
        for start in range(0, len(ids), AT_ONCE):
            same = MergedRow.objects.filter(table=table, row_id__in=ids[start : start + AT_ONCE], merge__gt=merge.pk)
            found |= set(same.values_list("merge_id", flat=True))
    return found


@dataclass(frozen=True)
class Written:
    """A row written on the kept person since the merge, by table, column and id."""

    table: str
    column: str
    pk: int

    @property
    def label(self) -> str:
        return str(way_of(self.table, self.column).label)

    @property
    def value(self) -> str:
        """As a form carries it."""
        return f"{self.table}|{self.column}|{self.pk}"


@opened(walled, why="which answers were written since a merge")
def written_since(merge: Merge) -> list[Written]:
    """Rows of which someone can say whether they belong to the other one, in the order of their tables."""
    found = []
    for way in ways():
        if way.words is None:
            continue
        end = merge.ends.get(way.counted_by._meta.label_lower, 0)
        rows = way.model._base_manager.filter(**{way.column: merge.kept_id, f"{way.place or 'pk'}__gt": end})
        found += [Written(way.table, way.column, pk) for pk in rows.order_by("pk").values_list("pk", flat=True)]
    return found


def said_of(actor: Actor, rows: list[Written]) -> list[tuple[Written, Said]]:
    """Those of `rows` that the actor may see, in words."""
    told: list[tuple[Written, Said]] = []
    for table, column in dict.fromkeys((row.table, row.column) for row in rows):
        words = way_of(table, column).words
        here = [row for row in rows if (row.table, row.column) == (table, column)]
        said = words(actor, [row.pk for row in here]) if words else {}
        told += [(row, said[row.pk]) for row in here if row.pk in said]
    return told
