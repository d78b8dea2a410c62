"""My consents: to what, how it stands, and one press to take a yes back or to give it again."""

from dataclasses import dataclass
from typing import Literal

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from xiezuo.common.days import now, today
from xiezuo.people.actions import answer_consent, own_answer
from xiezuo.people.consents import Standing, guardian_decides, guardians_on, needed, standings
from xiezuo.people.members import Member
from xiezuo.people.models import Consent, PrivacyNotice
from xiezuo.people.queries import consent_answers, notices_of_today
from xiezuo.people.vocab import Assent, ConsentPurpose, ConsentState
from xiezuo.web.base.pages import MEMBER, MemberRequest, page
from xiezuo.web.member.words import shell

STANDS: dict[str, Promise] = {
    "not_asked": _("Nobody has asked. It is not done."),
    "no_answer": _("You were asked and have not answered yet. It is not done."),
    "refused": _("The answer was no. It is not done."),
    "withdrawn": _("The yes was taken back. It is no longer done."),
    "expired": _("The yes has run out. It is not done until you say yes again."),
    "new_text": _("The text is new. It is not done until you have read it and say yes again."),
    "child_says_no": _("The child does not want it. It is not done."),
    "guardian_not_asked": _("A guardian has to say yes as well. Until then it is not done."),
    "guardian_only": _("A guardian once said yes. Now you decide; it is not done until you answer."),
    "resting": _("Your record rests, as you asked. It is not done."),
}
NOT_NOW = {"resting", "guardian_not_asked"}
SHOWN = ("what_for", "kinds", "way", "period", "effect", "rights")


@dataclass(frozen=True)
class Purpose:
    """One purpose as the looker reads it; `says` are the paragraphs of its text."""

    code: str
    label: str | Promise
    says: list[str]
    plain: str
    kind: Literal["ok", ""]
    stands: str | Promise
    answer: Consent | None
    may_take_back: bool
    may_give: bool
    is_open_question: bool  # a no stays a no: only who has not answered yet is shown the text unfolded


def _purpose(
    member: Member, one: Standing, last: Consent | None, current: PrivacyNotice | None, guarded: bool
) -> Purpose:
    """`guarded`: the person has a guardian by law."""
    purpose = one.purpose
    mine = own_answer(member, purpose)
    whose = needed(member.subject, purpose, today(), guarded)
    decides = whose.own if member.own else whose.guardian
    given = mine is not None and mine.state == ConsentState.GIVEN
    return Purpose(
        code=purpose,
        label=purpose.label,
        says=[current.says[name] for name in SHOWN if current.says.get(name)] if current else [],
        plain=current.plain if current else "",
        kind="ok" if one.is_open else "",
        stands=_("Yes. It is done as long as nobody takes it back.") if one.is_open else STANDS[one.code],
        answer=last,
        may_take_back=given,
        may_give=bool(current and decides and last and not one.is_open and one.code not in NOT_NOW),
        is_open_question=one.code in {"no_answer", "expired", "new_text", "guardian_only"},
    )


def purposes_of(member: Member) -> tuple[list[Purpose], list[str | Promise]]:
    """What somebody asked about, and the labels of what nobody has asked about."""
    found = standings([member.subject], list(ConsentPurpose), today())[member.subject.pk]
    guarded = bool(guardians_on(member.subject, today()))
    notices, answers = notices_of_today(), dict(consent_answers(member.subject))
    asked = [
        _purpose(member, one, answers[one.purpose], notices.get(one.purpose), guarded)
        for one in found
        if answers[one.purpose] is not None
    ]
    return asked, [one.purpose.label for one in found if answers[one.purpose] is None]


@page(MEMBER)
@require_GET
def consents(request: MemberRequest) -> HttpResponse:
    member = request.member
    asked, not_asked = purposes_of(member)
    child = not member.own and guardian_decides(member.subject, today())
    what = shell(member, "member_consents") | {
        "purposes": asked,
        "not_asked": not_asked,
        "child": child,
        "assents": Assent.choices,
        "done": request.GET.get("done", ""),
    }
    return render(request, "member/consents.html", what)


@page(MEMBER)
@require_POST
def answer(request: MemberRequest) -> HttpResponse:
    """One press; it holds from the next question on. Nobody is asked why."""
    purpose, yes = request.POST.get("purpose", ""), request.POST.get("yes") == "1"
    assent = request.POST.get("assent", "")
    if purpose not in ConsentPurpose.values:
        raise Http404
    answer_consent(
        member=request.member,
        purpose=ConsentPurpose(purpose),
        state=ConsentState.GIVEN if yes else ConsentState.WITHDRAWN,
        at=now(),
        assent=Assent(assent) if assent in Assent.values else None,
    )
    response = redirect("member_consents")
    response["Location"] += f"?done={purpose}#{purpose}"
    return response
