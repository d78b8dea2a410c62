"""Words of the house itself, which are the first that a stranger would try as a password."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from xiezuo.forms.packs import pack
from xiezuo.orgs.models import User
from xiezuo.orgs.queries import all_sites, house_full_name, house_name


class NotTheHousesOwnWords:
    """Refuses a password that is little more than a name of the house, of a site, or a word of pack login-default.

    At least six signs beside such a word make it a sentence of one's own.
    """

    OWN_SIGNS = 6

    def _words(self) -> list[str]:
        names = [house_name(), house_full_name(), *(site.name for site in all_sites())]
        return [word.casefold() for word in [*names, *pack("login-default")["password"]["words"]] if len(word) > 1]

    def validate(self, password: str, user: User | None = None) -> None:
        rest = password.casefold()
        for word in sorted(self._words(), key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(rest) != len(password) and len(rest) < self.OWN_SIGNS:
            raise ValidationError(_("This is close to a name of the house, which is tried first. Choose other words."))

    def get_help_text(self) -> str:
        return _("Not the name of the organisation or of a site.")
