"""Who looks at what is recorded about them, and whether they may: the access of a person's own side."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiezuo.common.crypto import blind
from xiezuo.common.days import local
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.forms.packs import pack
from xiezuo.orgs.access import Actor
from xiezuo.people.access import among, must_work_with, people_for
from xiezuo.people.consents import guardian_decides, guardians_on, is_young
from xiezuo.people.models import Complaint, DataRequest, MemberLink, Person
from xiezuo.people.rights import withheld_from


@dataclass(frozen=True)
class Reader:
    """`looker` reads what is recorded about `subject`: on a screen, or on the paper they asked for."""

    looker: Person
    subject: Person

    @property
    def own(self) -> bool:
        return self.looker.pk == self.subject.pk

    @property
    def cleared_to(self) -> int:
        return 0

    @cached_property
    def reduced(self) -> bool:
        """Somebody asked that someone not be told, and it may be whoever reads: only the little they know is shown."""
        return bool(withheld_from(self.looker, self.subject, self.cleared_to))


@dataclass(frozen=True)
class Member(Reader):
    """Someone who reads through an opened `link`."""

    link: MemberLink

    @property
    def cleared_to(self) -> int:
        return self.link.cleared_to


def link_digest(token: str) -> str:
    return blind(token, "member_link")


def why_not_look(looker: Person, subject: Person, at: datetime) -> Promise | None:
    """Why `looker` may not look at what is recorded about `subject`; None where they may.

    Under 14 the guardian looks; from 14 to 17 the young person alone; an adult, and the guardian of one who has one.
    """
    on = local(at).date()
    if looker.pk == subject.pk:
        return _("Under 14 a guardian looks, together with the child.") if guardian_decides(subject, on) else None
    if is_young(subject, on):
        return _("From 14 on the young person looks for themselves.")
    if looker.pk not in guardians_on(subject, on):
        return _(
            "Only someone written down as guardian by law looks for another. Write that down first, with its basis."
        )
    return None


def lookers_of(actor: Actor, subject: Person, at: datetime) -> list[Person]:
    """For whom a link may be made: the person, or those who answer for them by law."""
    must_work_with(actor, subject)
    ids = guardians_on(subject, local(at).date()) | {subject.pk}
    people = Person.objects.filter(pk__in=ids, merged_into__isnull=True, erased_on__isnull=True).order_by("pk")
    return say_who_is_known(actor, [person for person in people if why_not_look(person, subject, at) is None])


def say_who_is_known(actor: Actor, people: Iterable[Person]) -> list[Person]:
    """The same people, each with `is_known`: whether the actor may know them; the name of anyone else is not told."""
    told = list(people)
    known = set(people_for(actor).filter(pk__in=[person.pk for person in told]).values_list("pk", flat=True))
    for person in told:
        person.is_known = person.pk in known  # type: ignore[attr-defined]
    return told


def links_for(actor: Actor, subject: Person) -> QuerySet[MemberLink]:
    """Links to what is recorded about the person, the latest first."""
    must_work_with(actor, subject)
    return subject.member_links.select_related("looker", "made_by")


def _waiting() -> QuerySet[MemberLink]:
    return MemberLink.objects.filter(used_at__isnull=True, ended_at__isnull=True)


def link_that_opens(token: str, at: datetime) -> MemberLink | None:
    """The link with this token, if it opens now; None for every other token, whatever is wrong with it."""
    link = (
        _waiting().filter(token_hash=link_digest(token), expires_at__gt=at).select_related("looker", "subject").first()
    )
    return link if link and why_not_look(link.looker, link.subject, at) is None else None


def open_until(link: MemberLink) -> datetime | None:
    """Until when the device that opened the link may look; None for a link nobody opened."""
    minutes = timedelta(minutes=pack("member-default")["link"]["open_minutes"])
    return link.used_at + minutes if link.used_at else None


def member_of(link_id: int, at: datetime) -> Member | None:
    """Who looks through an opened link, as long as it is open and they may."""
    opened = MemberLink.objects.filter(pk=link_id, used_at__isnull=False, ended_at__isnull=True)
    link = opened.select_related("looker", "subject").first()
    until = open_until(link) if link else None
    if link is None or until is None or at >= until or why_not_look(link.looker, link.subject, at):
        return None
    return Member(link.looker, link.subject, link)


def reader_of(request: DataRequest, at: datetime) -> Reader:
    """Whoever asked, as reader of what they asked about. Raises RuleBroken where they may not read it."""
    if why := why_not_look(request.requester, request.subject, at):
        raise RuleBroken("people.may_not_look", why)
    return Reader(request.requester, request.subject)


def requests_of(member: Reader) -> QuerySet[DataRequest]:
    """What the looker asked about this person, and where that stands; the latest first."""
    asked = DataRequest.objects.filter(requester=member.looker, subject=member.subject)
    return asked.order_by("-received_on", "-id")


def request_of(member: Member, pk: int) -> DataRequest | None:
    return requests_of(member).filter(pk=pk).first()


def complaints_of(member: Member) -> QuerySet[Complaint]:
    return Complaint.objects.filter(person=member.looker).order_by("-received_on", "-id")


def data_requests_for(actor: Actor) -> QuerySet[DataRequest]:
    """Requests the actor answers or wrote down: a data steward and a director all, a supervisor those of the people they
    work with, a worker those they received."""
    every = DataRequest.objects.select_related("subject", "requester", "received_by", "closed_by")
    if actor.keeps_data or actor.directs or (actor.supervises and actor.everywhere):
        return every
    mine = Q(received_by=actor.user)
    if actor.supervises:
        mine |= Q(subject__assignments__site__in=actor.sites, subject__assignments__to_on__isnull=True)
    return every.filter(mine).distinct() if actor.does_casework else every.none()


def data_request_for(actor: Actor, pk: int) -> DataRequest:
    """One request. Raises NotAllowed with the same words whether it exists or not."""
    found = data_requests_for(actor).filter(pk=pk).first()
    if found is None:
        raise NotAllowed(_("This request is answered by others, or there is no such request. Ask the data steward."))
    return found


def must_answer_requests(actor: Actor) -> None:
    """Raises NotAllowed unless the actor decides about requests."""
    if not (actor.keeps_data or actor.supervises or actor.directs):
        raise NotAllowed(_("A data steward or a supervisor answers this. What you wrote down is with them."))


def complaints_for(actor: Actor) -> QuerySet[Complaint]:
    """Complaints the actor handles; for directors and supervisors of the whole house all, for other supervisors those of
    people they know and of nobody by name; never one that concerns them."""
    every = Complaint.objects.exclude(concerns=actor.user).select_related("handler", "received_by", "person")
    if actor.directs or (actor.supervises and actor.everywhere):
        return every
    mine = Q(handler=actor.user)
    if actor.supervises:
        mine |= Q(person__isnull=True) | among(people_for(actor))
    return every.filter(mine) if actor.roles else every.none()


def complaint_for(actor: Actor, pk: int) -> Complaint:
    """One complaint. Raises NotAllowed with the same words whether it exists or not."""
    found = complaints_for(actor).filter(pk=pk).first()
    if found is None:
        raise NotAllowed(_("This complaint is with others, or there is no such complaint. Ask the director."))
    return found
