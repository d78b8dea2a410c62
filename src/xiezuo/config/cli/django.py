"""Starting Django for a command, with the refusals that come before any work."""

import os
from typing import TYPE_CHECKING

from xiezuo.config.cli import Stop
from xiezuo.config.cli.words import LANGUAGE, _
from xiezuo.config.house import House, read_house

if TYPE_CHECKING:
    from xiezuo.orgs.access import Actor


def start(*, without_keys: bool = False) -> House:
    """Load the settings of the house. Raises Stop when it has no readable key file, unless that is expected."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiezuo.config.settings")
    house = read_house()
    if not without_keys:
        _must_have_keys(house)
    import django
    from django.utils import translation

    django.setup()
    translation.activate(LANGUAGE)
    return house


def _must_have_keys(house: House) -> None:
    from xiezuo.common.keys import KEY_FILE, KeysMissing, read_keys

    try:
        read_keys(house.folder)
    except KeysMissing as error:
        path = house.folder / KEY_FILE
        if path.exists():
            words = _("The key file %(path)s cannot be read. Put your copy of it in its place.")
        elif house.folder.exists() and any(house.folder.iterdir()):
            words = _("The key file %(path)s is missing. Put your copy of it there; without it nothing is opened.")
        else:
            words = _("There is no house at %(folder)s. Make one with: xiezuo init")
        raise Stop(words % {"path": path, "folder": house.folder}) from error


def must_be_up_to_date() -> None:
    """Raises Stop when the database lacks migrations of this version."""
    from xiezuo.config.health import pending_migrations

    pending = pending_migrations()
    if pending:
        words = _("The database is from an older version (%(n)s steps behind). Run: xiezuo upgrade")
        raise Stop(words % {"n": len(pending)})


def acting(username: str) -> "Actor":
    """The colleague in whose name something is done. Raises Stop when there is no such account."""
    from xiezuo.orgs.access import actor_for
    from xiezuo.orgs.models import User

    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise Stop(_("There is no active account with the user name %(name)s.") % {"name": username})
    return actor_for(user)
