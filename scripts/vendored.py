"""Front-end files of others say what they are: name, version and licence, in their first lines or in VENDORED.md."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LICENCE = re.compile(r"\b(MIT|BSD|0BSD|Apache|ISC|OFL|MPL|CC0|Unlicense)\b")
VERSION = re.compile(r"\d+\.\d+")


def says_what_it_is(text: str) -> bool:
    return bool(LICENCE.search(text) and VERSION.search(text))


def problems(folder: Path) -> list[str]:
    """Files of the folder `static/vendor` whose origin nobody could tell."""
    listed = folder / "VENDORED.md"
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.exists() else []
    wrong = []
    for path in sorted(folder.rglob("*")):
        if path.is_dir() or path == listed:
            continue
        head = path.read_bytes()[:800].decode("utf-8", errors="ignore")
        name = path.relative_to(folder).as_posix()
        if not says_what_it_is(head) and not any(name in line and says_what_it_is(line) for line in lines):
            wrong.append(f"{path.relative_to(ROOT)}: which library, which version, which licence?")
    return wrong


if __name__ == "__main__":
    found = [line for folder in ROOT.glob("src/**/static/vendor") for line in problems(folder)]
    print("\n".join(found) or "Every vendored file says what it is.")
    sys.exit(1 if found else 0)
