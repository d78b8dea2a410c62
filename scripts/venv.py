"""Makes `.venv` from a lock and puts the project into it: `venv.py run` to use it, `venv.py dev` to work on it.

Does nothing when that was done before for the same lock. Uses the standard library only.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMPS = {"run": VENV / "installed-run", "dev": VENV / "installed-dev"}
INCLUDES = {"run": ["run"], "dev": ["run", "dev"]}  # dev.lock holds everything of run.lock


class Stop(Exception):
    """Cannot go on; the text says in Chinese and English what to do."""


def stamp_of(kind: str) -> str:
    """Changes when the lock or the project's own declaration changes."""
    parts = [ROOT / "requirements" / f"{kind}.lock", ROOT / "pyproject.toml"]
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def python_inside() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def works(python: Path) -> bool:
    """False when the environment was moved or its Python was removed from the machine."""
    check = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([python, "-c", check], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def run(*command: str | Path) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Stop(
            f"{(done.stderr or done.stdout).strip()}\n"
            "安装没有完成，已装好的部分留着：请看上面的原因（多半是网络或磁盘），处理后再运行一次。\n"
            "The installation did not finish, what is there was kept: read the reason above (mostly the network or "
            "the disk), then run this again."
        )


def install(kind: str) -> None:
    if not works(python_inside()):
        run(sys.executable, "-m", "venv", "--clear", VENV)
    for stamp in STAMPS.values():
        stamp.unlink(missing_ok=True)
    pip = [python_inside(), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    run(*pip, "--require-hashes", "-r", ROOT / "requirements" / f"{kind}.lock")
    run(*pip, "--no-build-isolation", "--no-deps", "--editable", ROOT)
    for included in INCLUDES[kind]:
        STAMPS[included].write_text(stamp_of(included), encoding="utf-8")


def is_installed(kind: str) -> bool:
    if VENV.is_symlink():  # lent by another checkout: taken as it is
        return True
    stamp = STAMPS[kind]
    return stamp.exists() and stamp.read_text(encoding="utf-8") == stamp_of(kind) and works(python_inside())


def main(kind: str) -> int:
    if is_installed(kind):
        return 0
    try:
        if not os.access(VENV if VENV.exists() else ROOT, os.W_OK):
            raise Stop(
                f"不能写入 {ROOT}：请换一个可以写的文件夹，或改它的权限，再运行一次。\n"
                f"{ROOT} cannot be written: use a folder you may write to, then run this again."
            )
        print(
            "正在安装到 .venv，第一次约需一分钟…… / Installing into .venv, about a minute the first time…", flush=True
        )
        install(kind)
    except (Stop, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
