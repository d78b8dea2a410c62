"""`xiezuo import`: workbooks, read and understood at the command line."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xiezuo.config.cli import Stop, django
from xiezuo.config.cli.words import _

if TYPE_CHECKING:
    from xiezuo.exchange.models import ImportBatch
    from xiezuo.exchange.sheets import KnownLayout
    from xiezuo.orgs.access import Actor
    from xiezuo.orgs.models import Site


@click.group(help=_("Workbooks: see how they are understood, take them in, take them back."))
def command() -> None:
    pass


def _summary(understood: dict[str, Any]) -> list[str]:
    """A few lines for people: each sheet, its part, how many records were found."""
    found = Counter((record["sheet"], record["type"]) for record in understood["records"])
    wrong = Counter(problem["sheet"] for problem in understood["problems"])
    lines = []
    for sheet in understood["sheets"]:
        name = sheet["name"]
        records = ", ".join(f"{n} {kind}" for (of, kind), n in found.items() if of == name) or "-"
        problems = _("%(n)s problems") % {"n": wrong[name]}
        lines.append(f"  {name}: {sheet['role']} · {sheet['kind']}: {records}; {problems}")
    return lines


def _known(pack: Path) -> tuple[KnownLayout, ...]:
    """The layouts of a pack. Raises Stop for a broken one."""
    from xiezuo.exchange.layout_packs import BrokenPack, layouts_in

    try:
        return tuple(packed.layout for packed in layouts_in(pack.read_bytes()))
    except BrokenPack as problem:
        words = _("The layouts in %(file)s cannot be used (%(why)s). Nothing was read.")
        raise Stop(words % {"file": pack.name, "why": problem}) from problem


@command.command(
    help=_("Read workbooks and say how each sheet is understood. Nothing is written into the house."),
    epilog=_("Examples: xiezuo import inspect 台账.xlsx · xiezuo import inspect *.xls --json out"),
)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "folder", type=click.Path(file_okay=False, path_type=Path), help=_("Write JSON files here."))
@click.option(
    "--layouts",
    "pack",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("Read tables by the layouts of this file, exported from the layouts page."),
)
def inspect(files: tuple[Path, ...], folder: Path | None, pack: Path | None) -> None:
    from xiezuo.exchange.sheets import Layouts, UnreadableWorkbook, read_workbook, workbook_as_json

    layouts = Layouts(known=_known(pack)) if pack else Layouts()
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    unreadable = 0
    with click.progressbar(files, label=_("Reading"), hidden=len(files) < 2) as bar:
        for path in bar:
            try:
                understood = workbook_as_json(read_workbook(path, path.name, layouts))
            except UnreadableWorkbook as error:
                unreadable += 1
                click.echo(_("%(file)s cannot be read (%(why)s).") % {"file": path.name, "why": error.code}, err=True)
                continue
            if folder:
                text = json.dumps(understood, ensure_ascii=False, indent=1)
                (folder / f"{path.name}.json").write_text(text, encoding="utf-8")
            else:
                click.echo("\n".join([path.name, *_summary(understood)]))
    if unreadable:
        raise Stop(_("%(n)s of %(all)s files could not be read.") % {"n": unreadable, "all": len(files)})


@command.command(
    help=_("Take workbooks into the house, as the import page does. Each can be undone as a whole."),
    epilog=_("Example: xiezuo import apply 台账.xlsx --as chenli --site 东区童缘"),
)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "username", required=True, help=_("In whose name: a colleague who works with people."))
@click.option("--site", default="", help=_("Where people and rows without a centre belong."))
def apply(files: tuple[Path, ...], username: str, site: str) -> None:
    django.start()
    django.must_be_up_to_date()
    from xiezuo.orgs.models import Site

    by = django.acting(username)
    place = Site.objects.filter(name=site).first() if site else None
    if site and place is None:
        raise Stop(_("There is no site called %(name)s. Nothing was changed.") % {"name": site})
    for path in files:
        click.echo(_apply_one(path, by, place))


def _apply_one(path: Path, by: Actor, place: Site | None) -> str:
    """What became of one file, as a sentence. Interrupted, `serve` goes on with it."""
    from xiezuo.exchange.actions.at_once import take_in_at_once
    from xiezuo.exchange.vocab import BatchState

    with click.progressbar(length=1, label=_("Taking in"), show_pos=True, show_eta=True) as bar:

        def told(batch: ImportBatch) -> None:
            bar.length = batch.rows_total
            bar.update(min(batch.rows_done, batch.rows_total) - bar.pos)

        content = path.read_bytes()
        batch, taken = take_in_at_once(by=by, content=content, file_name=path.name, site=place, told=told)
    if batch.state == BatchState.UNREADABLE:
        words = _("%(file)s cannot be read (%(why)s); nothing was added.")
        return words % {"file": path.name, "why": batch.why_unreadable}
    if not taken:
        words = _("%(file)s was imported before (import %(id)s); nothing was added.")
        return words % {"file": path.name, "id": batch.pk}
    words = _("%(file)s is import %(id)s: %(people)s people, %(households)s households, %(services)s services.")
    return words % {"file": path.name, "id": batch.pk, **batch.summary}


@command.command(
    help=_("Take a whole import back. What people wrote on it since is kept, and said."),
    epilog=_("Example: xiezuo import undo 12 --as chenli"),
)
@click.argument("number", type=int)
@click.option("--as", "username", required=True, help=_("In whose name: a colleague who works with people."))
def undo(number: int, username: str) -> None:
    django.start()
    django.must_be_up_to_date()
    from xiezuo.exchange.access import batch_for
    from xiezuo.exchange.actions.undoing import undo_import

    by = django.acting(username)
    batch = undo_import(by=by, batch=batch_for(by, number))
    words = _("Import %(id)s is undone. Kept because of later work: %(people)s people, %(services)s services.")
    kept = {"people": batch.summary["kept_people"], "services": batch.summary["kept_records"]}
    click.echo(words % {"id": batch.pk, **kept})
