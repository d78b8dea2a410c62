"""Lists the licence of everything the product runs with; fails on an unknown one and on one that would bind us.

The licences are read from the installed packages named in `requirements/run.lock`, and those of the extras for PostgreSQL
and for papers, of which those named here may be LGPL: they are used unchanged, and the product runs without them.
"""

import importlib.metadata
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXTRA = ["psycopg", "psycopg-binary", "docxtpl"]
FREE = re.compile(
    r"\b(MIT|HPND|BSD|0BSD|Apache|PSF|ISC|MPL|Mozilla Public License|Unlicense|Python Software Foundation)\b",
    re.IGNORECASE,
)
LESSER = re.compile(r"LGPL|Lesser General Public", re.IGNORECASE)


def locked() -> list[str]:
    text = (ROOT / "requirements" / "run.lock").read_text(encoding="utf-8")
    return re.findall(r"^([\w.-]+)==", text, re.MULTILINE)


def licence_of(name: str) -> str:
    """What the package says of itself: licence expression, else classifiers, else the short licence field."""
    about = importlib.metadata.metadata(name)
    said = [about.get("License-Expression") or ""]
    said += [line.split("::")[-1].strip() for line in about.get_all("Classifier", []) if "License ::" in line]
    short = about.get("License") or ""
    said.append(short if len(short) < 80 else "")
    return next((text for text in said if text and text != "OSI Approved"), "")


def main() -> int:
    wrong = 0
    for name in [*locked(), *EXTRA]:
        try:
            licence = licence_of(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # for another system than this one (colorama on Windows)
        good = bool(FREE.search(licence) or (name in EXTRA and LESSER.search(licence)))
        wrong += not good
        print(f"{'   ' if good else 'NO '}{name:28} {licence or 'unknown'}")
    if wrong:
        print(f"{wrong} with a licence that is unknown or would bind us: choose another library.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
