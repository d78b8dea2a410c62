"""How rows of imported sheets follow when two rows of one human become one: brought again, they find who is kept."""

from django.utils.translation import gettext_lazy as _

from xiezuo.exchange.models import ExportedPerson, ImportedRow, PossibleMatch
from xiezuo.people.following import Follows, follow


def tell() -> None:
    follow(
        Follows(model=ImportedRow, column="person", label=_("rows of imported sheets")),
        Follows(model=PossibleMatch, column="person"),
        # Who was in a file that left is a fact of that file.
        Follows(model=ExportedPerson, column="person", stays=True),
    )
