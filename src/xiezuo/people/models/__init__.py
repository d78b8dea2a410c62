from xiezuo.people.models.around import (
    Assignment,
    Consent,
    Household,
    HouseholdMember,
    ReadLog,
    Relationship,
    RolePeriod,
)
from xiezuo.people.models.findable import Findable
from xiezuo.people.models.person import Person

__all__ = [
    "Assignment",
    "Consent",
    "Findable",
    "Household",
    "HouseholdMember",
    "Person",
    "ReadLog",
    "Relationship",
    "RolePeriod",
]
