"""Empty tables on SQLite, made once for these migrations and copied from then on: making them takes longer than most tests.

`python -m tests.factories.tables FILE` makes them in a process of its own.
"""

import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".pytest_cache" / "tables"
LIBRARIES = ("Django", "django-tasks", "django-tasks-db")


def _made_from() -> str:
    """Another word for other migrations, for other code of ours that they use, and for other libraries."""
    paths = sorted({*ROOT.glob("src/xiezuo/*/migrations/*.py"), *ROOT.glob("src/xiezuo/common/*.py"), Path(__file__)})
    told = [sys.version, sqlite3.sqlite_version, *map(version, LIBRARIES)]
    told += [f"{path.relative_to(ROOT)}\n{path.read_text(encoding='utf-8')}" for path in paths]
    return hashlib.sha256("\0".join(told).encode()).hexdigest()[:24]


def empty_tables() -> Path:
    """An SQLite file with tables and nothing in them; copy it, leave it alone."""
    kept = KEPT / f"{_made_from()}.sqlite3"
    if not kept.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=KEPT) as folder:
            made = Path(folder, kept.name)
            ours = ("XIEZUO_", "DJANGO_")
            surroundings = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
            surroundings["PYTHONPATH"] = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
            command = [sys.executable, "-m", "tests.factories.tables", str(made)]
            subprocess.run(command, cwd=ROOT, env=surroundings, check=True)
            for older in KEPT.glob("*.sqlite3"):
                older.unlink(missing_ok=True)
            made.replace(kept)
    return kept


def _make(file: Path) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    connection.settings_dict["NAME"] = ":memory:"  # a file would be written to the disk after every step
    call_command("migrate", verbosity=0)
    with closing(sqlite3.connect(file)) as made:
        connection.connection.backup(made)
        made.execute("PRAGMA journal_mode=WAL")


if __name__ == "__main__":
    _make(Path(sys.argv[1]))
