from xiezuo.service.models.case import Case, CaseStep
from xiezuo.service.models.case_work import CaseCounter, FollowUp, FormUnlock, HandOver
from xiezuo.service.models.filled import FilledForm, FormMention
from xiezuo.service.models.measuring import Goal, GoalScore, Measured, PlacedByHand
from xiezuo.service.models.nickname import NicknameLink
from xiezuo.service.models.participation import Participation, VolunteerPart
from xiezuo.service.models.private_note import PrivateNote
from xiezuo.service.models.record import Evidence, SerialCounter, Series, ServiceRecord
from xiezuo.service.models.together import Conference, ConferenceCase, SupervisionReceipt

__all__ = [
    "Case",
    "CaseCounter",
    "CaseStep",
    "Conference",
    "ConferenceCase",
    "Evidence",
    "FilledForm",
    "FollowUp",
    "FormMention",
    "FormUnlock",
    "Goal",
    "GoalScore",
    "HandOver",
    "Measured",
    "NicknameLink",
    "Participation",
    "PlacedByHand",
    "PrivateNote",
    "SerialCounter",
    "Series",
    "ServiceRecord",
    "SupervisionReceipt",
    "VolunteerPart",
]
