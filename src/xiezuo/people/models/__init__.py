from xiezuo.people.models.around import (
    Assignment,
    Consent,
    Household,
    HouseholdMember,
    ReadLog,
    Relationship,
    RolePeriod,
)
from xiezuo.people.models.merging import Merge, MergedRow, PossibleDuplicate
from xiezuo.people.models.person import Person

__all__ = [
    "Assignment",
    "Consent",
    "Household",
    "HouseholdMember",
    "Merge",
    "MergedRow",
    "Person",
    "PossibleDuplicate",
    "ReadLog",
    "Relationship",
    "RolePeriod",
]
