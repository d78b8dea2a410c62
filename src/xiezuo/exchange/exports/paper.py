"""What a list says of itself: who took it out, when, why, for whom, how long, and who is not in it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiezuo.common.days import local
from xiezuo.exchange.exports.columns import Column
from xiezuo.exchange.exports.purposes import Purpose
from xiezuo.exchange.exports.rows import Table, left_out_words
from xiezuo.exchange.exports.writing import Paper, foot_of
from xiezuo.exchange.models import Export
from xiezuo.orgs.queries import house_full_name


def paper_of(export: Export, purpose: Purpose, columns: Sequence[Column], table: Table) -> Paper:
    moment = local(export.written_at or export.asked_at)
    until = export.delete_after.isoformat() if export.delete_after else ""
    about = [
        (_("From"), house_full_name()),
        (_("Serial number"), export.serial),
        (_("Written by"), export.asked_by.name),
        (_("Written on"), moment.strftime("%Y-%m-%d %H:%M")),
        (_("Purpose"), purpose.label),
        (_("Reason"), export.reason),
        (_("Who gets it"), export.recipient or _("our own colleagues")),
        (_("Approved by"), export.decided_by.name if export.decided_by else _("no second person was needed")),
        (_("Rows"), str(len(table.rows))),
        (_("Delete after"), until),
        *[(_("Not in the list"), left_out_sentence(n, why)) for n, why in left_out_words(dict(table.left_out))],
    ]
    if table.closed:
        about.append((_("Closed"), closed_sentence(table.closed)))
    foot = foot_of(
        [
            export.serial,
            export.asked_by.name,
            moment.strftime("%Y-%m-%d"),
            purpose.label,
            export.recipient,
            _("%(n)s rows") % {"n": len(table.rows)},
            _("delete after %(day)s") % {"day": until},
            export.reason,
        ]
    )
    return Paper(
        [str(column.label) for column in columns], [column.width for column in columns], table.rows, about, foot
    )


def left_out_sentence(n: int, why: str) -> str:
    return ngettext("%(n)s person: %(why)s", "%(n)s people: %(why)s", n) % {"n": n, "why": why}


def closed_sentence(n: int) -> str:
    words = ngettext(
        "%(n)s cell is marked “closed”: that part is not open to whoever wrote the file.",
        "%(n)s cells are marked “closed”: that part is not open to whoever wrote the file.",
        n,
    )
    return words % {"n": n}
