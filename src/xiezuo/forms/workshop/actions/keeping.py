"""What the house says of packs beside changing them: that one was looked up, where it works, whose signature it takes."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.forms.models import PackVerification, TrustedSigner
from xiezuo.forms.packs import Edition, places
from xiezuo.forms.packs.reading import all_ids
from xiezuo.forms.workshop.access import must
from xiezuo.forms.workshop.files import write_in_use
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Organisation

MOST_PLACES = 60


@transaction.atomic
def note_verified(
    *, by: Actor, of: Edition, verified_on: date, verified_by: str, against: str, on: date
) -> PackVerification:
    """Someone held this version against its sources. Raises RuleBroken where it is not said who did, or against what."""
    must(by, "verify")
    who, what = tidy(verified_by), tidy(against)
    if not who:
        raise RuleBroken("forms.pack.no_name", _("Say who looked it up."), field="verified_by")
    if not what:
        words = _("Say against what it was held: the number and the article, or the title of the page.")
        raise RuleBroken("forms.pack.no_source", words, field="against")
    if verified_on > on:
        raise RuleBroken("forms.pack.later", _("This day has not come yet."), field="verified_on")
    told = {"verified_on": verified_on, "verified_by": who[:60], "against": what[:300]}
    noted = PackVerification.objects.create(pack_id=of.pack_id, version=of.version, noted_by=by.user, **told)
    happened("forms.pack.verified", noted, by_id=by.id, pack=of.pack_id, version=of.version)
    return noted


@transaction.atomic
def use_packs(*, by: Actor, codes: Iterable[str], funders: Iterable[str]) -> None:
    """Say in which provinces, cities and districts the house works, and whose money it has: their packs act then.

    Raises RuleBroken for a code that is no place, and for a funder of whom there is no pack.
    """
    must(by, "edit")
    chosen, paying = sorted(set(codes)), sorted(set(funders))
    known = places()
    if unknown := [code for code in chosen if code not in known]:
        words = _("There is no place with the code %(code)s.")
        raise RuleBroken("forms.pack.no_such_place", words % {"code": unknown[0]}, field="places")
    if len(chosen) > MOST_PLACES:
        words = _("At most %(n)s places can be named. Name the city or the province instead of each district.")
        raise RuleBroken("forms.pack.too_many_places", words % {"n": MOST_PLACES}, field="places")
    if unknown := [one for one in paying if one not in all_ids()]:
        words = _("There is no pack “%(name)s”.")
        raise RuleBroken("forms.pack.no_such_funder", words % {"name": unknown[0]}, field="funders")
    house = Organisation.objects.get(is_house=True)
    happened("forms.packs.in_use", house, by_id=by.id, places=chosen, funders=paying)
    transaction.on_commit(lambda: write_in_use(chosen, paying))


@transaction.atomic
def end_trust(*, by: Actor, signer: TrustedSigner) -> TrustedSigner:
    """Packs with this signature are asked about again. Those that came before stay."""
    must(by, "import")
    signer.ended_at = now()
    signer.save(update_fields=["ended_at"])
    happened("forms.pack.trust_ended", signer, by_id=by.id)
    return signer
