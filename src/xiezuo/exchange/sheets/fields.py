"""Which column is which field, given the kind of sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from .by_cells import place_by_cells
from .columns import Columns
from .grid import Grid
from .layout.headings import EXACT, Path, named_heading, path_concepts
from .layout.measures import measure_field, measure_group, people_of_hours, same_people_apart
from .layout.numbered import CHILD, marked_children, numbered_children
from .layout.profile import profile, share
from .layout.roles import role_field
from .layout.tables import Table
from .text import squash, tidy
from .vocabulary import table as data
from .vocabulary import words

FITS = 0.6
CONTRADICTED = 0.5
GUARDIANS = ("father", "mother", "carer", "guardian", "guardian2")
ADDRESS_PART = "address_part"
OF_A_CLIENT = ("guardian", "relation")  # what a list of clients keeps of a guardian
FAMILIES = ("client_register", "client_list")
OF_A_PERSON = ("sex", "age", "birth_date", "id_number")  # what only a register asks of a guardian
OF_A_PARENT = ("sex", "age", "birth_date")
PEOPLE = ("client_register", "client_list", "volunteer_list")  # kinds in which a guardian's columns are nobody else's
TEXTS = ("narrative", "plan", "problem", "assessment")  # nobody writes a plan as 是 and 否
NAMES = ("person_name", "volunteer_name", "recipient")  # nobody is called 12
OF_A_GUARDIAN = ("phone", "id_number", "relation")
SEVERAL = 2
SECOND = 0.95  # of a concept that fills a field only where the first one is not there
VOLUNTEERS = "vol_"
RELATIONS = 0.7
TICKED = 0.85
FIGURES = 0.5
COUNTING = 0.8
DAYS = 0.8  # under 活动日 stand days, no names of activities
# Cells that must look like something for a heading to be believed: concept → kind of cell, least share.
EXPECTED = {
    "date": ("date", 0.3),
    "birth": ("date", 0.2),
    "registered_on": ("date", 0.3),
    "recorded_on": ("date", 0.3),
    "sex": ("sex_or_code", 0.3),
    "seq": ("number", 0.5),
    "year": ("number", 0.5),
    "month": ("number", 0.0),
    "hours": ("number", 0.3),
    "time_span": ("clock", 0.3),
    "start_time": ("clock", 0.2),
    "end_time": ("clock", 0.2),
}


def correct(columns: Columns, table: Table, said: Mapping[int, str]) -> None:
    """Columns as people said: a field said for one column leaves any other; "" leaves the column out.

    ``tag`` stands for a column of ticks, whose heading is the tag; ``goods`` for one of quantities of what it names.
    """
    named = {col: _of_heading(table, col, name) for col, name in said.items() if col in table.cols}
    taken = set(named.values())
    kept = {col: name for col, name in columns.fields.items() if col not in named and name not in taken}
    columns.fields = kept | {col: name for col, name in named.items() if name}
    columns.rename({})


def _of_heading(table: Table, col: int, name: str) -> str:
    """``tag`` and ``goods`` stand for what the heading says."""
    heading = named_heading(table.header.paths.get(col, ("",)))
    if name == "goods":
        return f"goods_{tidy(heading)}"
    return f"tag_{tag_name(heading)}" if name == "tag" else name


def profiles_of(grid: Grid, table: Table) -> dict[int, Counter[str]]:
    """What the cells of each column look like."""
    rows = table.data
    return {col: profile(grid, col, rows) for col in table.cols}


def map_columns(kind: str, table: Table, profiles: dict[int, Counter[str]]) -> Columns:
    """The best assignment of columns to the fields of a kind: each field once, best fits first."""
    wanted: dict[str, str] = data("kinds")[kind]["fields"]
    columns = Columns(profiles=profiles)
    measured = _measures(table, profiles) if "measure" in str(data("kinds")[kind]["needs"]) else {}
    if "guardian" in wanted:
        _place_guardians(columns, table, wanted)
    if "tags" in wanted:
        _place_tags(columns, table, wanted)
    paths = _with_children(columns, kind, table)
    candidates: list[tuple[float, int, str, str]] = []
    for col, path in paths.items():
        if col in measured or col in columns.fields or _is_of_somebody_else(kind, path):
            continue
        if measured and len(path) > 1 and measure_group(path) and _holds_figures(profiles[col]):
            continue
        scores = path_concepts(path)
        for weight, name, concept in _ways(kind):
            score = scores.get(concept, 0.0) * _belief(concept, profiles[col]) * weight
            if score >= FITS:
                candidates.append((score, -col, name, concept))
    for score, minus_col, name, concept in sorted(candidates, reverse=True):
        if columns.place(-minus_col, name):
            columns.concepts[concept] = max(score, columns.concepts.get(concept, 0.0))
    for col, name in measured.items():
        first = columns.col(name)
        if first and same_people_apart(table.header.paths[first], table.header.paths[col]):
            columns.add(col, name)
        elif columns.place(col, name) and (name != "vol_total_h" or measure_group(table.header.paths[col])):
            columns.concepts["measure"] = 1.0
    place_by_cells(columns, table, wanted)
    if kind in PEOPLE and "address" in wanted:
        _add_address_parts(columns, table)
    if "father" in wanted:
        _give_to_guardians(columns, table)
    if "signature" in wanted:
        _add_signatures(columns, table)
    if "guardian" in wanted and "father" not in wanted and columns.col("phone") is None:
        _guardian_phone(columns, table)
    if measured:
        columns.unknown_parts = _unknown_parts(columns, table)
    if measured or "household_no" in wanted:
        _number_rows(columns)
    return columns


def _add_signatures(columns: Columns, table: Table) -> None:
    """Beside each thing that was given may stand who signed for it."""
    for col, path in table.header.paths.items():
        if col not in columns.fields and path_concepts(path[-1:]).get("signature", 0.0) >= EXACT:
            columns.add(col, "signature")


def _holds_figures(counts: Counter[str]) -> bool:
    return counts["n"] > 0 and share(counts, "number") >= FIGURES


def _ways(kind: str) -> list[tuple[float, str, str]]:
    """Every concept that may fill a field, with its weight."""
    spec = data("kinds")[kind]
    first = [(1.0, name, concept) for name, concept in spec["fields"].items()]
    return first + [(SECOND, name, concept) for name, concept in spec.get("otherwise", {}).items()]


def _is_of_somebody_else(kind: str, path: Path) -> bool:
    """父亲姓名 and 监护人电话 are not the name and telephone of the person of the row."""
    role = role_field(path)
    return role == "guardian_phone" or (
        kind in PEOPLE and role is not None and path_concepts(path[-1:]).get("guardian", 0.0) < EXACT
    )


def _with_children(columns: Columns, kind: str, table: Table) -> dict[int, Path]:
    """The headings, those of the first child without its number; further children get their columns here."""
    paths = dict(table.header.paths)
    if kind not in FAMILIES:
        return paths
    wanted: dict[str, str] = data("kinds")[kind]["fields"]
    children = numbered_children(paths) if kind == "client_register" else {}
    marked = {col: path for col, path in marked_children(paths).items() if col not in columns.fields}
    paths |= marked
    for col in _between_guardian_and_child(columns, paths, marked):
        attribute = next(
            (name for name in OF_A_PARENT if path_concepts(paths[col]).get(wanted[name], 0.0) >= EXACT), ""
        )
        if attribute:
            del paths[col]
        if attribute and kind == "client_register" and columns.place(col, f"guardian_{attribute}"):
            columns.concepts["guardian_apart"] = 1.0
    for col, (number, path) in children.items():
        paths[col] = path
        fits = path_concepts(path)
        name = max(wanted, key=lambda field: fits.get(wanted[field], 0.0))
        if number > 1:
            del paths[col]
            if fits.get(wanted[name], 0.0) >= FITS and columns.place(col, f"{CHILD}{number}_{name}"):
                columns.concepts[f"{CHILD}{number}"] = 1.0
    return paths


def _between_guardian_and_child(columns: Columns, paths: dict[int, Path], marked: dict[int, Path]) -> list[int]:
    """家长姓名 | 性别 | 年龄 | 孩子姓名: what stands before the child is the guardian's."""
    guardian = columns.col("guardian")
    child = next((col for col, path in marked.items() if path_concepts(path).get("person_name", 0.0) >= EXACT), 0)
    return [col for col in sorted(paths) if guardian and guardian < col < child and col not in marked]


