from xiezuo.people.models.around import (
    Assignment,
    Household,
    HouseholdMember,
    ReadLog,
    Relationship,
    RolePeriod,
)
from xiezuo.people.models.caring import Collector, Guardianship
from xiezuo.people.models.consent import Consent, PrivacyNotice
from xiezuo.people.models.earlier import EarlierFact
from xiezuo.people.models.findable import Findable
from xiezuo.people.models.growth import GrowthNote, JourneyEntry
from xiezuo.people.models.merging import Merge, MergedRow, PossibleDuplicate
from xiezuo.people.models.owed import Breach, BreachTelling, ImpactAssessment, MinorsAudit
from xiezuo.people.models.person import Person
from xiezuo.people.models.seeing import AccessRequest
from xiezuo.people.models.sensitive import SENSITIVE, SensitiveFacts

__all__ = [
    "SENSITIVE",
    "AccessRequest",
    "Assignment",
    "Breach",
    "BreachTelling",
    "Collector",
    "Consent",
    "EarlierFact",
    "Findable",
    "GrowthNote",
    "Guardianship",
    "Household",
    "HouseholdMember",
    "ImpactAssessment",
    "JourneyEntry",
    "Merge",
    "MergedRow",
    "MinorsAudit",
    "Person",
    "PossibleDuplicate",
    "PrivacyNotice",
    "ReadLog",
    "Relationship",
    "RolePeriod",
    "SensitiveFacts",
]
