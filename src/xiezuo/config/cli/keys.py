"""`xiezuo keys`: new keys for the house."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from xiezuo.config import worker
from xiezuo.config.cli import Stop, django
from xiezuo.config.cli.words import _


@click.group(help=_("The keys of the house."))
def command() -> None:
    pass


@command.command(
    help=_(
        "Give the house new keys and seal every encrypted value with them. It may be interrupted at any moment; the "
        "same command goes on. The old key file is kept beside the new one until you put it away."
    ),
    epilog=_("Example: stop the house, xiezuo backup /media/backup, xiezuo keys rotate, xiezuo check, xiezuo serve"),
)
def rotate() -> None:
    house = django.start()
    django.must_be_up_to_date()
    if worker.is_alive(house.folder):
        raise Stop(_("This house is being served. Stop it first (Ctrl+C, or its service), then run this again."))
    from django.utils import timezone

    _begin(house.folder, timezone.now())
    click.echo(_("%(n)s values are sealed with the new key.") % {"n": f"{_seal():,}"})
    _retire(house.folder)
    click.echo(
        _("The keys of the house are new. Put keys.toml where you keep its copy; old backups need the old file.")
    )


def _begin(folder: Path, at: datetime) -> None:
    """New keys beside the old ones; where an earlier run was interrupted, its keys are gone on with."""
    from django.conf import settings
    from django.db.models import Max

    from xiezuo.common.keys import house_keys, read_keys, replace_keys, rotated
    from xiezuo.common.models import Event

    if len(house_keys().field_keys) > 1:
        click.echo(_("Going on where it was interrupted."))
        return
    last = Event.objects.aggregate(last=Max("pk"))["last"] or 0
    kept = replace_keys(folder, rotated(house_keys(), last_event=last, at=at), beside=f"{at:%Y%m%d-%H%M%S}")
    settings.XIEZUO_KEYS = read_keys(folder)
    click.echo(_("The old key file is kept: %(path)s.") % {"path": kept})


def _seal() -> int:
    from xiezuo.common.resealing import reseal_all
    from xiezuo.config.cli.reindex import reindex
    from xiezuo.people.models import SensitiveFacts
    from xiezuo.people.sensitive import number_is_sealed_anew

    def told(field: object, texts: Sequence[tuple[int, str]]) -> None:
        if field is SensitiveFacts._meta.get_field("id_number"):
            number_is_sealed_anew(texts)

    done = reseal_all(told)
    _must_be_whole()
    click.echo(reindex())  # the words by which a number finds its bearer
    return done


def _must_be_whole() -> None:
    """Raises Stop where something is sealed with another key than the current one: that key was lost."""
    from xiezuo.common.keys import house_keys
    from xiezuo.common.resealing import keys_in_use

    current = house_keys().current
    for place, used in keys_in_use().items():
        lost = sorted(set(used) - {current})
        if lost:
            words = _(
                "%(n)s values in %(place)s were sealed with the key %(key)s, which keys.toml does not hold. Put its line "
                "back from a copy of the file and run this again; until then they cannot be read. No key was thrown away."
            )
            raise Stop(words % {"n": sum(used[key] for key in lost), "place": place, "key": ", ".join(lost)})


def _retire(folder: Path) -> None:
    """Take the old keys out, which nothing uses any more."""
    from django.conf import settings

    from xiezuo.common.keys import house_keys, read_keys, replace_keys, retired

    replace_keys(folder, retired(house_keys()))
    settings.XIEZUO_KEYS = read_keys(folder)
