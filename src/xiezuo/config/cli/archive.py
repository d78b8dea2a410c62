"""The backup archive: a zip with a manifest, and a checksum for every file in it."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

import click

from xiezuo.config.cli import Stop
from xiezuo.config.cli.words import _

MANIFEST = "manifest.json"
CHUNK = 1024 * 1024


@dataclass
class Manifest:
    """`files` maps each name in the archive to its SHA-256; `keys` names the key file it needs, never the keys."""

    version: str
    made_at: str
    engine: str
    keys: str
    with_keys: bool
    counts: dict[str, int]
    files: dict[str, str] = field(default_factory=dict)


def _tell_nobody(_bytes: int) -> None:
    pass


def copy(source: IO[bytes], target: Callable[[bytes], Any], tell: Callable[[int], Any] = _tell_nobody) -> str:
    """Copy in pieces, telling how many bytes each had; returns the SHA-256."""
    digest = hashlib.sha256()
    while piece := source.read(CHUNK):
        digest.update(piece)
        target(piece)
        tell(len(piece))
    return digest.hexdigest()


def pack(target: Path, manifest: Manifest, files: list[tuple[str, Path]]) -> None:
    """Write the archive under another name, read it back, and only then give it its own. Raises Stop."""
    draft = target.with_name(target.name + ".part")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=1, allowZip64=True) as archive:
            draft.chmod(0o600)
            size = sum(path.stat().st_size for _name, path in files)
            with click.progressbar(length=size, label=_("Packing")) as bar:
                for name, path in files:
                    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as inside:
                        manifest.files[name] = copy(source, inside.write, bar.update)
            archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
        verify(draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def read_manifest(path: Path) -> Manifest:
    """What an archive says of itself. Raises Stop when it is none of ours."""
    try:
        with zipfile.ZipFile(path) as archive:
            return Manifest(**json.loads(archive.read(MANIFEST)))
    except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise Stop(_("%(path)s is not a backup of a house, or it is damaged.") % {"path": path}) from error


def verify(path: Path) -> Manifest:
    """Read every file of the archive and compare its checksum. Raises Stop at the first that differs."""
    manifest = read_manifest(path)
    damaged = Stop(_("The backup %(path)s is damaged. Do not rely on it; use an earlier one.") % {"path": path})
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            with click.progressbar(length=size, label=_("Checking")) as bar:
                for name, digest in manifest.files.items():
                    with archive.open(name) as inside:
                        if copy(inside, len, bar.update) != digest:
                            raise damaged
                bar.update(size - bar.pos)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise damaged from error
    return manifest


def unpack(path: Path, folder: Path) -> None:
    """Lay the files of a verified archive into `folder`. Raises Stop for a name that leads out of it."""
    with zipfile.ZipFile(path) as archive:
        for name in read_manifest(path).files:
            target = (folder / name).resolve()
            if not target.is_relative_to(folder.resolve()):
                raise Stop(_("%(path)s is not a backup of a house, or it is damaged.") % {"path": path})
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as inside, target.open("wb") as outside:
                copy(inside, outside.write)
