"""Who may see which referrals and transfers: those to whom the case part of the person's file is open; of a proposed transfer
also the colleague who is to take the case over, who reads nothing of the file by it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.people.access import among, case_files_for, must_open, people_for, sections_of
from xiezuo.people.models import Person
from xiezuo.people.vocab import Section
from xiezuo.service.models import Case, Referral, ReferralLink, ReferralOpening, Transfer
from xiezuo.service.models.referral import OPEN
from xiezuo.service.vocab import ReferralState, TransferState

REFERRAL, TRANSFER = "service.Referral", "service.Transfer"
CONSENT = "people.Consent"
OF_THE_CASE = "the case part of the file is open to whoever asks"
MOST = 300


def _beside() -> tuple[str, ...]:
    return ("person", "case", "made_by", "override_by")


def referral_for(actor: Actor, pk: int) -> Referral:
    """One referral. Raises NotAllowed with the same words whether it exists or not, SectionClosed."""
    with opened(REFERRAL, why="whose it is; the file is asked next"):
        row = Referral.objects.filter(pk=pk).select_related(*_beside()).first()
    if row is None or not people_for(actor).filter(pk=row.person_id).exists():
        raise NotAllowed(_("This referral is of someone with whom you do not work, or there is no such referral."))
    must_open(actor, row.person, Section.CASE)
    return row


def referrals_in(actor: Actor, *states: ReferralState) -> list[Referral]:
    """The latest referrals in these states, of everyone whose case part is open to the actor."""
    with opened(REFERRAL, why=OF_THE_CASE):
        rows = Referral.objects.filter(among(case_files_for(actor)), state__in=states)
        found = list(rows.select_related(*_beside())[:MOST])
    seen = sections_of(actor, {row.person for row in found})
    return [row for row in found if Section.CASE in seen[row.person_id]]


def referrals_of(actor: Actor, person: Person) -> list[Referral]:
    """The person's referrals, the latest first. Raises SectionClosed."""
    must_open(actor, person, Section.CASE)
    with opened(REFERRAL, why=OF_THE_CASE):
        return list(Referral.objects.filter(person=person).select_related(*_beside()))


def referrals_of_case(actor: Actor, case: Case) -> list[Referral]:
    """Referrals made in a case, the latest first. Raises SectionClosed."""
    must_open(actor, case.person, Section.CASE)
    with opened(REFERRAL, why=OF_THE_CASE):
        return list(Referral.objects.filter(case=case).select_related(*_beside()))


def open_referrals(case: Case) -> list[Referral]:
    """Referrals that still wait for something: with one of them a case does not close (CAS-3). Told by their numbers."""
    with opened(REFERRAL, why="whether a referral is open is asked before a case closes"):
        return list(Referral.objects.filter(case=case, state__in=OPEN).order_by("pk"))


def links_of(actor: Actor, referral: Referral) -> list[ReferralLink]:
    """The links that were made for a referral, the latest first, each with what was done through it."""
    must_open(actor, referral.person, Section.CASE)
    return list(referral.links.select_related("made_by").prefetch_related("openings"))


def openings_of(actor: Actor, referral: Referral) -> list[ReferralOpening]:
    must_open(actor, referral.person, Section.CASE)
    return list(ReferralOpening.objects.filter(link__referral_id=referral.pk).order_by("-id"))


# ── transfers ──


def transfers_for(actor: Actor) -> list[Transfer]:
    """Transfers that wait: proposed to the actor, or of cases that are open to them."""
    with opened(TRANSFER, REFERRAL, why=OF_THE_CASE):
        rows = Transfer.objects.filter(state=TransferState.PROPOSED).filter(
            Q(to_user=actor.user) | among(case_files_for(actor), by="case__person")
        )
        found = list(rows.select_related("case__person", "to_user", "referral", "proposed_by")[:MOST])
    seen = sections_of(actor, {row.case.person for row in found})
    return [row for row in found if row.to_user_id == actor.id or Section.CASE in seen[row.case.person_id]]


def transfer_for(actor: Actor, pk: int) -> Transfer:
    """One transfer. Raises NotAllowed with the same words whether it exists or not."""
    with opened(TRANSFER, REFERRAL, why="whose it is; the file is asked next"):
        rows = Transfer.objects.select_related("case__person", "to_user", "referral", "proposed_by", "answered_by")
        row = rows.filter(pk=pk).first()
    if row is not None and row.to_user_id == actor.id and actor.does_casework:
        return row
    if row is None or not people_for(actor).filter(pk=row.case.person_id).exists():
        raise NotAllowed(_("This transfer is of a case you may not see, or there is no such transfer."))
    must_open(actor, row.case.person, Section.CASE)
    return row


def transfers_of_case(actor: Actor, case: Case) -> list[Transfer]:
    must_open(actor, case.person, Section.CASE)
    with opened(TRANSFER, REFERRAL, why=OF_THE_CASE):
        rows = Transfer.objects.filter(case=case).select_related("to_user", "referral", "proposed_by", "answered_by")
        return list(rows)


def knows(actor: Actor, person: Person) -> bool:
    """Whether the actor may know the person's name."""
    return people_for(actor).filter(pk=person.pk).exists()
