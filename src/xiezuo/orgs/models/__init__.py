from xiezuo.orgs.models.organisation import (
    Funding,
    LegalIdentity,
    Membership,
    Organisation,
    Programme,
    Project,
    Site,
)
from xiezuo.orgs.models.user import User

__all__ = ["Funding", "LegalIdentity", "Membership", "Organisation", "Programme", "Project", "Site", "User"]
