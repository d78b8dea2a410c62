"""A PostgreSQL server for the tests: the one named, else the one running here, else a temporary one of our own."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

LOCAL = ["postgresql://postgres@127.0.0.1:5432", "postgresql://127.0.0.1:5432"]
INSTALLED = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
)


class NoServer(Exception):
    """There is no PostgreSQL to test on; the text says what to install."""


def answers(url: str) -> bool:
    """True when the server lets us in and we may make databases there."""
    try:
        with psycopg.connect(f"{url}/postgres", connect_timeout=3) as connection:
            row = connection.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
            return bool((row.fetchone() or (False,))[0])
    except psycopg.Error:
        return False


def binaries() -> Path | None:
    """The newest folder that holds initdb and pg_ctl."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else []
    for pattern in INSTALLED:
        found += sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)
    return next((folder for folder in found if (folder / "initdb").exists() and (folder / "pg_ctl").exists()), None)


def may_install() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(*packages: str) -> bool:
    """Install system packages; only where `may_install`. False when apt could not."""
    quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    return subprocess.run(command, check=False, **quiet).returncode == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _own(folder: Path) -> Iterator[str]:
    """A server in a temporary folder, gone afterwards. It refuses to run as root, so root runs it as `postgres`."""
    home, port = Path(tempfile.mkdtemp(prefix="xiezuo-pg-")), _free_port()
    as_other: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
        as_other = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        if not shutil.which("setpriv"):
            as_other = ["runuser", "-u", "postgres", "--"]

    def run(*command: str | Path) -> None:
        # Output goes to a file: the server keeps what it inherits, and a pipe would never close.
        with (home / "said").open("wb") as said:
            subprocess.run([*as_other, *command], check=True, cwd=home, stdout=said, stderr=said)

    (home / "said").touch()
    options = f"-p {port} -h 127.0.0.1 -k {home} -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
    try:
        run(folder / "initdb", "-D", home / "data", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "-N")
        run(folder / "pg_ctl", "-D", home / "data", "-w", "-l", home / "log", "-o", options, "start")
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}"
        finally:
            run(folder / "pg_ctl", "-D", home / "data", "-m", "immediate", "stop")
    except subprocess.CalledProcessError as error:
        said = (home / "said").read_text(errors="replace").strip()
        raise NoServer(f"A temporary PostgreSQL server did not start: {said}") from error
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def server() -> Iterator[str]:
    """The address of a server (a name prefix may follow after a slash). Raises NoServer."""
    named = os.environ.get("XIEZUO_TEST_POSTGRES", "")
    if named:
        if not answers(named if named.count("/") < 3 else named.rpartition("/")[0]):
            raise NoServer("The server that XIEZUO_TEST_POSTGRES names does not let us in or make databases.")
        yield named
        return
    running = next((url for url in LOCAL if answers(url)), None)
    if running:
        yield running
        return
    folder = binaries()
    if folder is None and may_install() and apt_install("postgresql"):
        folder = binaries()
    if folder is None:
        raise NoServer(
            "There is no PostgreSQL here: install it (Debian, Ubuntu: apt install postgresql), or name a server in "
            "XIEZUO_TEST_POSTGRES, for example postgresql://postgres@127.0.0.1:5432."
        )
    with _own(folder) as url:
        yield url
