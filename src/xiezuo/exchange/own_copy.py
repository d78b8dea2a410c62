"""A person's own copy: what the page shows, for machines (JSON) and for a table (CSV), in one file (PIPL 45).

The schema is told in docs/own-copy.md; `SCHEMA` changes its first number when a reader of the old one would stumble.
"""

import csv
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from xiezuo.common.days import local
from xiezuo.orgs.queries import house_full_name
from xiezuo.people.members import Reader, requests_of
from xiezuo.people.own.facts import own_facts
from xiezuo.people.own.labels import WITHHELD
from xiezuo.people.own.messages import (
    OwnCheck,
    OwnComplaint,
    OwnMessage,
    OwnRest,
    OwnTold,
    own_checks,
    own_complaints,
    own_messages,
    own_rests,
    own_tellings,
)
from xiezuo.people.own.record import (
    own_answers,
    own_changes,
    own_earlier,
    own_path,
    own_places,
    own_reads,
    own_roles,
    own_workers,
    withheld,
)
from xiezuo.people.own.shapes import (
    OwnAnswer,
    OwnChange,
    OwnEarlier,
    OwnFact,
    OwnPlace,
    OwnRead,
    OwnRole,
    OwnStep,
    OwnWorker,
)
from xiezuo.service.own_aid import OwnAid, own_aids
from xiezuo.service.own_passed import OwnPassed, own_passed
from xiezuo.service.own_record import OwnService, own_help, own_services
from xiezuo.service.own_said import OwnForm, OwnGoal, OwnMeasured, own_forms, own_goals, own_measured
from xiezuo.service.own_work import (
    OwnAsked,
    OwnCare,
    OwnCase,
    OwnDay,
    OwnGroup,
    OwnMatter,
    OwnVisit,
    own_asked,
    own_cares,
    own_cases,
    own_days,
    own_groups,
    own_matters,
    own_visits,
)

SCHEMA = "xiezuo-own-record/1.3"


@dataclass(frozen=True)
class OwnRequest:
    receipt_no: str
    kind: str
    scope: str
    received_on: Any
    due_on: Any
    state: str
    reason: str
    closed_on: Any


@dataclass(frozen=True)
class OwnRecord:
    """Everything the page and the copy hold."""

    facts: list[OwnFact]
    earlier: list[OwnEarlier]
    workers: list[OwnWorker]
    household: list[OwnPlace]
    roles: list[OwnRole]
    path: list[OwnStep]
    services: list[OwnService]
    helped: list[OwnService]
    goals: list[OwnGoal]
    measured: list[OwnMeasured]
    forms: list[OwnForm]
    passed_on: list[OwnPassed]
    aid: list[OwnAid]
    cases: list[OwnCase]
    labour: list[OwnMatter]
    visits: list[OwnVisit]
    groups: list[OwnGroup]
    days: list[OwnDay]
    care: list[OwnCare]
    asked: list[OwnAsked]
    messages: list[OwnMessage]
    checks: list[OwnCheck]
    complaints: list[OwnComplaint]
    rests: list[OwnRest]
    told: list[OwnTold]
    consents: list[OwnAnswer]
    requests: list[OwnRequest]
    reads: list[OwnRead]
    changes: list[OwnChange]
    withheld: list[str]


def own_record(reader: Reader) -> OwnRecord:
    """What is recorded about the subject, as far as the looker may read it."""
    return OwnRecord(
        facts=own_facts(reader),
        earlier=own_earlier(reader),
        workers=own_workers(reader),
        household=own_places(reader),
        roles=own_roles(reader),
        path=own_path(reader),
        services=own_services(reader),
        helped=own_help(reader),
        goals=own_goals(reader),
        measured=own_measured(reader),
        forms=own_forms(reader),
        passed_on=own_passed(reader),
        aid=own_aids(reader),
        cases=own_cases(reader),
        labour=own_matters(reader),
        visits=own_visits(reader),
        groups=own_groups(reader),
        days=own_days(reader),
        care=own_cares(reader),
        asked=own_asked(reader),
        messages=own_messages(reader),
        checks=own_checks(reader),
        complaints=own_complaints(reader),
        rests=own_rests(reader),
        told=own_tellings(reader),
        consents=own_answers(reader),
        requests=[
            OwnRequest(r.receipt_no, r.kind, r.scope, r.received_on, r.due_on, r.state, r.reason, r.closed_on)
            for r in requests_of(reader)
        ],
        reads=own_reads(reader),
        changes=own_changes(reader),
        withheld=withheld(reader),
    )


def _plain(record: OwnRecord) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for name, rows in vars(record).items():
        if name == "withheld":
            found[name] = [
                {"code": code, "what": str(WITHHELD[code][0]), "why": str(WITHHELD[code][1])} for code in rows
            ]
        else:
            found[name] = [{k: v for k, v in asdict(row).items() if k != "user_id"} for row in rows]
    return found


def _flat(row: Mapping[str, Any]) -> dict[str, str]:
    """One level, so that it fits a table; a cell never begins a formula."""
    flat: dict[str, Any] = {}
    for name, value in row.items():
        flat |= {f"{name}_{k}": v for k, v in value.items()} if isinstance(value, dict) else {name: value}
    return {name: _cell(value) for name, value in flat.items()}


def _cell(value: Any) -> str:
    text = "" if value is None else ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def _table(rows: list[dict[str, Any]]) -> str:
    out = StringIO()
    flat = [_flat(row) for row in rows]
    if flat:
        writer = csv.DictWriter(out, fieldnames=list(flat[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(flat)
    return out.getvalue()


def copy_file(reader: Reader, at: datetime) -> bytes:
    """The zip: record.json with its schema, and one table for each part that has anything in it (UTF-8 with a mark, so
    that spreadsheets read Chinese)."""
    plain = _plain(own_record(reader))
    head = {
        "schema": SCHEMA,
        "made_at": local(at).isoformat(),
        "by": house_full_name(),
        "number": reader.subject.number,
    }
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        text = json.dumps(head | plain, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)
        file.writestr("record.json", text)
        for name, rows in plain.items():
            if rows:
                file.writestr(f"{name}.csv", "\ufeff" + _table(rows))
    return packed.getvalue()
