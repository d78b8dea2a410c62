"""What this floor tells of what is due: the next steps that records name."""

from collections.abc import Iterator

from xiezuo.people.due import Asked, Due, tell_due
from xiezuo.service.models import ServiceRecord
from xiezuo.service.queries import steps_due

MOST = 400
STEP = ServiceRecord._meta.label_lower


def steps(asked: Asked) -> Iterator[Due]:
    for record in steps_due(asked.actor, asked.until, everyone=asked.everyone)[:MOST]:
        yield Due(
            kind="step",
            title=record.next_step,
            table=STEP,
            pk=record.pk,
            on=record.next_on,
            about=" · ".join(filter(None, [str(record), str(record.site or "")])),
            whose=record.recorded_by.name,
            changed_at=record.recorded_at,
        )


def tell() -> None:
    tell_due(steps)
