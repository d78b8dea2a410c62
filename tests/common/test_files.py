"""What is kept of files that people send, and what is not."""

import zipfile
from io import BytesIO

import pytest
from PIL import Image

from xiezuo.common.errors import RuleBroken
from xiezuo.common.files import kept_form, safe_name


def archive(**parts: bytes) -> bytes:
    """An archive whose parts are named by words: `Content_Types` stands for what every Office file has."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr({"Content_Types": "[Content_Types].xml"}.get(name, name.replace("__", "/")), content)
    return file.getvalue()


PICTURE = BytesIO()
Image.new("RGB", (2, 2)).save(PICTURE, "PNG")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (PICTURE.getvalue(), "image/png"),
        (b"%PDF-1.7 paper", "application/pdf"),
        (archive(Content_Types=b"<Types/>", word__document=b"text"), "application/zip"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.text"), "application/zip"),
        (OLE, "application/vnd.ms-office"),
    ],
)
def test_what_is_kept_is_known_by_its_bytes(content: bytes, content_type: str) -> None:
    assert kept_form(content)[1] == content_type


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"MZ\x90\x00 a program named photo.jpg", "common.file_unknown"),
        (b"\x7fELF program", "common.file_unknown"),
        (b"#!/bin/sh\nrm", "common.file_unknown"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "common.file_unknown"),
        (b"<html><script>", "common.file_unknown"),
        (archive(run=b"MZ"), "common.file_unknown"),
        (b"PK\x03\x04 broken", "common.file_unknown"),
        (archive(**{"Content_Types": b"<Types/>", "word__vbaProject.bin": b"macro"}), "common.file_macros"),
        (archive(**{"Content_Types": b"<Types/>", "xl__macrosheets__sheet1.xml": b"macro"}), "common.file_macros"),
        (archive(**{"mimetype": b"application/vnd.oasis", "Basic__Standard__x.xml": b"macro"}), "common.file_macros"),
        (OLE + "_VBA_PROJECT".encode("utf-16-le"), "common.file_macros"),
        (archive(Content_Types=b"<Types/>", word__document=bytes(40_000_000)), "common.file_bomb"),
        (archive(Content_Types=b"<Types/>", **{f"p{n}": b"" for n in range(5001)}), "common.file_bomb"),
        (bytes(20 * 1024 * 1024 + 1), "common.file_too_large"),
    ],
)
def test_what_is_not_kept(content: bytes, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        kept_form(content)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("签到表.pdf", "签到表.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\表.docx", "表.docx"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ('a"b\r\nSet-Cookie: x.pdf', "abSet-Cookie x.pdf"),
        ("...", "file"),
        ("", "file"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_a_name_says_what_it_shows(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept
