"""Where this house lies and how it is set up: environment first, then `xiezuo.toml` in the house's folder."""

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

SETTINGS_FILE = "xiezuo.toml"


class BadSetting(Exception):
    """A setting cannot be used; the text says which one and what is allowed."""


@dataclass(frozen=True)
class House:
    """`folder` holds everything of one legal person: database (if SQLite), key file, files, logs."""

    folder: Path
    database: str = "sqlite"
    zone: str = "Asia/Shanghai"
    language: str = "zh-hans"
    hosts: list[str] = field(default_factory=list)
    https: bool = False
    demo: bool = False
    carriers: list[str] = field(default_factory=list)  # who takes messages out of the house (people.outbox.carriers)


def _as_bool(value: Any) -> bool:
    return str(value).lower() in {"1", "true", "yes", "on"}


def _as_list(value: Any) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else [v for v in str(value).split(",") if v]


READERS: dict[str, Any] = {
    "database": str,
    "zone": str,
    "language": str,
    "hosts": _as_list,
    "https": _as_bool,
    "demo": _as_bool,
    "carriers": _as_list,
}


def read_house() -> House:
    """The house named by XIEZUO_HOUSE (default: the folder `house` here). Raises BadSetting."""
    folder = Path(os.environ.get("XIEZUO_HOUSE", "house")).absolute()
    path = folder / SETTINGS_FILE
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except tomllib.TOMLDecodeError as error:
        raise BadSetting(f"{path}: {error}") from error
    unknown = sorted(set(written) - set(READERS))
    if unknown:
        raise BadSetting(f"{path}: {', '.join(unknown)}? ({', '.join(READERS)})")
    found = {name: written[name] for name in READERS if name in written}
    found |= {name: v for name in READERS if (v := os.environ.get(f"XIEZUO_{name.upper()}")) is not None}
    return House(folder=folder, **{name: READERS[name](value) for name, value in found.items()})


def database_settings(house: House) -> dict[str, Any]:
    """Django's DATABASES["default"]: the SQLite file of the house, or the PostgreSQL server that a URL names."""
    if house.database == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": house.folder / "house.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: what was confirmed as saved also survives a power cut.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;",
            },
        }
    url = urlsplit(house.database)
    if url.scheme not in {"postgres", "postgresql"} or not url.path.strip("/"):
        raise BadSetting(f"database = {house.database!r} (sqlite, postgresql://user@host:5432/name)")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.strip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": 600,
        # The questions of a house are short: compiling them costs more than it gives, and sorting belongs into memory.
        "OPTIONS": {"options": "-c jit=off -c work_mem=32MB -c random_page_cost=1.1"},
    }
