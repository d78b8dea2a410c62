"""What the shipped forms ask: pure data, held against the list of fields that was agreed."""

import json
from collections.abc import Iterable, Iterator
from importlib.resources import files

import pytest

from tests.forms.agreed_forms import EXACT, FORMS
from tests.forms.shipped import FORMS_HERE, everything, inside, own
from xiezuo.forms.definitions import HEAD, FieldDef, form_definition
from xiezuo.forms.packs import codes, pack
from xiezuo.forms.vocab import FieldType, Mark
from xiezuo.service.vocab import Method

SIDE_BY_SIDE = {"group_report"}  # facts and opinions of nine headings


def shape(fields: Iterable[FieldDef], before: str = "") -> dict[str, str]:
    """`key: type[!] class [list or thing]`, rows as `key.key`."""
    found = {}
    for one in fields:
        must, points = "!" if one.required else "", one.code_list or one.of
        found[f"{before}{one.key}"] = f"{one.type}{must} {one.privacy}{' ' if points else ''}{points}"
        found |= shape(one.rows, f"{before}{one.key}.")
    return found


def test_every_agreed_form_is_there_with_as_many_fields_and_the_same_blocks() -> None:
    here = {}
    for form in FORMS_HERE:
        blocks = [
            f"{one.block}!" if one.block == "TERM" and one.fields[1].required else one.block for one in form.sections
        ]
        fields = sum(len(section.fields) for section in own(form))
        here[form.key] = (form.number, fields, sorted(filter(None, blocks)))
    assert here == FORMS


@pytest.mark.parametrize("key", EXACT)
def test_a_form_asks_exactly_what_was_agreed(key: str) -> None:
    assert shape(tuple(one for section in own(form_definition(key)) for one in section.fields)) == EXACT[key]


def test_the_shared_blocks_are_what_was_agreed() -> None:
    blocks = pack("forms-core")["blocks"]
    assert {name: (len(one["fields"]), one["class"], one["rows"]) for name, one in blocks.items()} == {
        HEAD: (10, "internal", False),
        "WHEN": (5, "personal", False),
        "WHO": (8, "personal", True),
        "SIGN": (4, "internal", False),
        "BUDGET": (4, "internal", True),
        "TERM": (2, "internal", False),
        "GOODS": (2, "internal", True),
        "FILE": (5, "personal", True),
    }


def beside() -> Iterator[tuple[FieldDef, dict[str, FieldDef]]]:
    """Each field with those it may depend on: of the form, or of its row."""
    for form in FORMS_HERE:
        groups = [tuple(form.fields()), *(one.rows for one in inside(form.fields()) if one.rows)]
        for group in groups:
            yield from ((one, {other.key: other for other in group if other is not one}) for one in group)


def can_hold(on: FieldDef) -> set[str]:
    if on.type == FieldType.YES_NO:
        return {"yes", "no"}
    return {*codes(on.code_list)} if on.code_list else {"", "*"}


def test_a_field_depends_only_on_one_beside_it_and_on_what_that_can_hold() -> None:
    wrong = [
        one.key for one, others in beside() if one.when and not {*one.when.values} <= can_hold(others[one.when.field])
    ]
    assert wrong == []


def test_what_has_to_be_answered_only_in_a_certain_case() -> None:
    who = {"person": "named", "label": "listed", "count": "counted"}
    must = {where: (one.when.field, one.when.values) for where, one in everything() if one.when and one.when.must}
    assert must == {
        "data_request.reason": ("outcome", ("refused",)),
        "referral.override_reason": ("consent", ("",)),
        "council_proposal.reason": ("result", ("declined",)),
        **{
            f"{form}.{key}": ("mode", (mode,))
            for form in ("contact_note", "group_session")
            for key, mode in who.items()
        },
    }


def test_what_may_stay_empty_until_the_record_gets_that_far() -> None:
    assert {where: one.must_at for where, one in everything() if one.must_at} == {
        **{f"risk_report.{key}": "reported" for key in ("agency", "reported_at", "way")},
        "risk_report.supervisor_reason": "closed",
        "ticket.source": "closed",
        **{f"volunteer_hours.{key}": "entered" for key in ("shift", "start", "end")},
    }


