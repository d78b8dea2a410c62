"""The rows of a service record; called inside the transaction of an action."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from xiezuo.common.days import now, today
from xiezuo.common.text import tidy, tidy_name
from xiezuo.orgs.access import Actor
from xiezuo.people.actions import sites_now_serve
from xiezuo.service.actions.checks import named_in
from xiezuo.service.actions.facts import Helping, ServiceFacts, Taking, minutes_between
from xiezuo.service.models import Participation, SerialCounter, ServiceRecord, VolunteerPart
from xiezuo.service.vocab import RecordState


def next_serials(year: int, how_many: int = 1) -> list[str]:
    """Take the next serial numbers of a year; call inside the transaction that uses them."""
    counter = SerialCounter.objects.select_for_update().filter(year=year).first()
    if counter is None:
        # The first of the year; a colleague may be writing it too, so take turns again on the row that now exists.
        SerialCounter.objects.get_or_create(year=year)
        counter = SerialCounter.objects.select_for_update().get(year=year)
    first = counter.last + 1
    counter.last += how_many
    counter.save(update_fields=["last"])
    return [f"{year}-{number:06d}" for number in range(first, first + how_many)]


def columns(facts: ServiceFacts) -> dict[str, Any]:
    counted = minutes_between(facts.starts_at, facts.ends_at)
    return {
        "method": facts.method,
        "service_line": facts.service_line,
        "site": facts.site,
        "series": facts.series,
        "title": tidy(facts.title),
        "service_date": facts.service_date,
        "date_precision": facts.precision,
        "starts_at": facts.starts_at,
        "ends_at": facts.ends_at,
        "minutes": facts.minutes if facts.minutes is not None else counted,
        "place_text": tidy(facts.place_text),
        "note": facts.note.strip(),
        "own_words": facts.own_words.strip(),
        "next_step": tidy(facts.next_step),
        "next_on": facts.next_on,
        "for_testing": facts.for_testing,
    }


def taken(record: ServiceRecord, row: Taking) -> Participation:
    return Participation(
        record=record,
        mode=row.mode,
        person_id=row.person,
        label=tidy_name(row.label),
        count=row.count,
        stated_heads=row.stated_heads,
        sex_guess=row.sex,
        age_guess=row.age,
        as_role=row.role,
        came=row.came,
    )


def helped(record: ServiceRecord, row: Helping) -> VolunteerPart:
    return VolunteerPart(record=record, person_id=row.person, label=row.label, count=row.count, minutes=row.minutes)


def write_who(record: ServiceRecord, facts: ServiceFacts) -> None:
    Participation.objects.bulk_create([taken(record, row) for row in facts.taking])
    VolunteerPart.objects.bulk_create([helped(record, row) for row in facts.helping])
    named = named_in(facts)
    if facts.site is not None and named:
        sites_now_serve(people=named, site=facts.site, on=facts.service_date or today())


def write_records(by: Actor, everything: Sequence[ServiceFacts], on: date, state: RecordState) -> list[ServiceRecord]:
    """The rows of several services with everyone on them, in few statements."""
    years = Counter((facts.service_date or on).year for facts in everything)
    serials = {year: iter(next_serials(year, how_many)) for year, how_many in sorted(years.items())}
    records = [
        ServiceRecord(
            **columns(facts),
            state=state,
            serial_no=next(serials[(facts.service_date or on).year]),
            recorded_by=by.user,
            recorded_at=facts.written_at or now(),
        )
        for facts in everything
    ]
    ServiceRecord.objects.bulk_create(records)
    pairs = list(zip(records, everything, strict=True))
    funded, joined = ServiceRecord.projects.through, ServiceRecord.staff.through
    funded.objects.bulk_create(
        [funded(servicerecord_id=record.pk, project_id=p.pk) for record, facts in pairs for p in facts.projects]
    )
    joined.objects.bulk_create(
        [joined(servicerecord_id=record.pk, user_id=user.pk) for record, facts in pairs for user in facts.staff]
    )
    Participation.objects.bulk_create([taken(record, row) for record, facts in pairs for row in facts.taking])
    VolunteerPart.objects.bulk_create([helped(record, row) for record, facts in pairs for row in facts.helping])
    return records
