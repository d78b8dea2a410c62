"""What a donor reads of their gift leaves the house as one workbook, and that it did is written down."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.common.events import happened
from xiezuo.exchange.evidence.aid import aid_table
from xiezuo.orgs.access import Actor, funding_for
from xiezuo.orgs.models import Funding
from xiezuo.service.aid.totals import totals_of


@dataclass(frozen=True)
class DonorFile:
    name: str
    content: bytes


@transaction.atomic
def tell_donor(*, by: Actor, funding: Funding, first: date, last: date) -> DonorFile:
    """Write the workbook. Raises NotAllowed for whoever does not answer to the donor."""
    funding = funding_for(by, funding.pk)
    content = aid_table(totals_of(by, funding, first, last))
    happened("exchange.donor.told", funding, by_id=by.id, sha256=sha256(content).hexdigest())
    name = _("What the gift did, %(funding)s, %(first)s to %(last)s.xlsx")
    told = name % {"funding": funding, "first": first.isoformat(), "last": last.isoformat()}
    return DonorFile(told.replace("/", "-"), content)
