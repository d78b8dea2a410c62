"""A process of its own over a house of its own, that forks others to take an import in and kills them.

`python -m tests.exchange.killed FOLDER KILLS` says as JSON what stands there without a kill, and after each kill.
"""

import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.factories.tables import empty_tables

STEP = 4


def _django(house: Path) -> None:
    for name in [name for name in os.environ if name.startswith("XIEZUO_")]:
        del os.environ[name]
    os.environ["XIEZUO_HOUSE"] = str(house)
    os.environ["DJANGO_SETTINGS_MODULE"] = "xiezuo.config.settings"
    import django

    django.setup()


def _prepare(house: Path) -> None:
    from xiezuo.common.keys import write_new_keys

    house.mkdir()
    write_new_keys(house)
    _django(house)
    from tests.exchange.books import CHILDREN, FAMILIES, LEDGER, workbook
    from tests.factories.cast import make_cast
    from xiezuo.exchange.actions.applying import begin_apply
    from xiezuo.exchange.actions.receiving import read_batch, receive_file

    shutil.copy(empty_tables(), house / "house.sqlite3")
    cast = make_cast()
    activities = [
        (n, f"2023-{n % 12 + 1}-3", "东区", "社区照护", "亲子", f"活动{n}", n, n + 1, "") for n in range(1, 41)
    ]
    families = [(n, f"{name}{n}", *rest) for n in range(20) for _seq, name, *rest in CHILDREN[:1]]
    volunteers = [
        (n, f"志{n % 10}远{n % 10}", "男", "11010519491231002X" if n % 10 == 3 else "", f"154000000{n:02}", "2020-1-1")
        for n in range(1, 21)
    ]
    hours = [
        (n, f"2023-{n % 4 + 1}-9", f"志{n % 5}远{n % 5}", f"1541111111{n % 5}", "图书整理", 2) for n in range(1, 21)
    ]
    content = workbook(
        ("登记表", [("服务对象登记表",), FAMILIES, *families]),
        ("2023年", [("2023年活动统计表",), LEDGER, *activities]),
        ("志愿者", [("志愿者登记表",), ("编号", "姓名", "性别", "身份证号", "电话", "注册日期"), *volunteers]),
        (
            "服务时数",
            [("志愿者服务时数表",), ("序号", "服务日期", "志愿者姓名", "电话", "服务内容", "服务时数"), *hours],
        ),
    )
    batch = read_batch(receive_file(by=cast.chenli, content=content, file_name="旧表.xlsx").pk)
    begin_apply(by=cast.chenli, batch=batch, site=cast.east, centres={"东区": cast.east})


def _fork(work: Callable[[], None]) -> int:
    """Another process that works and ends without tidying up; its id."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
        finally:
            os._exit(0)
    return pid


def _take_in() -> None:
    from xiezuo.exchange.actions import applying
    from xiezuo.exchange.models import ImportBatch

    applying.STEP_ROWS = STEP
    applying.apply_batch(ImportBatch.objects.get().pk)


def _taken_in() -> dict[str, Any]:
    """Take in to the end, in another process; what stands there then."""
    reader, writer = os.pipe()

    def work() -> None:
        _take_in()
        with os.fdopen(writer, "w") as out:
            json.dump(_told(), out)

    pid = _fork(work)
    os.close(writer)
    with os.fdopen(reader) as answer:
        told = json.load(answer)
    os.waitpid(pid, 0)
    return dict(told)


def _look(database: Path, question: str) -> Any:
    with closing(sqlite3.connect(database, timeout=20)) as connection:
        return connection.execute(question).fetchone()[0]


def _kill_after(rows: int, database: Path, moment: float) -> None:
    """Kill a process `moment` seconds after it has taken in so many rows."""
    pid = _fork(_take_in)
    while _look(database, "SELECT rows_done FROM exchange_importbatch") < rows:
        if os.waitpid(pid, os.WNOHANG)[0]:
            return
        time.sleep(0.004)
    time.sleep(moment)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def _as_before(fresh: Path, house: Path) -> Path:
    for left in house.glob("house.sqlite3*"):
        left.unlink()
    return Path(shutil.copy(fresh, house / "house.sqlite3"))


def story(folder: Path, kills: int) -> dict[str, Any]:
    from django.db import connections

    from xiezuo.common.text import pinyin

    house, fresh = folder / "house", folder / "fresh.sqlite3"
    _prepare(house)
    pinyin("付小雨")  # so that no child loads the dictionary anew
    connections.close_all()
    shutil.copy(house / "house.sqlite3", fresh)
    expected, chance, after = _taken_in(), random.Random(11), []
    for n in range(kills):
        database = _as_before(fresh, house)
        _kill_after(expected["done"] * n // kills, database, chance.uniform(0, 0.02))
        state = _look(database, "SELECT state FROM exchange_importbatch")
        counting = _look(database, "SELECT count(*) FROM service_servicerecord WHERE state <> 'arriving'")
        after.append({"state": state, "counting": counting, "in the end": _taken_in()})
    return {"expected": expected, "after": after}


def _told() -> dict[str, Any]:
    """Everything the import made, and the figures, in a form that can be compared."""
    from xiezuo.exchange.models import ImportBatch, ImportedRow, PossibleMatch
    from xiezuo.orgs.access import actor_for
    from xiezuo.orgs.models import User
    from xiezuo.people.models import Assignment, HouseholdMember, Person, Relationship, RolePeriod
    from xiezuo.service.access import records_for
    from xiezuo.service.indicators import INDICATORS, counted, values
    from xiezuo.service.models import Participation, ServiceRecord, VolunteerPart

    batch = ImportBatch.objects.get()
    supervisor = actor_for(User.objects.get(username="chenli"))
    rows = (
        list(Person.objects.order_by("full_name").values_list("full_name", "phone", "address", "findable__beside")),
        list(Assignment.objects.order_by("person__full_name").values_list("person__full_name", "site__name", "why")),
        sorted(map(str, HouseholdMember.objects.values_list("household__head__full_name", "person__full_name"))),
        sorted(map(str, Relationship.objects.values_list("person__full_name", "other__full_name", "relation"))),
        list(ServiceRecord.objects.order_by("serial_no").values_list("serial_no", "title", "state", "site__name")),
        list(Participation.objects.order_by("record__serial_no", "count").values_list("count", "stated_heads")),
        sorted(map(str, ImportedRow.objects.values_list("sheet__position", "row", "record_type", "state", "created"))),
        sorted(map(str, ImportedRow.objects.values_list("sheet__position", "row", "person__full_name", "added"))),
        sorted(map(str, RolePeriod.objects.values_list("person__full_name", "person__phone", "role", "from_on"))),
        sorted(map(str, VolunteerPart.objects.values_list("record__serial_no", "person__full_name", "minutes"))),
        sorted(map(str, PossibleMatch.objects.values_list("row__row", "earlier__row", "reason", "certain"))),
    )
    return {
        "state": batch.state,
        "done": batch.rows_done,
        "summary": batch.summary,
        "figures": values(counted(records_for(supervisor)), INDICATORS),
        "rows": hashlib.sha256(repr(rows).encode()).hexdigest(),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(story(Path(sys.argv[1]), int(sys.argv[2]))))
