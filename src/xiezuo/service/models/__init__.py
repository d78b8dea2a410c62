from xiezuo.service.models.case import Case, CaseStep
from xiezuo.service.models.filled import FilledForm, FormMention
from xiezuo.service.models.measuring import Goal, GoalScore, Measured, PlacedByHand
from xiezuo.service.models.nickname import NicknameLink
from xiezuo.service.models.participation import Participation, VolunteerPart
from xiezuo.service.models.private_note import PrivateNote
from xiezuo.service.models.record import Evidence, SerialCounter, Series, ServiceRecord

__all__ = [
    "Case",
    "CaseStep",
    "Evidence",
    "FilledForm",
    "FormMention",
    "Goal",
    "GoalScore",
    "Measured",
    "NicknameLink",
    "Participation",
    "PlacedByHand",
    "PrivateNote",
    "SerialCounter",
    "Series",
    "ServiceRecord",
    "VolunteerPart",
]
