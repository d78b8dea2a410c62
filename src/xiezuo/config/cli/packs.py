"""`xiezuo packs`: look at packs, verify them, give them away and take them in."""

from pathlib import Path

import click

from xiezuo.config.cli import Stop, django
from xiezuo.config.cli.words import _


@click.group(help=_("Packs: what differs by place, year and funder, as data."))
def command() -> None:
    pass


@command.command(name="list", help=_("Every pack with its kind, version, days and how far it was looked up."))
def list_() -> None:
    django.start()
    from xiezuo.forms.packs import edition
    from xiezuo.forms.packs.finding import acts
    from xiezuo.forms.packs.reading import all_ids

    for pack_id in all_ids():
        held = edition(pack_id)
        own = _("own") if held.own else _("shipped")
        where = held.place or held.level
        silent = "" if acts(held) else " · " + _("does not act here")
        click.echo(f"{pack_id} {held.version} · {held.kind} · {where} · {held.body['mark']} · {own}{silent}")


@command.command(
    help=_("Verify packs: all that are here, or files. Ends with 1 when one is broken."),
    epilog=_("Examples: xiezuo packs check · xiezuo packs check centre-checklist.xzpack"),
)
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    django.start()
    from xiezuo.forms.packs.beside import problems_here
    from xiezuo.forms.packs.reading import all_ids, broken_packs, versions
    from xiezuo.forms.workshop.actions.carrying import open_parcel

    wrong = [str(one) for one in broken_packs()]
    if files:
        told = [(path.name, open_parcel(path.read_bytes()).body) for path in files]
    else:
        told = [(f"{one.pack_id} {one.version}", one.body) for pack_id in all_ids() for one in versions(pack_id)]
    for name, body in told:
        found = problems_here(body)
        wrong += [f"{name}: {problem}" for problem in found]
        click.echo(f"{'✗' if found else '✓'} {name}")
    for line in wrong:
        click.echo(line, err=True)
    if wrong:
        raise Stop(_("%(n)s things are wrong.") % {"n": len(wrong)})


@command.command(
    help=_("Write one pack as a signed file that another house can take in."),
    epilog=_("Example: xiezuo packs export centre-checklist --as heqing"),
)
@click.argument("pack_id")
@click.option("--as", "username", required=True, help=_("In whose name."))
@click.option(
    "--to", type=click.Path(file_okay=False, path_type=Path), default=Path(), help=_("The folder to write into.")
)
def export(pack_id: str, username: str, to: Path) -> None:
    django.start()
    django.must_be_up_to_date()
    from xiezuo.forms.packs import edition
    from xiezuo.forms.workshop.actions import export_pack
    from xiezuo.forms.workshop.parcels import SUFFIX

    try:
        held = edition(pack_id)
    except FileNotFoundError as error:
        raise Stop(_("There is no pack called %(name)s.") % {"name": pack_id}) from error
    path = to / f"{held.pack_id}-{held.version}{SUFFIX}"
    path.write_bytes(export_pack(by=django.acting(username), of=held))
    click.echo(_("Written to %(path)s.") % {"path": path})


@command.command(
    name="import",
    help=_("Take a signed pack in as a draft; a colleague reads and publishes it."),
    epilog=_("Example: xiezuo packs import centre-checklist-1.3.xzpack --as zhiyuan"),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "username", required=True, help=_("In whose name."))
@click.option("--trust", default="", help=_("The fingerprint of a signer that was compared with them."))
def import_(file: Path, username: str, trust: str) -> None:
    django.start()
    django.must_be_up_to_date()
    from xiezuo.forms.workshop.actions import import_pack
    from xiezuo.forms.workshop.actions.carrying import open_parcel, signer_of

    by, content = django.acting(username), file.read_bytes()
    parcel = open_parcel(content)
    compared = trust.replace(" ", "").upper() == parcel.fingerprint.replace(" ", "")
    if signer_of(parcel) is None and not compared:
        words = _('Signed by %(name)s, fingerprint %(print)s. Compare it with them, then add: --trust "%(print)s"')
        click.echo(words % {"name": parcel.organisation, "print": parcel.fingerprint}, err=True)
    edition = import_pack(by=by, content=content, trust=compared)
    click.echo(_("Taken in as a draft: %(pack)s.") % {"pack": edition})
