from xiezuo.people.models.around import (
    Assignment,
    Household,
    HouseholdMember,
    ReadLog,
    Relationship,
    RolePeriod,
)
from xiezuo.people.models.caring import Collector, Guardianship
from xiezuo.people.models.check import BackgroundCheck
from xiezuo.people.models.consent import Consent, PrivacyNotice
from xiezuo.people.models.earlier import EarlierFact
from xiezuo.people.models.ending import Destruction, DestructionItem, LegalHold
from xiezuo.people.models.findable import Findable
from xiezuo.people.models.growth import GrowthNote, JourneyEntry
from xiezuo.people.models.member import MemberLink
from xiezuo.people.models.merging import Merge, MergedRow, PossibleDuplicate
from xiezuo.people.models.outgoing import MessageWish, OutgoingMessage
from xiezuo.people.models.owed import Breach, BreachTelling, ImpactAssessment, MinorsAudit
from xiezuo.people.models.person import Person
from xiezuo.people.models.rights import Complaint, DataRequest, Restriction
from xiezuo.people.models.seeing import AccessRequest
from xiezuo.people.models.sensitive import SENSITIVE, SensitiveFacts
from xiezuo.people.models.task import Task, Timeline

__all__ = [
    "SENSITIVE",
    "AccessRequest",
    "Assignment",
    "BackgroundCheck",
    "Breach",
    "BreachTelling",
    "Collector",
    "Complaint",
    "Consent",
    "DataRequest",
    "Destruction",
    "DestructionItem",
    "EarlierFact",
    "Findable",
    "GrowthNote",
    "Guardianship",
    "Household",
    "HouseholdMember",
    "ImpactAssessment",
    "JourneyEntry",
    "LegalHold",
    "MemberLink",
    "Merge",
    "MergedRow",
    "MessageWish",
    "MinorsAudit",
    "OutgoingMessage",
    "Person",
    "PossibleDuplicate",
    "PrivacyNotice",
    "ReadLog",
    "Relationship",
    "Restriction",
    "RolePeriod",
    "SensitiveFacts",
    "Task",
    "Timeline",
]
