"""Nothing is left: after a destruction no column of the database, no byte of its files and no kept file tells who it was."""

import json
import uuid
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as house_settings
from django.db import connection
from django.utils import timezone
from PIL import Image

from tests.exchange.books import CHILDREN, register
from tests.exchange.conftest import taken_in
from tests.factories.cast import Cast, login, make_cast
from tests.factories.counted import figures
from tests.factories.facts import facts_of
from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.events import verify_chain
from xiezuo.common.walls import all_opened
from xiezuo.exchange.actions.undoing import undo_import
from xiezuo.exchange.models import ImportBatch, ImportedRow, SheetPart
from xiezuo.exchange.rows import values_of
from xiezuo.forms.actions import keep_draft
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.access import people_for
from xiezuo.people.actions import (
    Given,
    approve_destruction,
    begin_destruction,
    carry_out,
    correct_person,
    merge_people,
    name_collector,
    note_consent,
    propose_destruction,
    propose_erasing,
    write_growth_note,
)
from xiezuo.people.models import Destruction, Person
from xiezuo.people.search import found
from xiezuo.people.vocab import ConsentPurpose, ConsentState, ConsentWay, DestroyWay, Relation
from xiezuo.service.actions import ServiceFacts, Taking, record_service
from xiezuo.service.evidence import add_evidence
from xiezuo.service.vocab import Method, ParticipationMode

DAY = date(2026, 3, 2)
# Everything by which 付小雨 may be told, as she was written down over the years. Her father lives on where she lived.
TRACES = (
    "付小雨",
    "付晓雨",
    "小雨点",
    "fuxiaoyu",
    "13512345678",
    "110105201503020024",
    "东坝77号",
)


@pytest.fixture
def cast(lasting: None, settings: Any, tmp_path: Path) -> Cast:
    settings.MEDIA_ROOT = tmp_path / "files"
    return make_cast()


@pytest.fixture
def lan(cast: Cast) -> Actor:
    return actor_for(login("lan", "蓝静", (StaffRole.DATA_STEWARD, None), (StaffRole.DIRECTOR, None)))


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (3, 3), "white").save(out, "PNG")
    return out.getvalue()


def whole_life(cast: Cast) -> Person:
    """She came in an imported sheet, was written down twice, moved, was served, drawn, and began to be written about."""
    taken_in(cast.chenli, register(), name="付小雨等登记表.xlsx", site=cast.east)
    child = Person.objects.get(full_name="付小雨")
    other = cast.person("小雨点", cast.east, full_name="付晓雨", phone="13512345678", address="东坝77号")
    facts = facts_of(child)
    facts.id_type, facts.id_number = "resident_id", "110105201503020024"
    correct_person(by=cast.chenli, person=child, facts=facts, on=DAY)
    merge_people(by=cast.chenli, kept=child, other=other)
    facts = facts_of(Person.objects.get(pk=child.pk))
    facts.address, facts.full_name = "东坝9号", "付雨"
    correct_person(by=cast.chenli, person=child, facts=facts, on=DAY, changed_on=DAY)
    write_growth_note(by=cast.chenli, person=child, on=DAY, what="付小雨第一次登台", own_words="小雨点不怕了")
    name_collector(by=cast.chenli, child=child, name="付国强", phone="15412340001", relation=Relation.PARENT, on=DAY)
    note_consent(
        by=cast.chenli,
        person=child,
        purpose=ConsentPurpose.SERVICE,
        state=ConsentState.REFUSED,
        way=ConsentWay.SIGNED,
        at=timezone.make_aware(datetime(2026, 3, 2, 12)),
        given=Given(paper=picture(), witness="付国强", limits="不要给付小雨拍照", reason="怕"),
    )
    record = served(cast, child, note="付小雨家访，东坝77号", title="付小雨", place_text="东坝77号")
    add_evidence(by=cast.chenli, record=record, content=picture(), name="付小雨.png")
    draft = {"note": ["付晓雨的妈妈来电"], "person": [str(child.pk)]}
    keep_draft(by=cast.xiaomei, form="service", key=uuid.uuid4(), title="付小雨", answers=draft)
    return Person.objects.get(pk=child.pk)


def served(cast: Cast, *people: Person, **more: str) -> Any:
    taking = [Taking(mode=ParticipationMode.NAMED, person=person.pk) for person in people]
    facts = ServiceFacts(method=Method.VISIT, service_date=DAY, site=cast.east, taking=taking, minutes=45, **more)  # type: ignore[arg-type]
    return record_service(by=cast.chenli, facts=facts, on=DAY)


