"""The files of `xiezuo people`: lists of people, who is who, groups, pairs to look at."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from xiezuo.config.cli import Stop
from xiezuo.config.cli.words import _
from xiezuo.people.matching.batch import Proposal, Record, record_of
from xiezuo.people.matching.batch.groups import Groups
from xiezuo.people.matching.reasons import listed, reason_words

MUST = ("record_id", "name")
MAY = ("sex", "birth_date", "id_number", "phone", "address", "guardian_name", "school_or_work")
ENCODINGS = ("utf-8-sig", "gb18030")


def read_records(path: Path) -> list[Record]:
    """Raises Stop with a sentence for a file that is no such list."""
    records = []
    seen = set()
    for number, row in enumerate(_rows(path, MUST), start=2):
        ref = row["record_id"].strip()
        if not ref or ref in seen:
            words = _("Line %(line)s of %(file)s has no record_id of its own (%(id)s). Nothing was written.")
            raise Stop(words % {"line": number, "file": path.name, "id": ref or "-"})
        seen.add(ref)
        records.append(record_of(ref, name=row["name"], **{column: row.get(column) or "" for column in MAY}))
    return records


def read_who(path: Path) -> dict[str, str]:
    """record_id → person. Raises Stop like read_records."""
    return {row["record_id"].strip(): row["entity_id"].strip() for row in _rows(path, ("record_id", "entity_id"))}


def _rows(path: Path, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(_text(path), newline=""), restval="", strict=True)
    try:
        head = [heading.strip() for heading in reader.fieldnames or ()]
        missing = [column for column in columns if column not in head]
        if not head:
            raise Stop(_("%(file)s is empty. Nothing was written.") % {"file": path.name})
        if missing:
            words = _("%(file)s has no column %(columns)s; its columns are: %(head)s. Nothing was written.")
            raise Stop(words % {"file": path.name, "columns": ", ".join(missing), "head": ", ".join(head)})
        reader.fieldnames = head
        found = False
        for row in reader:
            found = True
            yield row
    except csv.Error as problem:
        words = _("%(file)s cannot be read as a list, line %(line)s (%(why)s). Nothing was written.")
        raise Stop(words % {"file": path.name, "line": reader.line_num, "why": problem}) from problem
    if not found:
        raise Stop(_("%(file)s has headings and no lines. Nothing was written.") % {"file": path.name})


def _text(path: Path) -> str:
    content = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Stop(_("%(file)s is no text file (CSV in UTF-8 or GB 18030). Nothing was written.") % {"file": path.name})


def write_groups(path: Path, groups: Groups) -> None:
    """Each record with its group, in the order of the list; a group is called by its first record."""
    of = {at: min(members) for members in groups.members.values() for at in members}
    rows = ((record.ref, groups.records[of[at]].ref) for at, record in enumerate(groups.records))
    _write(path, ("record_id", "cluster_id"), rows)


def write_review(path: Path, pairs: Iterable[Proposal], called: str) -> None:
    """`called`: record_id or person_id."""
    rows = ((pair.one, pair.other, pair.weight, *map(listed, reason_words(pair.evidence))) for pair in pairs)
    _write(path, (f"{called}_1", f"{called}_2", "weight", "reasons_for", "reasons_against"), rows)


def _write(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(rows)
