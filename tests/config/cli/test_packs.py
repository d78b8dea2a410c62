import json
from pathlib import Path

import pytest

from tests.config.cli.conftest import Run
from tests.forms.packs.test_parcels import parcel

pytestmark = pytest.mark.slow


def test_a_signed_pack_comes_in_once_its_fingerprint_was_compared(run: Run, house: Path, tmp_path: Path) -> None:
    file = tmp_path / "centre-checklist-1.2.xzpack"
    file.write_bytes(parcel())
    assert "✓ centre-checklist-1.2.xzpack" in run("packs", "check", file.name).stdout
    said = run("packs", "import", file.name, "--as", "chenli")
    assert said.returncode == 1
    fingerprint = said.stderr.split("fingerprint ")[1].split(".")[0]
    done = run("packs", "import", file.name, "--as", "chenli", "--trust", fingerprint)
    assert done.stdout == "Taken in as a draft: centre-checklist 1.2.\n"
    file.write_bytes(parcel().replace("200册".encode(), "20册".encode()))
    assert "The signature does not fit the file" in run("packs", "check", file.name).stderr


def test_every_pack_is_listed_and_a_file_that_nobody_published_shows(run: Run, house: Path) -> None:
    assert "caring-default 1.0 · rules · organisation · unverified · shipped" in run("packs", "list").stdout
    assert run("packs", "check").returncode == 0
    (house / "packs").mkdir(exist_ok=True)
    stranger = house / "packs" / "stranger@1.0.json"
    stranger.write_text(json.dumps({"id": "stranger"}), encoding="utf-8")
    said = run("check")
    assert "✗ Packs in the folder differ from what was published." in said.stdout
    assert str(stranger) in said.stdout