def columns() -> Iterator[tuple[str, str, Any]]:
    """Every value of every column of every table, those of the engine's own index and of encrypted fields opened."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                yield from ((table, name, value) for name, value in zip(names, row, strict=True))
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedTextField):
                for value in model._base_manager.values_list(field.name, flat=True):
                    yield model._meta.db_table, f"{field.name} (opened)", value


def as_text(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def traced() -> set[tuple[str, str]]:
    with all_opened(why="a test looks through every column"):
        return {(table, name) for table, name, value in columns() if any(trace in as_text(value) for trace in TRACES)}


def in_the_files(*folders: Path) -> list[str]:
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in paths if any(trace.encode() in path.read_bytes() for trace in TRACES)]


def database_bytes() -> list[str]:
    """The files of an SQLite database in which a trace stands, log included; of another engine nothing is looked at."""
    if connection.vendor != "sqlite":
        return []
    path = Path(str(connection.settings_dict["NAME"]))
    beside = [path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))]
    return [one.name for one in beside if one.exists() and any(t.encode() in one.read_bytes() for t in TRACES)]


def carried_out(cast: Cast, lan: Actor, destruction: Destruction, on: date) -> Destruction:
    fang = actor_for(login("fang", "方明", (StaffRole.DIRECTOR, None)))
    approve_destruction(by=cast.chenli, destruction=destruction)
    approve_destruction(by=fang, destruction=destruction)
    return carry_out(destruction=begin_destruction(by=lan, destruction=destruction), on=on)


def test_no_column_no_byte_and_no_file_tells_who_it_was(cast: Cast, lan: Actor, tmp_path: Path) -> None:
    child = whole_life(cast)
    before = figures()
    assert {"people_person", "people_findable", "people_earlierfact", "service_servicerecord"} <= {
        t for t, _n in traced()
    }
    files = tmp_path / "files"
    assert len(list(files.rglob("*.*")) + list(files.rglob("*"))) > 3
    destruction = propose_erasing(by=lan, person=child, appraisal="本人监护人要求删除付小雨的资料", on=DAY)
    done = carried_out(cast, lan, destruction, DAY)
    assert list(done.items.values_list("outcome", flat=True)) == ["done"]
    assert traced() == set()
    assert database_bytes() == []
    assert in_the_files(files) == []
    assert [path for path in files.rglob("*") if path.is_file()] == []
    assert figures() == before
    assert list(verify_chain()) == []
    scraps = [*TRACES, "雨点", "fxy", "付雨", "xiaoyu", child.number]
    assert [scrap for scrap in scraps if found(cast.chenli, people_for(cast.chenli), scrap)] == []


def test_others_of_the_same_sheet_stay_and_its_file_goes_whole(cast: Cast, lan: Actor) -> None:
    batch = taken_in(cast.chenli, register(), site=cast.east)
    child, other = (Person.objects.get(full_name=name) for name in ("付小雨", "王浩然"))
    storage, name = batch.file.storage, str(batch.file.name)
    carried_out(cast, lan, propose_erasing(by=lan, person=child, appraisal="要求删除", on=DAY), DAY)
    batch = ImportBatch.objects.get(pk=batch.pk)
    assert (bool(batch.file), storage.exists(name), SheetPart.objects.count()) == (False, False, 0)
    kept = [row for row in ImportedRow.objects.filter(person=other.pk) if row.values]
    assert "王浩然" in {str(values_of(row).get("name")) for row in kept}
    gone = ImportedRow.objects.filter(values__isnull=True)
    assert set(gone.values_list("person", "fingerprint", "who", "household_label")) == {(None, "", "", "")}
    # The same file brought again is a new one: nothing in the house recognises her.
    taken_in(cast.chenli, register(author="again"), site=cast.east)
    assert Person.objects.filter(full_name="付小雨", erased_on=None).count() == 1


def test_an_import_is_undone_also_after_one_of_its_people_was_erased(cast: Cast, lan: Actor) -> None:
    batch = taken_in(cast.chenli, register(), site=cast.east)
    child = Person.objects.get(full_name="付小雨")
    carried_out(cast, lan, propose_erasing(by=lan, person=child, appraisal="要求删除", on=DAY), DAY)
    undo_import(by=cast.chenli, batch=ImportBatch.objects.get(pk=batch.pk))
    assert list(Person.objects.values_list("nickname", "erased_on")) == [("—", DAY)]


def test_a_file_ends_with_its_class(cast: Cast, lan: Actor) -> None:
    batch = taken_in(cast.chenli, register(), site=cast.east)
    ImportBatch.objects.update(uploaded_at=timezone.make_aware(datetime(2016, 3, 2, 12)))
    destruction = propose_destruction(
        by=lan, record_class="import_file", rows=[batch.pk], appraisal="已入库", way=DestroyWay.ERASE, on=DAY
    )
    carried_out(cast, lan, destruction, DAY)
    assert not ImportBatch.objects.get(pk=batch.pk).file
    assert [row.values for row in ImportedRow.objects.exclude(values=None)] == []
    assert Person.objects.filter(full_name="付小雨").exists()
    assert len(CHILDREN) == 3


def test_the_list_of_the_erased_follows_the_transaction(cast: Cast, lan: Actor) -> None:
    from xiezuo.people.erased import digest_of, erased_here, list_path, read_list

    child = cast.person("小雨点", cast.east)
    carried_out(cast, lan, propose_erasing(by=lan, person=child, appraisal="要求删除", on=DAY), DAY)
    told = read_list(list_path())
    assert told.people[digest_of(child.key)] == DAY
    assert erased_here().people == {digest_of(child.key): DAY}
    assert list_path().parent == house_settings.XIEZUO_HOUSE.folder
