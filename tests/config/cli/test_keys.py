"""New keys for a house that has work in it."""

import shutil
import sqlite3
import subprocess
import sys
import tomllib
from contextlib import closing
from pathlib import Path

import pytest

from tests.config.cli.conftest import Run, surroundings

NUMBER = "11010519491231002X"
WRITE = f"""
import django; django.setup()
from datetime import date
from xiezuo.orgs.access import actor_for
from xiezuo.orgs.models import User
from xiezuo.people.actions import PersonFacts, register_people, register_person
from xiezuo.orgs.models import Site
by = actor_for(User.objects.get(username="chenli"))
for name, number in (("赵桂芝", "{NUMBER}"), ("李建国", "110105194912310038"), ("王素芬", "")):
    register_person(by=by, facts=PersonFacts(nickname=name, id_number=number, id_type="passport"), on=date(2026, 3, 2))
"""
READ = """
import django; django.setup()
from xiezuo.common.events import verify_chain
from xiezuo.common.walls import all_opened
from xiezuo.people.identity import id_index
from xiezuo.people.models import Person
with all_opened(why="a test reads"):
    for person in Person.objects.select_related("sensitive").order_by("pk"):
        found = Person.objects.filter(id_number_index=id_index(person.id_number)).exclude(id_number_index="")
        print(person, person.id_number, *found)
print(*verify_chain())
"""
STOP_AFTER_THE_FIRST_PIECE = """
import django; django.setup()
from django.conf import settings
from xiezuo.common import resealing
from xiezuo.config.cli import keys
from django.utils import timezone
resealing.AT_ONCE = 1
keys._begin(settings.XIEZUO_HOUSE.folder, timezone.now())
def told(field, texts):
    if told.done:
        raise KeyboardInterrupt
    told.done = True
    from xiezuo.people.sensitive import number_is_sealed_anew
    number_is_sealed_anew(texts)
told.done = False
resealing.reseal_all(told)
"""
TOLD = f"赵桂芝 {NUMBER} 赵桂芝\n李建国 110105194912310038 李建国\n王素芬\n\n"


def python(house: Path, script: str) -> "subprocess.CompletedProcess[str]":
    environment = surroundings(DJANGO_SETTINGS_MODULE="xiezuo.config.settings", XIEZUO_HOUSE=str(house))
    return subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)


def read(house: Path) -> str:
    said = python(house, READ)
    assert said.returncode == 0, said.stderr
    return "\n".join(line.rstrip() for line in said.stdout.splitlines()) + "\n"


def keys(house: Path) -> dict[str, object]:
    return tomllib.loads((house / "keys.toml").read_text(encoding="utf-8"))


def sealed_by(house: Path) -> list[str]:
    with closing(sqlite3.connect(house / "house.sqlite3")) as connection:
        rows = connection.execute("SELECT id_number FROM people_sensitivefacts WHERE id_number IS NOT NULL ORDER BY 1")
        return sorted(bytes(row[0]).partition(b":")[0].decode() for row in rows)


@pytest.fixture
def lived_in(house: Path) -> Path:
    said = python(house, WRITE)
    assert said.returncode == 0, said.stderr
    return house


def test_everything_is_read_as_before_and_no_old_key_is_left(run: Run, lived_in: Path) -> None:
    before = keys(lived_in)
    assert read(lived_in) == TOLD
    said = run("keys", "rotate")
    assert said.returncode == 0, said.stderr
    now = keys(lived_in)
    assert (now["current"], list(now["field_keys"]), sealed_by(lived_in)) == ("k2", ["k2"], ["k2", "k2"])  # type: ignore[call-overload]
    assert all(now[name] != before[name] for name in ("secret", "index_key", "chain_key", "field_keys"))
    assert (now["row_key"], now["earlier_secret"]) == (before["index_key"], before["secret"])
    assert now["earlier_chain"][0]["key"] == before["chain_key"]  # type: ignore[index]
    assert read(lived_in) == TOLD
    assert run("check").returncode == 0
    (old,) = lived_in.glob("keys.toml.2*")
    assert tomllib.loads(old.read_text(encoding="utf-8")) == before
    assert {path.stat().st_mode & 0o777 for path in (old, lived_in / "keys.toml")} == {0o600}


def test_what_happens_after_new_keys_joins_the_same_chain(run: Run, lived_in: Path) -> None:
    assert run("keys", "rotate").returncode == 0
    assert run("keys", "rotate").returncode == 0
    assert python(lived_in, WRITE).returncode == 0
    assert read(lived_in).splitlines()[-1] == ""
    assert [one["last_event"] > 0 for one in keys(lived_in)["earlier_chain"]] == [True, True]  # type: ignore[attr-defined]
    with closing(sqlite3.connect(lived_in / "house.sqlite3")) as connection, connection:
        connection.execute("UPDATE common_event SET code = 'people.person.corrected' WHERE id = 2")
    assert read(lived_in).splitlines()[-1] != ""


def test_interrupted_in_the_middle_everything_is_readable_and_the_same_command_goes_on(
    run: Run, lived_in: Path
) -> None:
    said = python(lived_in, STOP_AFTER_THE_FIRST_PIECE)
    assert "KeyboardInterrupt" in said.stderr
    assert (sealed_by(lived_in), sorted(keys(lived_in)["field_keys"])) == (["k1", "k2"], ["k1", "k2"])  # type: ignore[call-overload]
    assert [line.split(" ")[:2] for line in read(lived_in).splitlines()[:2]] == [
        ["赵桂芝", NUMBER],
        ["李建国", "110105194912310038"],
    ]
    said = run("keys", "rotate")
    assert (said.returncode, said.stdout.splitlines()[0]) == (0, "Going on where it was interrupted.")
    assert (sealed_by(lived_in), list(keys(lived_in)["field_keys"])) == (["k2", "k2"], ["k2"])  # type: ignore[call-overload]
    assert read(lived_in) == TOLD
    assert len([*lived_in.glob("keys.toml.2*")]) == 1


def test_a_lost_key_is_said_in_words_and_no_key_is_thrown_away(run: Run, lived_in: Path) -> None:
    path = lived_in / "keys.toml"
    shutil.copy(path, lived_in / "copy")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('current = "k1"', 'current = "k5"').replace('\nk1 = "', '\nk5 = "'), encoding="utf-8")
    said = run("keys", "rotate")
    assert said.returncode == 1
    assert said.stderr.startswith(
        "2 values in people_sensitivefacts.id_number were sealed with the key k1, which keys.toml does not hold."
    )
    assert sorted(keys(lived_in)["field_keys"]) == ["k5", "k6"]  # type: ignore[call-overload]


def test_a_house_that_is_being_served_keeps_its_keys(run: Run, house: Path) -> None:
    (house / "worker.heartbeat").touch()
    before = keys(house)
    said = run("keys", "rotate")
    assert (said.returncode, said.stderr.startswith("This house is being served.")) == (1, True)
    assert keys(house) == before
