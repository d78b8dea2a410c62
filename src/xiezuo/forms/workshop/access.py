"""Who changes packs, who publishes them, who brings some in: roles that a pack names."""

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.forms.models import LocalChange, PackEdition, PackReview, PackVerification, TrustedSigner
from xiezuo.forms.models.pack_edition import WAS_IN_FORCE
from xiezuo.forms.packs import pack
from xiezuo.orgs.access import Actor

WHO = "packs-default"
WORDS: dict[str, Promise] = {
    "edit": _("You may look at packs, not change them. Ask a data steward, a supervisor or the director."),
    "publish": _("Your role does not publish packs. Ask a data steward, a supervisor or the director."),
    "import": _("Your role brings no packs into the house. Ask the system administrator."),
    "verify": _("Your role does not say that a pack was looked up. Ask the data steward."),
}
NONE = _("There is no such version, or it is a draft of a colleague.")


def may(actor: Actor, what: str) -> bool:
    """Whether one of the actor's roles may `edit`, `publish`, `import` or `verify` packs."""
    return bool(actor.roles & set(pack(WHO)["who"][what]))


def must(actor: Actor, what: str) -> None:
    """Raises NotAllowed, with whom to ask."""
    if not may(actor, what):
        raise NotAllowed(WORDS[what])


def works_on_packs(actor: Actor) -> bool:
    return any(may(actor, what) for what in WORDS)


def editions_for(actor: Actor) -> QuerySet[PackEdition]:
    """Versions written here: what was ever in force for everyone on the staff, drafts for those who work on packs."""
    if works_on_packs(actor):
        return PackEdition.objects.all()
    return PackEdition.objects.filter(state__in=WAS_IN_FORCE) if actor.roles else PackEdition.objects.none()


def edition_for(actor: Actor, pk: int) -> PackEdition:
    """One version. Raises NotAllowed."""
    found = editions_for(actor).filter(pk=pk).select_related("author", "published_by").first()
    if found is None:
        raise NotAllowed(NONE)
    return found


def verifications_for(actor: Actor) -> QuerySet[PackVerification]:
    return PackVerification.objects.all() if actor.roles else PackVerification.objects.none()


def reviews_for(actor: Actor) -> QuerySet[PackReview]:
    """Versions that were published alone and are looked at again, for those who publish."""
    return PackReview.objects.all() if may(actor, "publish") else PackReview.objects.none()


def signers_for(actor: Actor) -> QuerySet[TrustedSigner]:
    """Organisations whose packs are taken, for those who bring packs in."""
    return TrustedSigner.objects.all() if may(actor, "import") else TrustedSigner.objects.none()


def review_for(actor: Actor, pk: int) -> PackReview:
    """One version that waits to be looked at again, by the number of its edition. Raises NotAllowed."""
    found = reviews_for(actor).filter(edition=pk).first()
    if found is None:
        raise NotAllowed(WORDS["publish"] if not may(actor, "publish") else NONE)
    return found


def change_for(actor: Actor, pk: int) -> LocalChange:
    """One change of a version. Raises NotAllowed."""
    found = LocalChange.objects.filter(pk=pk, edition__in=editions_for(actor)).select_related("edition").first()
    if found is None:
        raise NotAllowed(NONE)
    return found


def signer_for(actor: Actor, pk: int) -> TrustedSigner:
    """One signer. Raises NotAllowed."""
    found = signers_for(actor).filter(pk=pk).first()
    if found is None:
        raise NotAllowed(WORDS["import"] if not may(actor, "import") else _("There is no such signer."))
    return found
