from xiezuo.service.models.activity import (
    Activity,
    ActivityDay,
    ActivityDimension,
    DayHelper,
    Satisfaction,
    SignIn,
    SignUp,
)
from xiezuo.service.models.aid import Aid, AidApproval, AidHandover, AidStep
from xiezuo.service.models.case import Case, CaseStep
from xiezuo.service.models.case_work import CaseCounter, CaseHandover, FollowUp, FormUnlock
from xiezuo.service.models.ecotie import EcoTie
from xiezuo.service.models.enquiry import Enquiry, HotlineCall
from xiezuo.service.models.entrusted import Entrusting, ParentContact
from xiezuo.service.models.filled import FilledForm, FormMention
from xiezuo.service.models.group import Group, GroupMember, GroupSession
from xiezuo.service.models.labour import LabourInterruption, LabourMatter
from xiezuo.service.models.leaving import ChildAttendance, GoesAlone, TurnedAway
from xiezuo.service.models.measuring import Goal, GoalScore, Measured, PlacedByHand
from xiezuo.service.models.nickname import NicknameLink
from xiezuo.service.models.participation import Participation, VolunteerPart
from xiezuo.service.models.private_note import PrivateNote
from xiezuo.service.models.record import Evidence, SerialCounter, Series, ServiceRecord
from xiezuo.service.models.referral import Referral, ReferralLink, ReferralOpening, Transfer
from xiezuo.service.models.risk import RiskReport, RiskStep
from xiezuo.service.models.together import Conference, ConferenceCase, SupervisionReceipt
from xiezuo.service.models.visit import PlannedVisit
from xiezuo.service.models.workday import DailyReport, Handover
from xiezuo.service.models.youth_group import YouthGroup, YouthGroupStep

__all__ = [
    "Activity",
    "ActivityDay",
    "ActivityDimension",
    "Aid",
    "AidApproval",
    "AidHandover",
    "AidStep",
    "Case",
    "CaseCounter",
    "CaseHandover",
    "CaseStep",
    "ChildAttendance",
    "Conference",
    "ConferenceCase",
    "DailyReport",
    "DayHelper",
    "EcoTie",
    "Enquiry",
    "Entrusting",
    "Evidence",
    "FilledForm",
    "FollowUp",
    "FormMention",
    "FormUnlock",
    "Goal",
    "GoalScore",
    "GoesAlone",
    "Group",
    "GroupMember",
    "GroupSession",
    "Handover",
    "HotlineCall",
    "LabourInterruption",
    "LabourMatter",
    "Measured",
    "NicknameLink",
    "ParentContact",
    "Participation",
    "PlacedByHand",
    "PlannedVisit",
    "PrivateNote",
    "Referral",
    "ReferralLink",
    "ReferralOpening",
    "RiskReport",
    "RiskStep",
    "Satisfaction",
    "SerialCounter",
    "Series",
    "ServiceRecord",
    "SignIn",
    "SignUp",
    "SupervisionReceipt",
    "Transfer",
    "TurnedAway",
    "VolunteerPart",
    "YouthGroup",
    "YouthGroupStep",
]
