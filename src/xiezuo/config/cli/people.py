"""`xiezuo people`: looking through a list, or the house, for people who were written down twice."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xiezuo.config.cli import Stop, django
from xiezuo.config.cli.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiezuo.people.matching.batch import Model
    from xiezuo.people.matching.batch.grouping import Told

READ = click.Path(exists=True, dir_okay=False, path_type=Path)
WRITE = click.Path(dir_okay=False, path_type=Path)


@click.group(help=_("People: find those who were written down twice."))
def command() -> None:
    pass


@command.command(
    help=_(
        "Put together the lines of a list that are one person, or look through the house for people written down "
        "twice. Nobody is merged: the files say who may be who. The list is a CSV file with the columns record_id and "
        "name and, as far as known, sex, birth_date, id_number, phone, address, guardian_name, school_or_work."
    ),
    epilog=_(
        "Examples: xiezuo people match people.csv --out groups.csv --review look-at.csv · "
        "xiezuo people match --house --review look-at.csv · xiezuo people match --house --as chenli"
    ),
)
@click.argument("file", required=False, type=READ)
@click.option("--out", type=WRITE, help=_("Write record_id and cluster_id here."))
@click.option("--review", type=WRITE, help=_("Write pairs that deserve a human eye here, with reasons."))
@click.option("--house", "whole_house", is_flag=True, help=_("Look through the people of the house instead of a file."))
@click.option("--as", "username", help=_("With --house: put the pairs into the queue of this supervisor's house."))
@click.option("--weights", type=READ, help=_("Use these weights, written by xiezuo people learn."))
def match(
    file: Path | None,
    out: Path | None,
    review: Path | None,
    whole_house: bool,
    username: str | None,
    weights: Path | None,
) -> None:
    if whole_house:
        if file is not None or out is not None or (review is None) == (username is None):
            raise click.UsageError(_("--house goes with --review or with --as, and without a file and --out."))
        return _match_house(review, weights) if review else _fill_queue(str(username), weights)
    if file is None or out is None:
        raise click.UsageError(_("Name a file and, with --out, where the groups go."))
    return _match_file(file, out, review, weights)


def _match_file(file: Path, out: Path, review: Path | None, weights: Path | None) -> None:
    django.start(without_keys=True)
    from xiezuo.config.cli import people_files
    from xiezuo.people.matching.batch import grouped, to_look_at

    model = _model(weights)
    records = people_files.read_records(file)
    with _progress(len(records)) as told:
        groups = grouped(records, model, told)
    people_files.write_groups(out, groups)
    several = sum(len(members) > 1 for members in groups.members.values())
    words = _("%(lines)s lines are %(people)s people; %(several)s of them have several lines.")
    click.echo(words % {"lines": len(records), "people": len(groups.members), "several": several})
    if review is not None:
        pairs = sorted(to_look_at(groups, model), key=lambda pair: -pair.weight)
        people_files.write_review(review, pairs, "record_id")
        click.echo(_("%(n)s pairs deserve a human eye: %(file)s") % {"n": len(pairs), "file": review.name})


def _match_house(review: Path, weights: Path | None) -> None:
    django.start()
    django.must_be_up_to_date()
    from xiezuo.config.cli import people_files
    from xiezuo.people.matching.batch import proposals_of_house
    from xiezuo.people.models import Person

    people, model = Person.objects.filter(merged_into=None, erased_on=None), _model(weights)
    with _progress(people.count()) as told:
        pairs = list(proposals_of_house(people, model, told))
    people_files.write_review(review, pairs, "person_id")
    words = _("%(n)s pairs of people may be one person: %(file)s. Nothing in the house was changed.")
    click.echo(words % {"n": len(pairs), "file": review.name})


def _fill_queue(username: str, weights: Path | None) -> None:
    django.start()
    django.must_be_up_to_date()
    from xiezuo.common.errors import NotAllowed
    from xiezuo.people.actions import look_for_duplicates

    try:
        new = look_for_duplicates(by=django.acting(username), model=_model(weights))
    except NotAllowed as refusal:
        raise Stop(str(refusal)) from refusal
    click.echo(_("%(n)s new pairs wait under “Written down twice?”. Nobody was merged.") % {"n": new})


@command.command(
    help=_(
        "Learn how much each agreement tells from a list in which it is known who is who: a second file with "
        "record_id and entity_id. It may name only some of the lines, but of each person all of them."
    ),
    epilog=_(
        "Example: xiezuo people learn people.csv --who known.csv --out weights.toml, then "
        "xiezuo people match people.csv --weights weights.toml --out groups.csv"
    ),
)
@click.argument("file", type=READ)
@click.option("--who", required=True, type=READ, help=_("Who is who: record_id, entity_id."))
@click.option("--out", required=True, type=WRITE, help=_("Write the weights here."))
def learn(file: Path, who: Path, out: Path) -> None:
    django.start(without_keys=True)
    from xiezuo.config.cli import people_files
    from xiezuo.people.matching.batch import shipped_model, train
    from xiezuo.people.matching.batch.weights import model_as_toml

    records = people_files.read_records(file)
    known = people_files.read_who(who)
    whose = [known.get(str(record.ref)) for record in records]
    if len(set(whose) - {None}) in (0, sum(person is not None for person in whose)):
        raise Stop(_("Nobody in %(file)s has two lines; there is nothing to learn from.") % {"file": who.name})
    model = train(records, whose, shipped_model().rules)
    out.write_text(model_as_toml(model), encoding="utf-8")
    words = _("Learnt %(n)s weights from %(lines)s lines: %(file)s")
    number = len(model.pair.bits) + len(model.group.bits)
    click.echo(words % {"n": number, "lines": sum(person is not None for person in whose), "file": out.name})


@command.command(
    help=_(
        "Erase again whoever stands in the list of erased people and came back with a backup. With a list from "
        "elsewhere (the erased.list beside your latest backup) its people are taken over first."
    ),
    epilog=_("Examples: xiezuo people erased · xiezuo people erased /media/backup/erased.list"),
)
@click.argument("file", required=False, type=READ)
@click.option("--whole", is_flag=True, help=_("Say that there is no later list: nobody was erased after the backup."))
def erased(file: Path | None, whole: bool) -> None:
    house = django.start()
    django.must_be_up_to_date()
    from xiezuo.config import worker
    from xiezuo.people.actions import erase_again
    from xiezuo.people.erased import keep_list, read_list

    if worker.is_alive(house.folder):
        raise Stop(_("This house is being served. Stop it first (Ctrl+C, or its service), then run this again."))
    try:
        told = read_list(file) if file else None
    except ValueError as error:
        raise Stop(_("%(file)s is no list of erased people, or it is damaged.") % {"file": file}) from error
    known = keep_list(told)
    filled = told is not None and told.as_of is not None and all(told.as_of.date() >= day for day in known.gaps)
    again = erase_again(known)
    keep_list(whole=whole or filled)
    click.echo(_("%(n)s people were erased again.") % {"n": again.people})
    if again.texts:
        words = _("Records of several people that name them came back as they were; go through them: %(texts)s")
        click.echo(words % {"texts": ", ".join(again.texts)})


def _model(weights: Path | None) -> Model:
    import tomllib

    from xiezuo.people.matching.batch import model_from, shipped_model

    if weights is None:
        return shipped_model()
    try:
        return model_from(tomllib.loads(weights.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        words = _("The weights in %(file)s cannot be used (%(why)s). Nothing was written.")
        raise Stop(words % {"file": weights.name, "why": problem}) from problem


@contextmanager
def _progress(length: int) -> Iterator[Told]:
    with click.progressbar(length=length, label=_("Comparing")) as bar:
        yield bar.update
