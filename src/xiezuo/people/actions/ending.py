"""What people decide about the end of records: holds, proposals, two signatures, and carrying it out."""

from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.sweeping import nothing_left_behind
from xiezuo.common.text import tidy
from xiezuo.orgs.access import Actor
from xiezuo.orgs.queries import works_alone
from xiezuo.people.access import must_hold, must_keep_data, must_sign_endings
from xiezuo.people.actions.erasing import clean_up, erase_person
from xiezuo.people.ending import ends_by_class, held_on, in_proposals, people_over, rows_over
from xiezuo.people.models import Destruction, DestructionItem, LegalHold, Person
from xiezuo.people.retention import (
    BY_LAW,
    EVERYONE,
    LAW,
    PERSON,
    Over,
    RecordClass,
    classes,
    rows_of_class,
)
from xiezuo.people.vocab import DestroyWay, DestructionState, DestructionWhy, ItemOutcome


@transaction.atomic
def set_hold(*, by: Actor, person: Person, why: str, from_on: date, to_on: date | None = None) -> LegalHold:
    """From `from_on` nothing of the person is destroyed. Raises RuleBroken without a reason, or where a hold stands."""
    must_hold(by)
    if not tidy(why):
        raise RuleBroken("people.hold_needs_a_reason", _("Write why this has to be kept."), field="why")
    if to_on is not None and to_on < from_on:
        raise RuleBroken("people.hold_ends_first", _("A hold cannot end before it begins."), field="to_on")
    if person.legal_holds.filter(to_on__isnull=True).exists():
        raise RuleBroken(
            "people.held_already", _("A hold stands for this person already; end it first."), field="person"
        )
    if person.erased_on is not None:
        raise RuleBroken("people.erased_already", _("This person is erased; nothing is left to hold."), field="person")
    hold = LegalHold.objects.create(person=person, why=tidy(why), from_on=from_on, to_on=to_on, set_by=by.user)
    happened("people.hold.set", hold, by_id=by.id, person=person.pk)
    return hold


@transaction.atomic
def end_hold(*, by: Actor, hold: LegalHold, on: date) -> LegalHold:
    """The last day of the hold is `on`."""
    must_hold(by)
    hold.to_on, hold.ended_by = max(on, hold.from_on), by.user
    hold.save(update_fields=["to_on", "ended_by"])
    happened("people.hold.ended", hold, by_id=by.id, person=hold.person_id)
    return hold


def hash_of(lines: Iterable[tuple[str, int]]) -> str:
    """The hash (64 hex digits) that freezes a list: its tables and keys, in order."""
    return sha256("\n".join(f"{table}:{pk}" for table, pk in sorted(lines)).encode()).hexdigest()


def over_now(code: str, on: date, only: Iterable[int]) -> dict[int, Over]:
    """Of these keys the lines of the class that are over on that day, by key."""
    wanted = set(only)
    lines = people_over(on, wanted) if classes()[code].of == "people" else rows_over(code, on)
    return {line.pk: line for line in lines if line.code == code and line.pk in wanted}


@transaction.atomic
def propose_destruction(
    *, by: Actor, record_class: str, rows: Iterable[int], appraisal: str, way: DestroyWay, on: date
) -> Destruction:
    """Propose that these lines of a class, which have passed their period, end. The list is frozen by its hash.

    Raises RuleBroken for an empty list, one without an appraisal, a line that is not over or that a hold stops.
    """
    must_keep_data(by)
    wanted = sorted(set(rows))
    over = over_now(record_class, on, wanted)
    early = [pk for pk in wanted if pk not in over]
    if early:
        raise RuleBroken(
            "people.period_not_over",
            _("%(n)s of these have not passed their period. Nothing was proposed; open the list again.")
            % {"n": len(early)},
            rows=early,
        )
    if any(line.held for line in over.values()):
        raise RuleBroken("people.on_hold", _("A legal hold stops this. Nothing was proposed."))
    return _proposed(by, classes()[record_class], list(over.values()), appraisal, way, DestructionWhy.OVER)


