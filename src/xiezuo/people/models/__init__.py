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
from xiezuo.people.models.ending import Destruction, DestructionItem, LegalHold
from xiezuo.people.models.findable import Findable
from xiezuo.people.models.growth import GrowthNote, JourneyEntry
from xiezuo.people.models.merging import Merge, MergedRow, PossibleDuplicate
from xiezuo.people.models.person import Person

__all__ = [
    "Assignment",
    "Collector",
    "Consent",
    "Destruction",
    "DestructionItem",
    "EarlierFact",
    "Findable",
    "GrowthNote",
    "Guardianship",
    "Household",
    "HouseholdMember",
    "JourneyEntry",
    "LegalHold",
    "Merge",
    "MergedRow",
    "Person",
    "PossibleDuplicate",
    "PrivacyNotice",
    "ReadLog",
    "Relationship",
    "RolePeriod",
]
