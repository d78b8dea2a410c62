"""What people do with cases. A case is moved by its forms: what each form of a case means is told here when the floor starts."""

from xiezuo.service.actions.cases.aside import resume_case, suspend_case
from xiezuo.service.actions.cases.beginning import ACCEPTANCE, INTAKE
from xiezuo.service.actions.cases.closing import CLOSURE, archive_case
from xiezuo.service.actions.cases.conferring import AboutCase, TaskOfConference, hold_conference
from xiezuo.service.actions.cases.handing import hand_cases_over
from xiezuo.service.actions.cases.planning import ASSESSMENT, PLAN
from xiezuo.service.actions.cases.supervising import SUPERVISION, receive_supervision
from xiezuo.service.actions.cases.working import CONTACT_NOTE, REVIEW
from xiezuo.service.actions.sequels import tell_sequel

__all__ = [
    "AboutCase",
    "TaskOfConference",
    "archive_case",
    "hand_cases_over",
    "hold_conference",
    "receive_supervision",
    "resume_case",
    "suspend_case",
    "tell",
]


def tell() -> None:
    tell_sequel("intake", INTAKE)
    tell_sequel("acceptance", ACCEPTANCE)
    tell_sequel("assessment", ASSESSMENT)
    tell_sequel("plan", PLAN)
    tell_sequel("contact_note", CONTACT_NOTE)
    tell_sequel("review", REVIEW)
    tell_sequel("closure", CLOSURE)
    tell_sequel("supervision", SUPERVISION)