def test_a_filled_form_is_one_service_record_of_its_method() -> None:
    assert {form.key: form.method for form in FORMS_HERE if form.method} == {
        "enquiry": Method.ENQUIRY,
        "hotline_call": Method.HOTLINE,
        "intake": Method.CASE,
        "contact_note": Method.CASE,
        "review": Method.CASE,
        "visit": Method.VISIT,
        "group_session": Method.GROUP,
        "centre_day": Method.CENTRE,
        "outreach_round": Method.OUTREACH,
        "trip_stop": Method.OUTREACH,
        "aid_distribution": Method.AID,
        "training_session": Method.COURSE,
    }


def test_only_what_was_read_in_a_source_says_so() -> None:
    marks: dict[Mark, set[str]] = {}
    for form in FORMS_HERE:
        marks.setdefault(form.mark, set()).add(form.key)
    assert marks[Mark.VERIFIED] == {
        *("intake", "acceptance", "plan", "contact_note", "review", "closure", "referral"),
        *("group", "group_session", "group_report", "activity", "activity_summary"),
    }
    assert marks[Mark.SECONDARY] == {"volunteer_certificate"}


def is_open(one: FieldDef) -> bool:
    return one.is_asked and one.when is None


def test_two_minutes_and_one_thumb_are_enough() -> None:
    """At most eight fields stand open, more only where more must be answered; what must be answered is never folded away."""
    for form in FORMS_HERE:
        sections = own(form)
        unfolded = [one for section in sections if not section.folded for one in section.fields if is_open(one)]
        must = [one for section in sections for one in section.fields if one.required]
        assert len(unfolded) <= max(8, len(must)) or form.key in SIDE_BY_SIDE, form.key
        assert not [one.key for section in sections if section.folded for one in section.fields if one.required], (
            form.key
        )
        assert len({section.key for section in form.sections}) == len(form.sections), form.key


def test_bounds_and_defaults() -> None:
    bounds = {where: (one.least, one.most) for where, one in everything() if one.most is not None}
    assert bounds == {
        "person.disability_grade": (1, 4),
        "review.score": (-2, 2),
        **{f"satisfaction.q{number}": (1, 5) for number in range(1, 6)},
    }
    assert form_definition("outreach_round").field("team").least == 2
    assert form_definition("plan").field("goals").least == 1
    assert form_definition("person").field("safe_to_message").default == "no"


def test_what_is_required_of_a_person_may_be_answered_with_why_it_is_not_known() -> None:
    assert {where for where, one in everything() if one.unknown_allowed} == {
        *("household.relation", "intake.own_words", "assessment.self_strengths", "assessment.self_wish"),
        # Kept without a signature: a plan that does not begin yet; a session that is signed on a page of one's own.
        *("plan.own_consent", "supervision.supervisee_sign"),
        *(f"volunteer_registration.{key}" for key in ("skills", "available", "emergency")),
    }


def test_who_reported_a_child_at_risk_and_who_answered_are_shown_nowhere() -> None:
    assert {form.key: form.hides for form in FORMS_HERE if form.hides} == {
        "risk_report": ("recorded_by",),
        "satisfaction": ("recorded_by",),
    }
    assert {where for where, one in everything() if one.staff_only} == {"precheck.coach_note"}


def test_only_the_author_reads_these() -> None:
    assert {where for where, one in everything() if one.privacy == "author_only"} == {
        *("contact_note.feelings", "contact_note.reflection", "supervision.private_part"),
        *("observation.coach_note", "placement.reflection"),
    }


@pytest.mark.parametrize("name", ["forms-core.json", "codes-forms.json", "codes-local.json"])
def test_the_file_is_written_so_that_a_change_shows_as_one_line(name: str) -> None:
    text = (files("xiezuo.forms.packs") / name).read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"
