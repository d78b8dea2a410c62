"""What of a case, or of its person, is still open in other parts of the work, so that the case cannot close (CAS-3)."""

from django.utils.translation import gettext as _

from xiezuo.service.access.referrals import open_referrals
from xiezuo.service.access.risks import open_risk_reports
from xiezuo.service.models import Case


def open_things(case: Case) -> list[str]:
    """By name: risk reports that nobody has closed, and referrals that wait for an answer or for what became of them."""
    risks = [
        _("the risk report %(number)s, which is still open") % {"number": one.number}
        for one in open_risk_reports(case.person)
    ]
    referrals = [
        _("the referral %(number)s, of which nobody has written what became of it") % {"number": one.number}
        for one in open_referrals(case)
    ]
    return risks + referrals
