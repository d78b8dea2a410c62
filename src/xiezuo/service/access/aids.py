"""Who may see which aid: those to whom the case part of the applicant's file is open, and those who work on it without reading
the file: whoever wrote the application, assessed it, or is asked to approve it."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.people.access import among, case_files_for, must_open, people_for, sections_of
from xiezuo.people.models import Person
from xiezuo.people.vocab import Section
from xiezuo.service.access.filled import opened_forms
from xiezuo.service.models import Aid, AidApproval, AidHandover, AidStep, Case, FilledForm
from xiezuo.service.models.aid import GIVEN
from xiezuo.service.vocab import AidAnswer, AidState

STEPS, HANDOVER = "service.AidStep", "service.AidHandover"
WORKS_ON_IT = "the aid is open to whoever asks"
BESIDE = ("applicant", "household", "site", "case", "funding__funder", "funding__project", "asked_by", "record")
MOST = 300


def _works_on(actor: Actor) -> Q:
    return (
        Q(asked_by=actor.user)
        | Q(pk__in=Aid.assessors.through.objects.filter(user_id=actor.id).values("aid_id"))
        | Q(pk__in=AidApproval.objects.filter(approver=actor.user).values("aid_id"))
    )


def _known(actor: Actor) -> QuerySet[Aid]:
    """Aids of which the actor may know; a child's file is looked at once more, by `open_among`."""
    if not (actor.does_casework or actor.directs):
        return Aid.objects.none()
    return Aid.objects.filter(among(case_files_for(actor), by="applicant") | _works_on(actor))


def aids_for(actor: Actor, aids: QuerySet[Aid] | None = None, most: int = MOST) -> list[Aid]:
    """The latest aids (of those given) that the actor may see, in at most six queries."""
    rows = _known(actor)
    if aids is not None:
        rows = rows.filter(pk__in=aids.order_by().values("pk"))
    answers = Prefetch("approvals", AidApproval.objects.select_related("approver"))
    found = list(rows.select_related(*BESIDE).prefetch_related(answers, "assessors")[:most])
    return open_among(actor, found)


def open_among(actor: Actor, aids: Iterable[Aid]) -> list[Aid]:
    found = list(aids)
    seen = sections_of(actor, {row.applicant for row in found if row.applicant})
    return [
        row
        for row in found
        if (row.applicant is not None and Section.CASE in seen[row.applicant.pk]) or is_at_work(actor, row)
    ]


def is_at_work(actor: Actor, aid: Aid) -> bool:
    """Whether they wrote the application, assessed it, or are asked to approve it."""
    return (
        aid.asked_by_id == actor.id
        or any(user.pk == actor.id for user in aid.assessors.all())
        or any(row.approver_id == actor.id for row in aid.approvals.all())
    )


def aid_for(actor: Actor, pk: int) -> Aid:
    """One aid. Raises NotAllowed with the same words whether it exists or not, and SectionClosed where they may know the
    person and not what is in their file."""
    found = aids_for(actor, Aid.objects.filter(pk=pk))
    if found:
        return found[0]
    row = Aid.objects.filter(pk=pk, applicant__isnull=False).select_related("applicant").first()
    person = row.applicant if row is not None and (actor.does_casework or actor.directs) else None
    if person is not None and people_for(actor).filter(pk=person.pk).exists():
        must_open(actor, person, Section.CASE)
    raise NotAllowed(_("This aid is of someone with whom you do not work, or there is no such aid."))


def aids_of(actor: Actor, person: Person) -> list[Aid]:
    """The aids for which someone asked, the latest first."""
    return aids_for(actor, Aid.objects.filter(applicant=person))


def aids_in(actor: Actor, state: str) -> list[Aid]:
    """Those that stand at one step."""
    return aids_for(actor, Aid.objects.filter(state=state))


def aids_among(actor: Actor, ids: Collection[int]) -> list[Aid]:
    return aids_for(actor, Aid.objects.filter(pk__in=ids), len(ids))


def aids_of_case(actor: Actor, case: Case) -> list[Aid]:
    """The aids that were asked for in a case, the latest first."""
    return aids_for(actor, Aid.objects.filter(case=case))


def _asks(actor: Actor) -> Q:
    asked = AidApproval.objects.filter(approver=actor.user, answer=AidAnswer.ASKED).values("aid")
    return Q(pk__in=asked, state=AidState.ASSESSED)


def waiting_for(actor: Actor) -> list[Aid]:
    """Assessed aids that wait for the actor's own approval, the oldest first."""
    return sorted(aids_for(actor, Aid.objects.filter(_asks(actor))), key=lambda row: row.pk)


def still_to_do(actor: Actor, until: date, *, everyone: bool = False) -> list[Aid]:
    """What waits, up to a day: for the actor's approval; approved, to be handed over; handed over, to be asked how it went. Of
    the actor's own, or of everyone they see."""
    given = Q(state__in=GIVEN, follow_up_on__lte=until, followed_up_on__isnull=True)
    own = given | Q(state=AidState.APPROVED, approved_on__lte=until)
    own = own if everyone else own & Q(asked_by=actor.user)
    return aids_for(actor, Aid.objects.filter(own | _asks(actor) & Q(assessed_on__lte=until)))


def steps_of(actor: Actor, aid: Aid) -> list[AidStep]:
    """`aid` comes from `aid_for`. The first first."""
    with opened(STEPS, why=WORKS_ON_IT):
        return list(AidStep.objects.filter(aid=aid).select_related("by"))


def handover_of(actor: Actor, aid: Aid) -> AidHandover | None:
    """`aid` comes from `aid_for`."""
    with opened(HANDOVER, why=WORKS_ON_IT):
        return AidHandover.objects.filter(aid=aid).select_related("giver", "form").first()


def forms_of_aid(actor: Actor, aid: Aid) -> list[FilledForm]:
    """The forms of an aid that the actor may read, the first first. Whoever is only asked to approve reads the steps."""
    return opened_forms(actor, FilledForm.objects.filter(aid=aid))[::-1]


def application_of(actor: Actor, aid: Aid) -> FilledForm | None:
    found = forms_of_aid(actor, aid)
    return next((form for form in found if form.submission.form == "aid_application"), None)


def answers_for_aid(actor: Actor, aid: Aid) -> bool:
    """Supervises where the aid belongs."""
    return not actor.watched and actor.supervises_at(aid.site_id)


def works_on_aid(actor: Actor, aid: Aid) -> bool:
    """Hands it over, withdraws it, asks how it went: whoever does casework and sees it, other than as an approver alone."""
    if actor.watched or not actor.does_casework:
        return False
    only_asked = any(row.approver_id == actor.id for row in aid.approvals.all()) and not (
        aid.asked_by_id == actor.id or any(user.pk == actor.id for user in aid.assessors.all())
    )
    return not only_asked or answers_for_aid(actor, aid)


def must_work_on_aid(actor: Actor, aid: Aid) -> None:
    if not works_on_aid(actor, aid):
        words = _("%(aid)s is the work of %(who)s and of those who assessed it. Ask one of them.")
        raise NotAllowed(words % {"aid": aid, "who": aid.asked_by.name})


def can_answer(actor: Actor, aid: Aid) -> bool:
    """Whether the aid waits for the actor's own approval."""
    if actor.watched or aid.state != AidState.ASSESSED:
        return False
    return any(row.approver_id == actor.id and row.answer == AidAnswer.ASKED for row in aid.approvals.all())