@transaction.atomic
def propose_erasing(*, by: Actor, person: Person, appraisal: str, on: date) -> Destruction:
    """Propose to erase a person who asks for it (PIPL 47). What law or standard keeps longer is stored only: RuleBroken
    names the class and the day."""
    must_keep_data(by)
    if person.pk in held_on(on):
        raise RuleBroken("people.on_hold", _("A legal hold stops this. Nothing was proposed."))
    ends = ends_by_class([person.pk])[person.pk]
    for end in ends:
        of = classes()[end.code]
        if of.mark in BY_LAW and end.over_on > on:
            raise RuleBroken(
                "people.kept_by_law",
                _("%(what)s are kept until %(day)s by %(source)s. Until then they are stored only and not used.")
                % {"what": of.label, "day": end.over_on.isoformat(), "source": of.source_words},
                record_class=of.code,
                over_on=end.over_on.isoformat(),
            )
    line = next(end for end in ends if end.code == EVERYONE)
    return _proposed(by, classes()[EVERYONE], [line], appraisal, DestroyWay.ANONYMISE, DestructionWhy.ASKED)


def _proposed(
    by: Actor, of: RecordClass, lines: Sequence[Over], appraisal: str, way: DestroyWay, why: DestructionWhy
) -> Destruction:
    if not lines:
        raise RuleBroken("people.nothing_to_destroy", _("Choose at least one line."), field="rows")
    if not appraisal.strip():
        words = _("Write why none of this is needed any more. Write no names.")
        raise RuleBroken("people.appraisal_missing", words, field="appraisal")
    if in_proposals(lines):
        words = _("Something of this stands in another proposal that still waits. Decide that one first.")
        raise RuleBroken("people.proposed_already", words)
    destruction = Destruction.objects.create(
        record_class=of.code,
        counted_from=of.counted_from,
        years=of.years,
        months=of.months,
        source=of.source,
        mark=of.mark,
        why=why,
        way=way,
        appraisal=appraisal.strip(),
        list_hash=hash_of((line.table, line.pk) for line in lines),
        needs_two=of.mark == LAW or not works_alone(),
        proposed_by=by.user,
    )
    DestructionItem.objects.bulk_create(
        DestructionItem(
            destruction=destruction, table=line.table, row_id=line.pk, since=line.since, over_on=line.over_on
        )
        for line in sorted(lines, key=lambda line: (line.table, line.pk))
    )
    _tell("people.destruction.proposed", destruction, by.id, n=len(lines), why=why)
    return destruction


def _tell(code: str, destruction: Destruction, by_id: int | None, **facts: object) -> None:
    told = {"record_class": destruction.record_class, "list_hash": destruction.list_hash}
    happened(code, destruction, by_id=by_id, **told, **facts)


def _held_for_change(destruction: Destruction, *states: DestructionState) -> Destruction:
    found = Destruction.objects.select_for_update().get(pk=destruction.pk)
    if found.state not in states:
        words = _("Meanwhile someone has decided about this. Open the page again.")
        raise RuleBroken("people.destruction_moved_on", words)
    return found


@transaction.atomic
def approve_destruction(*, by: Actor, destruction: Destruction) -> Destruction:
    """A signature. Neither is the proposer's, and the two are of two people; where one or two run the house and no law
    demands it, one signature is enough, and may be the proposer's own."""
    must_sign_endings(by)
    found = _held_for_change(destruction, DestructionState.PROPOSED)
    if found.needs_two and by.id == found.proposed_by_id:
        words = _("Whoever proposes a destruction does not approve it. Two others do.")
        raise RuleBroken("people.own_destruction", words, rule="RET")
    if found.approver_1_id == by.id:
        words = _("You have approved this already. The second signature is someone else's.")
        raise RuleBroken("people.approved_already", words)
    if found.approver_1_id is None:
        found.approver_1, found.approved_1_at = by.user, now()
    else:
        found.approver_2, found.approved_2_at = by.user, now()
    if found.approver_2_id is not None or not found.needs_two:
        found.state = DestructionState.APPROVED
    found.save()
    _tell("people.destruction.approved", found, by.id, signature=2 if found.approver_2_id else 1)
    return found


