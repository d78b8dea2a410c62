"""Is the house well? For a machine that asks every minute, and for `xiezuo check`."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from xiezuo.config import worker
from xiezuo.web.base.pages import MACHINE, page


def pending_migrations() -> list[str]:
    """Names of migrations this code has and the database has not. Raises DatabaseError."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


class Behind(Exception):
    """The database lacks migrations."""


@lru_cache(maxsize=1)
def _is_up_to_date() -> bool:
    """True, and then remembered: a database does not fall behind while the same code runs."""
    if pending_migrations():
        raise Behind
    return True


def _database() -> str:
    try:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return "ok"


def _migrations() -> str:
    try:
        _is_up_to_date()
    except Behind:
        return "pending"
    except DatabaseError:
        return "unknown"
    return "ok"


def state() -> dict[str, str]:
    """One word for each part, "ok" when it is well. Says nothing about anyone."""
    return {
        "database": _database(),
        "migrations": _migrations(),
        "worker": "ok" if worker.is_alive(settings.XIEZUO_HOUSE.folder) else "silent",
    }


@page(MACHINE)
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    parts: dict[str, Any] = state()
    well = set(parts.values()) == {"ok"}
    return JsonResponse({"status": "ok" if well else "bad"} | parts, status=200 if well else 503)