def _place_guardians(columns: Columns, table: Table, wanted: dict[str, str]) -> None:
    """Columns about parents: everything in one cell, or name, phone and number apart."""
    for col, path in table.header.paths.items():
        name = role_field(path)
        role = name.split("_")[0] if name else ""
        if not name or (not role.startswith("guardian") and role not in wanted):
            continue
        name = {"guardian_name": "guardian", "guardian2_name": "guardian2", "guardian_relation": "relation"}.get(
            name, name
        )
        if name in ("guardian", "guardian2") and _are_relations(columns.profiles[col]):
            name = f"{name}_relation" if name == "guardian2" else "relation"
        if "father" not in wanted and name not in OF_A_CLIENT:
            continue
        name = f"{role}2" if name == "guardian" and columns.col("guardian") else name
        if columns.place(col, name):
            columns.concepts[role] = 1.0
            if name.removeprefix("guardian_") in OF_A_PERSON:
                columns.concepts["guardian_apart"] = 1.0


def _are_relations(counts: Counter[str]) -> bool:
    """妈妈, 爷爷, 奶奶 down a column: what they are to the child, not what they are called."""
    return counts["n"] > 0 and share(counts, "relation") >= RELATIONS


def _give_to_guardians(columns: Columns, table: Table) -> None:
    """家长 | 关系 | 联系电话: a telephone or number right of a guardian is the guardian's, not the child's.

    Beside 父亲 and 母亲 only where each has a column of the kind; a single one is the family's.
    """
    role = ""
    for col, path in sorted(table.header.paths.items()):
        held = columns.fields.get(col, "")
        if held.removesuffix("_name") in GUARDIANS:
            role = held.removesuffix("_name")
            continue
        fits = path_concepts(path[-1:])
        attribute = next((name for name in OF_A_GUARDIAN if fits.get(name, 0.0) >= EXACT), None)
        if attribute and role and _belongs_to(columns, table, role, attribute, held):
            columns.rename({held: ""} if held else {})
            columns.place(col, f"{role}_{attribute}")
        elif held != "relation" and not held.startswith(f"{role}_"):
            role = ""


