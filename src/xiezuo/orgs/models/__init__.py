from xiezuo.orgs.models.calendar import CalendarAddress
from xiezuo.orgs.models.door import Attempt, Authenticator, Invitation, LoginSession, Passkey, RecoveryCode
from xiezuo.orgs.models.organisation import (
    Funding,
    LegalIdentity,
    Membership,
    Organisation,
    Programme,
    Project,
    Site,
)
from xiezuo.orgs.models.program_key import ProgramKey
from xiezuo.orgs.models.restriction import DonorAgreement, DonorRestriction
from xiezuo.orgs.models.user import User

__all__ = [
    "Attempt",
    "Authenticator",
    "CalendarAddress",
    "DonorAgreement",
    "DonorRestriction",
    "Funding",
    "Invitation",
    "LegalIdentity",
    "LoginSession",
    "Membership",
    "Organisation",
    "Passkey",
    "ProgramKey",
    "Programme",
    "Project",
    "RecoveryCode",
    "Site",
    "User",
]
