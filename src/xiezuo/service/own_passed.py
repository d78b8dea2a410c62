"""What was passed on to other organisations with someone's consent, as they read it themselves (PIPL 23, 45).

What a supervisor passed on without a consent, in danger or by law, is not told here: whoever looks may be the danger.
"""

from dataclasses import dataclass
from datetime import date

from xiezuo.common.days import local
from xiezuo.common.walls import opened
from xiezuo.people.members import Reader
from xiezuo.service.models import Referral

AGREED = "the person reads what was passed on because they agreed"


@dataclass(frozen=True)
class OwnPassed:
    """`named`: the receiver reads the name too."""

    on: date
    number: str
    to: str
    what: str
    named: bool
    state: str
    state_words: str


def own_passed(reader: Reader) -> list[OwnPassed]:
    if reader.reduced:
        return []
    with opened("service.Referral", why=AGREED):
        rows = list(Referral.objects.filter(person=reader.subject, sent_at__isnull=False, override_ground=""))
    return [_told(row) for row in rows]


def _told(row: Referral) -> OwnPassed:
    assert row.sent_at is not None
    return OwnPassed(
        local(row.sent_at).date(),
        row.number,
        str(row.to_organisation),
        str(row.info_passed),
        row.name_passed,
        row.state,
        str(row.get_state_display()),
    )