def _belongs_to(columns: Columns, table: Table, role: str, attribute: str, held: str) -> bool:
    if columns.col(f"{role}_{attribute}") or held not in ("", attribute):
        return False
    if attribute == "relation":
        return role == "guardian2" and held == ""
    paths = table.header.paths.values()
    return (
        role.startswith("guardian") or sum(path_concepts(p[-1:]).get(attribute, 0.0) >= EXACT for p in paths) >= SEVERAL
    )


def _guardian_phone(columns: Columns, table: Table) -> None:
    """A list of clients keeps one telephone: the guardian's, where there is no other."""
    for col, path in table.header.paths.items():
        if role_field(path) == "guardian_phone" and columns.place(col, "phone"):
            return


def _place_tags(columns: Columns, table: Table, wanted: dict[str, str]) -> None:
    """Columns of ticks: 类型 / 流动, or 低保 alone. The heading is the tag."""
    known = set(wanted.values())
    for col, path in table.header.paths.items():
        counts = columns.profiles[col]
        grouped = len(path) > 1 and path_concepts(path[:1]).get("tags", 0.0) >= FITS
        near = {c for c, score in path_concepts(path[-1:]).items() if score >= EXACT}
        ticked = counts["n"] > 0 and share(counts, "tick") >= (TICKED if counts["n"] >= 3 else 1.0)
        if (
            ticked
            and (grouped or not (near & known or _says_what_was_done(path)))
            and columns.place(col, f"tag_{tag_name(path[-1])}")
        ):
            columns.concepts["tags"] = 1.0


def _says_what_was_done(path: Path) -> bool:
    heading = squash("".join(path))
    return any(word in heading for word in words("not_tags"))


def tag_name(text: str) -> str:
    """流动儿童 → 流动."""
    bare = "".join(text.split())
    for beginning in data("words")["tag_beginnings"]:
        bare = bare.removeprefix(beginning) or bare
    for ending in data("words")["tag_endings"]:
        bare = bare.removesuffix(ending) or bare
    return bare


def _belief(concept: str, counts: Counter[str]) -> float:
    if concept in NAMES and counts["n"] and share(counts, "number") >= FIGURES:
        return CONTRADICTED
    if concept == "activity_name" and counts["n"] and share(counts, "date") >= DAYS:
        return CONTRADICTED
    if concept in TEXTS and counts["n"] and share(counts, "tick") >= TICKED:
        return CONTRADICTED
    if concept == "tags" and counts["n"] and share(counts, "family_role") >= TICKED:
        return CONTRADICTED
    expected, least = EXPECTED.get(concept, ("n", 0.0))
    return 1.0 if counts["n"] < 3 or share(counts, expected) >= least else CONTRADICTED


def _measures(table: Table, profiles: dict[int, Counter[str]]) -> dict[int, str]:
    """Columns of figures: a heading made of words for figures, above cells that are mostly figures."""
    found: dict[int, str] = {}
    helpers = {path[:-1] for path in table.header.paths.values() if (measure_field(path) or "").endswith("_h")}
    for col, path in table.header.paths.items():
        name = measure_field(path)
        if path[:-1] in helpers and not (name or "").startswith(VOLUNTEERS):
            name = people_of_hours(path) or name
        if name is None or _is_other(path, profiles[col]):
            continue
        if share(profiles[col], "number") >= FIGURES:
            found[col] = name
    return found


def _unknown_parts(columns: Columns, table: Table) -> set[str]:
    """Groups of figures (heads, att, vol) with a column not understood: their sums cannot be judged."""
    unknown = (
        measure_group(path)
        for col, path in table.header.paths.items()
        if col not in columns.fields
        and columns.profiles[col]["n"]
        and share(columns.profiles[col], "number") >= FIGURES
    )
    return {group for group in unknown if group}


def _number_rows(columns: Columns) -> None:
    """编号 over 1, 2, 3 … is a running number, not a code."""
    for code in ("activity_no", "client_no"):
        col = columns.col(code)
        if col and not columns.col("seq") and share(columns.profiles[col], "counting") >= COUNTING:
            columns.rename({code: "seq"})


def _is_other(path: Path, counts: Counter[str]) -> bool:
    """A heading that is exactly the name of a text field (服务对象) is no figure without figures."""
    return len(path) == 1 and counts["n"] == 0 and max(path_concepts(path).values(), default=0.0) >= EXACT


def _add_address_parts(columns: Columns, table: Table) -> None:
    """楼栋 | 单元 | 房号: several columns may be parts of one address, where none holds the whole."""
    if columns.col("address"):
        return
    for col, path in table.header.paths.items():
        if col not in columns.fields and path_concepts(path[-1:]).get(ADDRESS_PART, 0.0) >= EXACT:
            columns.add(col, ADDRESS_PART)
