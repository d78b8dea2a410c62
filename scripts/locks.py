"""The locks fit the declaration: same packages, allowed versions, hashes, and no address to download from."""

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
EXTRAS = {"run": ["build", "papers"], "dev": ["build", "papers", "postgres", "analytics", "dev"]}
ADDRESS = re.compile(r"\w+://| @ |--(?:extra-)?index-url|--find-links")


def declared(kind: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"]]
    for extra in EXTRAS[kind]:
        lines += project["optional-dependencies"][extra]
    return [Requirement(line) for line in lines]


def locked(text: str) -> dict[str, tuple[str, bool]]:
    """Name to version, and whether a hash stands with it."""
    blocks = re.findall(r"^([\w.-]+)==(\S+)[^\n]*\n((?:[ ]+[^\n]*\n)*)", text, re.MULTILINE)
    return {canonicalize_name(name): (version, "--hash=" in rest) for name, version, rest in blocks}


def problems() -> list[str]:
    found: list[str] = []
    versions: dict[str, dict[str, str]] = {}
    for kind in EXTRAS:
        text = (ROOT / "requirements" / f"{kind}.lock").read_text(encoding="utf-8")
        packages = locked(text)
        versions[kind] = {name: version for name, (version, _hashed) in packages.items()}
        if ADDRESS.search(text):
            found.append(f"{kind}.lock names an address to download from")
        found += [f"{kind}.lock: {name} has no hash" for name, (_version, hashed) in packages.items() if not hashed]
        wanted = {canonicalize_name(requirement.name): requirement for requirement in declared(kind)}
        for name, requirement in wanted.items():
            version = versions[kind].get(name)
            if version is None:
                found.append(f"{kind}.lock lacks {name}")
            elif not requirement.specifier.contains(version, prereleases=True):
                found.append(f"{kind}.lock holds {name} {version}, pyproject.toml asks for {requirement.specifier}")
        direct = re.findall(r"^([\w.-]+)==[^#]*?# via(?:\n    #   | )xiezuo \(pyproject", text, re.MULTILINE)
        found += [f"{kind}.lock still holds {name}" for name in direct if canonicalize_name(name) not in wanted]
    for name, version in versions["run"].items():
        if versions["dev"].get(name) != version:
            found.append(f"dev.lock holds {name} {versions['dev'].get(name)}, run.lock {version}")
    return found


if __name__ == "__main__":
    wrong = problems()
    print("\n".join([*wrong, "Run `make lock`."] if wrong else ["The locks fit."]))
    sys.exit(1 if wrong else 0)
