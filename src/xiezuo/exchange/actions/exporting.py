"""A list leaves the house: asked for with its reason, looked at by a second person, written, fetched, and gone again."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.common.days import local
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.exchange.access import household_to_bind, must_decide_export, must_export
from xiezuo.exchange.exports.columns import Column, columns_chosen
from xiezuo.exchange.exports.paper import paper_of
from xiezuo.exchange.exports.purposes import LAW, Purpose, purposes, rules, subject_of
from xiezuo.exchange.exports.rows import Chosen, Table, table_of
from xiezuo.exchange.exports.writing import archive, locked, new_file_key, new_password, packed, sealed, unsealed
from xiezuo.exchange.models import Export, ExportedPerson, SharingAgreement
from xiezuo.exchange.papers.whole_file import whole_file
from xiezuo.exchange.vocab import ExportKind, ExportState
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site
from xiezuo.orgs.queries import works_alone
from xiezuo.people.actions import note_reads
from xiezuo.people.impact import must_be_assessed


@dataclass(frozen=True)
class Wanted:
    """What someone wants to take out: a list of what, for which purpose and why, in which columns, for whom."""

    kind: ExportKind
    purpose: str
    reason: str
    columns: list[str]
    chosen: Chosen = field(default_factory=Chosen)
    recipient: str = ""
    agreement: SharingAgreement | None = None
    site: Site | None = None


def ask_export(*, by: Actor, wanted: Wanted, at: datetime, key: uuid.UUID | None = None) -> Export:
    """Ask for a list. Where nobody else has to look it may be written at once. The same key again gives the same export."""
    key = key or uuid.uuid4()
    known = Export.objects.filter(key=key, asked_by=by.user).first()
    if known is not None:
        return known
    try:
        return _ask(by, wanted, at, key)
    except IntegrityError:
        # The same form came twice at the same moment, and the other one was first.
        return Export.objects.get(key=key, asked_by=by.user)


@transaction.atomic
def _ask(by: Actor, wanted: Wanted, at: datetime, key: uuid.UUID) -> Export:
    must_export(by, wanted.kind)
    if wanted.chosen.household:
        household_to_bind(by, wanted.chosen.household)
    purpose, columns = _must_fit(wanted, at)
    table = _must_be_some(by, wanted.kind, purpose, columns, wanted.chosen, at)
    second = _second_for(purpose, columns, table)
    export = Export.objects.create(
        key=key,
        kind=wanted.kind,
        state=ExportState.ASKED if second else ExportState.APPROVED,
        purpose=purpose.code,
        reason=tidy(wanted.reason),
        recipient=tidy(wanted.recipient) or (wanted.agreement.with_whom if wanted.agreement else ""),
        agreement=wanted.agreement,
        columns=[column.code for column in columns],
        chosen=wanted.chosen.as_facts(),
        site=wanted.site,
        second_for=second,
        rows=len(table.rows),
        minors=table.minors,
        left_out=dict(table.left_out),
        closed=table.closed,
        asked_by=by.user,
        asked_at=at,
    )
    ExportedPerson.objects.bulk_create([ExportedPerson(export=export, person=person) for person in table.people])
    happened("exchange.export.asked", export, by_id=by.id, purpose=purpose.code, rows=export.rows, minors=export.minors)
    return export


def _must_fit(wanted: Wanted, at: datetime) -> tuple[Purpose, list[Column]]:
    """Raises RuleBroken for a list that does not say what it needs to say, or that is not enabled."""
    purpose = purposes().get(wanted.purpose)
    if purpose is None or wanted.kind not in purpose.lists:
        words = gettext_lazy("Choose a purpose for which this list may leave.")
        raise RuleBroken("exchange.export_needs_a_purpose", words, field="purpose")
    if not tidy(wanted.reason):
        words = gettext_lazy("Write why this list has to leave, in a sentence.")
        raise RuleBroken("exchange.export_needs_a_reason", words, field="reason")
    columns = columns_chosen(wanted.kind, purpose, wanted.columns)
    if not columns:
        words = gettext_lazy("Choose at least one column that this purpose may have.")
        raise RuleBroken("exchange.export_needs_columns", words, field="columns")
    if any(column.sensitive for column in columns):
        must_be_assessed(subject_of(purpose), local(at).date())
    if purpose.agreement:
        _must_be_agreed(wanted.agreement, columns, at)
    return purpose, columns


def _must_be_agreed(agreement: SharingAgreement | None, columns: Iterable[Column], at: datetime) -> None:
    """Raises RuleBroken unless an agreement with whoever gets it holds on the day and covers the columns (CON-7)."""
    day = local(at).date()
    if agreement is None or not is_live(agreement, at):
        words = gettext_lazy("Nothing is passed on without a signed agreement that holds today. Write it down first.")
        raise RuleBroken("exchange.no_agreement", words, field="agreement", on=day.isoformat(), rule="CON-7")
    missing = [str(c.label) for c in columns if c.part != "facts" and c.part not in agreement.sections]
    if missing:
        words = gettext_lazy("The agreement with %(whom)s does not cover: %(columns)s.")
        said = {"whom": agreement, "columns": _(", ").join(missing)}
        raise RuleBroken("exchange.not_agreed", words % said, field="columns", rule="CON-7")


def is_live(agreement: SharingAgreement, at: datetime) -> bool:
    """Signed, and within its first and last day."""
    day = local(at).date()
    last = min(agreement.to_on, agreement.ended_on or agreement.to_on)
    return agreement.signed_on is not None and agreement.signed_on <= day and agreement.from_on <= day <= last


def _must_be_some(
    by: Actor,
    kind: ExportKind,
    purpose: Purpose,
    columns: list[Column],
    chosen: Chosen,
    at: datetime,
    within: set[int] | None = None,
) -> Table:
    """The list as it is now. Raises RuleBroken for an empty one, for one that is too long, and for one so short that it
    shows who they are though no name is in it."""
    most = rules()["limits"]["most_rows"]
    table = table_of(
        by,
        kind=kind,
        purpose=purpose,
        columns=columns,
        chosen=chosen,
        on=local(at).date(),
        most=most,
        within=within,
    )
    if not table.rows:
        words = gettext_lazy("Nobody is left in this list: %(n)s people were left out because their yes is missing.")
        raise RuleBroken("exchange.export_is_empty", words % {"n": sum(table.left_out.values())})
    if len(table.rows) > most:
        words = gettext_lazy("This list has more than %(n)s rows. Choose fewer.")
        raise RuleBroken("exchange.export_too_long", words % {"n": most})
    least = rules()["limits"]["least_people_without_names"]
    if not purpose.names and 0 < len(table.people) < least:
        words = gettext_lazy("Of fewer than %(n)s people everyone can be recognised, also without a name. Choose more.")
        raise RuleBroken("exchange.export_shows_who", words % {"n": least}, rule="SUP-1")
    return table


def _second_for(purpose: Purpose, columns: Iterable[Column], table: Table) -> list[str]:
    """Why a second person has to look; in a house of one only what the law itself asks for."""
    told = {
        "minors": table.minors > 0,
        "sensitive": any(column.sensitive for column in columns),
        "purpose": purpose.second_person,
    }
    alone, why = works_alone(), rules()["second_person"]
    return [code for code, holds in told.items() if holds and (not alone or why[code] == LAW)]


@transaction.atomic
def decide_export(*, by: Actor, export: Export, approved: bool, words: str, at: datetime) -> Export:
    """Say yes to a list, or no with a reason. Nobody answers themselves."""
    must_decide_export(by, export)
    export = Export.objects.select_for_update().get(pk=export.pk)
    if export.state != ExportState.ASKED:
        raise RuleBroken("exchange.export_decided", gettext_lazy("A colleague has answered this already."))
    if not approved and not tidy(words):
        raise RuleBroken("exchange.export_refusal_needs_a_reason", gettext_lazy("Write why not."), field="words")
    export.state = ExportState.APPROVED if approved else ExportState.REFUSED
    export.decided_by, export.decided_at, export.words = by.user, at, tidy(words)
    export.save()
    happened(f"exchange.export.{'approved' if approved else 'refused'}", export, by_id=by.id, rows=export.rows)
    return export


@transaction.atomic
def write_export(*, by: Actor, export: Export, at: datetime) -> str:
    """Write the file, and give the password that opens it: it is told this once and stands nowhere. Where the file is
    written already the rows stay as they are, and a new password takes the place of the old one."""
    export = Export.objects.select_for_update().get(pk=export.pk)
    _must_be_theirs(by, export)
    if export.state == ExportState.APPROVED:
        _write_rows(by, export, at)
    elif export.state != ExportState.WRITTEN or not _can_be_fetched(export, at):
        raise RuleBroken("exchange.export_not_open", gettext_lazy("This list may not be written, or it is over."))
    password = new_password()
    plain = unsealed(_read(export, "file"), str(export.file_key), export.serial)
    _put(export, "locked", locked(plain, password))
    export.save()
    return password


def _write_rows(by: Actor, export: Export, at: datetime) -> None:
    """The rows as they are open now, and of nobody who was not in the list that was asked for."""
    must_export(by, ExportKind(export.kind))
    wanted = Wanted(
        kind=ExportKind(export.kind),
        purpose=export.purpose,
        reason=export.reason,
        columns=list(export.columns),
        agreement=export.agreement,
    )
    purpose, columns = _must_fit(wanted, at)
    asked_for = set(export.people.values_list("person_id", flat=True))
    table = _must_be_some(by, wanted.kind, purpose, columns, Chosen.of_facts(export.chosen), at, within=asked_for)
    new = set(_second_for(purpose, columns, table)) - set(export.second_for)
    if new:
        words = gettext_lazy(
            "Meanwhile someone under 18 is in this list, so that a second person has to look. Ask anew."
        )
        raise RuleBroken("exchange.export_needs_a_second_person", words)
    export.people.exclude(person__in=[person.pk for person in table.people]).delete()
    export.state, export.written_at, export.file_key = ExportState.WRITTEN, at, new_file_key()
    export.rows, export.minors, export.closed = len(table.rows), table.minors, table.closed
    export.left_out = dict(table.left_out)
    export.fetch_until = at + timedelta(days=purpose.fetch_days)
    export.delete_after = local(at).date() + timedelta(days=purpose.keep_days)
    _put(export, "file", _content(by, export, purpose, columns, table))
    note_reads(by=by, people=table.people, what="export")
    happened("exchange.export.written", export, by_id=by.id, rows=export.rows, minors=export.minors)


def _content(by: Actor, export: Export, purpose: Purpose, columns: list[Column], table: Table) -> bytes:
    """The archive without its password: the list, or the whole file as PDF."""
    paper = paper_of(export, purpose, columns, table)
    if export.kind != ExportKind.FILE:
        return packed(paper)
    household = Chosen.of_facts(export.chosen).household
    return archive({f"{export.serial}.pdf": whole_file(by, table.people, columns, household, paper)})


def _must_be_theirs(by: Actor, export: Export) -> None:
    if export.asked_by_id != by.id or by.watched:
        raise NotAllowed(gettext_lazy("Only the colleague who asked for this list writes and fetches it."))


def _can_be_fetched(export: Export, at: datetime) -> bool:
    return export.fetch_until is not None and at < export.fetch_until


def _put(export: Export, name: str, content: bytes) -> None:
    """Keep a file sealed. The one it takes the place of is removed once this is sure."""
    field_file = getattr(export, name)
    if field_file:
        before, storage = field_file.name, field_file.storage
        transaction.on_commit(lambda: storage.delete(before))
    content = sealed(content, str(export.file_key), export.serial)
    field_file.save(f"{uuid.uuid4().hex}.sealed", ContentFile(content), save=False)


def _read(export: Export, name: str) -> bytes:
    with getattr(export, name).open("rb") as file:
        return bytes(file.read())


@transaction.atomic
def fetch_export(*, by: Actor, export: Export, at: datetime) -> bytes:
    """The archive, as long as it may be fetched; that it was is written down."""
    export = Export.objects.select_for_update().get(pk=export.pk)
    _must_be_theirs(by, export)
    must_export(by, ExportKind(export.kind))
    if export.state != ExportState.WRITTEN or not export.locked or not _can_be_fetched(export, at):
        words = gettext_lazy("This file cannot be fetched any more. Ask for the list anew if you still need it.")
        raise RuleBroken("exchange.export_is_over", words)
    content = unsealed(_read(export, "locked"), str(export.file_key), export.serial)
    export.fetched, export.fetched_at = export.fetched + 1, at
    export.save(update_fields=["fetched", "fetched_at"])
    happened("exchange.export.fetched", export, by_id=by.id, times=export.fetched)
    return content


@transaction.atomic
def expire_exports(*, at: datetime) -> int:
    """Remove the files that may not be fetched any more, and their keys; how many lists that are."""
    over = Export.objects.select_for_update().filter(state=ExportState.WRITTEN, fetch_until__lte=at)
    return sum(_expire(export, None) for export in over)


@transaction.atomic
def remove_export(*, by: Actor, export: Export) -> Export:
    """Remove the file before its time: whoever asked, or whoever decides."""
    export = Export.objects.select_for_update().get(pk=export.pk)
    if export.asked_by_id != by.id:
        must_decide_export(by, export)
    if export.state in {ExportState.REFUSED, ExportState.EXPIRED}:
        raise RuleBroken("exchange.export_is_over", gettext_lazy("This list is over already."))
    _expire(export, by.id)
    return export


def expire_lists_with(people: Collection[int]) -> int:
    """Remove the files in which one of these people (ids) stands and which could still be fetched; how many they are."""
    files = Export.objects.filter(state=ExportState.WRITTEN, people__person__in=people).distinct()
    return sum(_expire(export, None) for export in files)


def _expire(export: Export, by_id: int | None) -> int:
    for name in ("file", "locked"):
        file = getattr(export, name)
        if file:
            path, storage = file.name, file.storage
            transaction.on_commit(lambda path=path, storage=storage: storage.delete(path))  # type: ignore[misc]
        setattr(export, name, "")
    export.state, export.file_key = ExportState.EXPIRED, ""
    export.save()
    happened("exchange.export.expired", export, by_id=by_id, fetched=export.fetched)
    return 1
