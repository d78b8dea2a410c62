"""What people do with aid. An aid is moved by its three forms: what each of them means is told here when the floor starts."""

from xiezuo.service.actions.aid.afterwards import follow_up_aid, may_report, report_aid
from xiezuo.service.actions.aid.applying import APPLICATION, AidAsked, ask_for_aid
from xiezuo.service.actions.aid.approving import approve_aid, ask_another, reject_aid, withdraw_aid
from xiezuo.service.actions.aid.assessing import ASSESSMENT, AidProposed, assess_aid
from xiezuo.service.actions.aid.handing_over import HANDING_OVER, AidGiven, hand_over_aid
from xiezuo.service.actions.sequels import tell_sequel

__all__ = [
    "AidAsked",
    "AidGiven",
    "AidProposed",
    "approve_aid",
    "ask_another",
    "ask_for_aid",
    "assess_aid",
    "follow_up_aid",
    "hand_over_aid",
    "may_report",
    "reject_aid",
    "report_aid",
    "tell",
    "withdraw_aid",
]


def tell() -> None:
    tell_sequel("aid_application", APPLICATION)
    tell_sequel("aid_assessment", ASSESSMENT)
    tell_sequel("aid_distribution", HANDING_OVER)
