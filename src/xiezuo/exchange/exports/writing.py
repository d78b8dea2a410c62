"""The file of a list: a workbook and the same rows as CSV, and the archive that opens with a password alone."""

import csv
import io
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import pyzipper
import xlsxwriter
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

AES_BITS = 256
NONCE_BYTES = 12
FOOT = 255  # characters that a workbook takes below each page
# A cell that begins so is a formula to a spreadsheet, wherever it came from.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look alike


@dataclass(frozen=True)
class Paper:
    """What is written: headings, rows, and what the file says of itself as (label, words)."""

    heads: list[str]
    widths: list[int]
    rows: list[list[Any]]
    about: list[tuple[str, str]]
    foot: str


def new_password() -> str:
    """Sixteen characters in four groups, by chance: about 79 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _n in range(4)) for _group in range(4))


def safe(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula, with a mark before it so that it stays text."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def workbook(paper: Paper) -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    _about(book, paper)
    _rows(book, paper)
    book.close()
    return target.getvalue()


def _about(book: Any, paper: Paper) -> None:
    page = book.add_worksheet(_("About this file"))
    bold, wrap = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True})
    page.set_column(0, 0, 22)
    page.set_column(1, 1, 70)
    page.set_paper(9)
    page.set_footer(paper.foot)
    for at, (label, words) in enumerate(paper.about):
        page.write_string(at, 0, label, bold)
        page.write_string(at, 1, safe(words), wrap)


def _rows(book: Any, paper: Paper) -> None:
    page = book.add_worksheet(_("List"))
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.freeze_panes(1, 0)
    page.set_footer(paper.foot)
    for column, (label, width) in enumerate(zip(paper.heads, paper.widths, strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, label, head)
    for line, row in enumerate(paper.rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(line, column, value, day)
            elif isinstance(value, int | float):
                page.write_number(line, column, value)
            else:
                page.write_string(line, column, safe(str(value)))


def as_csv(paper: Paper) -> bytes:
    """The same rows; with a mark at its beginning by which spreadsheets know that it is UTF-8."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow([safe(head) for head in paper.heads])
    writer.writerows([[safe(_plain(value)) for value in row] for row in paper.rows])
    return target.getvalue().encode("utf-8-sig")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def about_text(paper: Paper) -> bytes:
    return "\r\n".join(f"{label}: {words}" for label, words in paper.about).encode("utf-8-sig")


def packed(paper: Paper) -> bytes:
    """The three files in one archive without a password; it never leaves the house like this."""
    return archive({"list.xlsx": workbook(paper), "list.csv": as_csv(paper), "about.txt": about_text(paper)})


def archive(files: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with pyzipper.AESZipFile(target, "w", compression=pyzipper.ZIP_DEFLATED) as book:
        for name, content in files.items():
            book.writestr(name, content)
    return target.getvalue()


def locked(plain: bytes, password: str) -> bytes:
    """The files of an archive, in one that opens with the password alone (AES-256)."""
    target = BytesIO()
    with (
        pyzipper.AESZipFile(BytesIO(plain)) as before,
        pyzipper.AESZipFile(target, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as after,
    ):
        after.setpassword(password.encode())
        after.setencryption(pyzipper.WZ_AES, nbits=AES_BITS)
        for name in before.namelist():
            after.writestr(name, before.read(name))
    return target.getvalue()


def new_file_key() -> str:
    return secrets.token_hex(AES_BITS // 8)


def sealed(content: bytes, key: str, where: str) -> bytes:
    """`content` as it lies in the folder of files: readable with the key of its export alone."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(bytes.fromhex(key)).encrypt(nonce, content, where.encode())


def unsealed(content: bytes, key: str, where: str) -> bytes:
    return AESGCM(bytes.fromhex(key)).decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], where.encode())


def foot_of(parts: Sequence[str]) -> str:
    """What stands below every page; & is a sign of its own there, and the page number is last."""
    words = " · ".join(part for part in parts if part).replace("&", "+")
    return f"&L&8{words[: FOOT - 20]}&R&8&P / &N"