@transaction.atomic
def drop_destruction(*, by: Actor, destruction: Destruction, why: str) -> Destruction:
    """It is not carried out: an approver says no, or the data steward takes it back. Nothing was touched."""
    if not by.keeps_data:
        must_sign_endings(by)
    found = _held_for_change(destruction, DestructionState.PROPOSED, DestructionState.APPROVED)
    if not tidy(why):
        raise RuleBroken("people.refusal_needs_a_reason", _("Write why this is not carried out."), field="why")
    found.state, found.dropped_why, found.ended_by = DestructionState.DROPPED, tidy(why), by.user
    found.save()
    _tell("people.destruction.dropped", found, by.id)
    return found


@transaction.atomic
def begin_destruction(*, by: Actor, destruction: Destruction) -> Destruction:
    """From here on there is no way back. Raises RuleBroken for a list that is not the one that was approved."""
    must_keep_data(by)
    found = _held_for_change(destruction, DestructionState.APPROVED, DestructionState.DOING)
    if hash_of(found.items.values_list("table", "row_id")) != found.list_hash:
        words = _("The list is not the one that was approved. Nothing was touched; take this back and propose anew.")
        raise RuleBroken("people.list_altered", words)
    found.state, found.ended_by = DestructionState.DOING, by.user
    found.save()
    _tell("people.destruction.begun", found, by.id)
    return found


def carry_out(*, destruction: Destruction, on: date) -> Destruction:
    """Do what was approved and begun, each line in a transaction of its own; safe to call again after a break.

    Whoever was put on hold since, or was met again, drops out, and the list says so. Outside a transaction.
    """
    found = Destruction.objects.get(pk=destruction.pk, state=DestructionState.DOING)
    with nothing_left_behind():
        for item in found.items.filter(outcome=ItemOutcome.WAITING):
            _carry_out_one(found, item, on)
    clean_up()
    return _finished(found, on)


@transaction.atomic
def _carry_out_one(destruction: Destruction, item: DestructionItem, on: date) -> None:
    item.outcome = _what_stands_in_the_way(destruction, item, on) or ItemOutcome.DONE
    if item.outcome == ItemOutcome.DONE:
        if item.table == PERSON:
            by_id = destruction.ended_by_id
            item.rows = erase_person(by_id=by_id, person=item.row_id, on=on, destruction=destruction.pk)
        else:
            rows = rows_of_class(destruction.record_class)
            item.rows = rows.destroy(item.row_id) if rows else 0
    item.save(update_fields=["outcome", "rows"])


def _what_stands_in_the_way(destruction: Destruction, item: DestructionItem, on: date) -> ItemOutcome | None:
    """Checked anew at the moment of doing: a hold, a new contact, or that it is gone or now part of another row."""
    if destruction.why == DestructionWhy.ASKED:
        here = Person.objects.filter(pk=item.row_id, merged_into__isnull=True, erased_on__isnull=True)
        if not here.exists():
            return ItemOutcome.GONE
        return ItemOutcome.HELD if item.row_id in held_on(on) else None
    line = over_now(destruction.record_class, on, [item.row_id]).get(item.row_id)
    if line is None:
        if item.table == PERSON and item.row_id in held_on(on):
            return ItemOutcome.HELD
        return ItemOutcome.RETURNED
    return ItemOutcome.HELD if line.held else None


@transaction.atomic
def _finished(destruction: Destruction, on: date) -> Destruction:
    found = _held_for_change(destruction, DestructionState.DOING)
    found.state, found.done_on = DestructionState.DONE, on
    found.save()
    outcomes = list(found.items.values_list("outcome", "rows"))
    done = sum(1 for outcome, _rows in outcomes if outcome == ItemOutcome.DONE)
    rows = sum(n for _outcome, n in outcomes)
    _tell("people.destruction.done", found, found.ended_by_id, n=done, left_out=len(outcomes) - done, rows=rows)
    return found
