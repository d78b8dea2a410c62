"""Who came to which session of a group, who has been missed, and through which stages it went."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from xiezuo.common.text import tidy_name
from xiezuo.forms.packs import pack
from xiezuo.service.models import Group, GroupMember, GroupSession, Participation
from xiezuo.service.vocab import ParticipationMode, RecordState

CAME, MISSED, NOT_YET = "came", "missed", ""


@dataclass
class Meeting:
    """A session that was held, with how many came."""

    row: GroupSession
    on: date
    topic: str
    came: int = 0


@dataclass
class Line:
    """A member, and for each session whether they came: `came`, `missed`, or "" where they were no member yet, or any more."""

    member: GroupMember
    cells: list[str] = field(default_factory=list)

    @property
    def came(self) -> int:
        return self.cells.count(CAME)

    @property
    def expected(self) -> int:
        return sum(1 for cell in self.cells if cell)

    @property
    def missed_last(self) -> int:
        """How many of the last sessions they missed one after the other."""
        told = [cell for cell in self.cells if cell]
        return next((n for n, cell in enumerate(reversed(told)) if cell == CAME), len(told))


@dataclass
class Attendance:
    meetings: list[Meeting]
    lines: list[Line]

    @property
    def person_times(self) -> int:
        return sum(meeting.came for meeting in self.meetings)

    @property
    def missed(self) -> list[Line]:
        """Members who are missed: so many sessions in a row as pack groups-default says."""
        least = pack("groups-default")["missed"]["in_a_row"]
        return [line for line in self.lines if line.member.left_on is None and line.missed_last >= least]


def sessions_of(group: Group) -> list[GroupSession]:
    """Those that count, by their number."""
    held = group.sessions.filter(form__record__state=RecordState.RECORDED)
    return list(held.select_related("form__record").order_by("no", "pk"))


def meetings_of(group: Group) -> list[Meeting]:
    rows = sessions_of(group)
    found = []
    for row in rows:
        record = row.form.record
        assert record is not None and record.service_date is not None
        found.append(Meeting(row, record.service_date, record.title))
    return found


def attendance_of(group: Group) -> Attendance:
    """In four queries, however many members and sessions there are."""
    meetings = meetings_of(group)
    members = list(group.members.select_related("person"))
    ids = {meeting.row.form.record_id: meeting for meeting in meetings}
    rows = Participation.objects.filter(record__in=ids)
    there: dict[int, set[object]] = {meeting.row.pk: set() for meeting in meetings}
    for record, person, label, mode, count, came in rows.values_list(
        "record_id", "person_id", "label", "mode", "count", "came"
    ):
        if came:
            meeting = ids[record]
            meeting.came += count
            if mode != ParticipationMode.COUNTED:
                there[meeting.row.pk].add(person or label)
    return Attendance(meetings, [_line(member, meetings, there) for member in members])


def _line(member: GroupMember, meetings: Iterable[Meeting], there: dict[int, set[object]]) -> Line:
    """A member who was recognised since may stand on earlier sessions by the nickname."""
    called = {member.person_id, tidy_name(member.label)} - {None, ""}
    line = Line(member)
    for meeting in meetings:
        if called & there[meeting.row.pk]:
            line.cells.append(CAME)
        else:
            line.cells.append(MISSED if was_member(member, meeting.on) else NOT_YET)
    return line


def was_member(member: GroupMember, on: date) -> bool:
    return member.joined_on <= on and (member.left_on is None or member.left_on >= on)


def stages_of(meetings: Iterable[Meeting]) -> list[tuple[str, list[int]]]:
    """The stages in the order in which the group came into them, each with the numbers of its sessions."""
    found: list[tuple[str, list[int]]] = []
    for meeting in meetings:
        if not found or found[-1][0] != meeting.row.stage:
            found.append((meeting.row.stage, []))
        found[-1][1].append(meeting.row.no)
    return found


def next_number(group: Group) -> int:
    """Of the session that comes next."""
    return max((row.no for row in sessions_of(group)), default=0) + 1
