"""Files bound to a record."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image

from tests.factories.cast import Cast, make_cast
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.service.access import evidence_for
from xiezuo.service.actions import ServiceFacts, record_service
from xiezuo.service.evidence import add_evidence
from xiezuo.service.models import ServiceRecord
from xiezuo.service.vocab import Method

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 5)
GPS, LATITUDE = 0x8825, 2


@pytest.fixture
def cast(settings: object, tmp_path: Path) -> Cast:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return make_cast()


@pytest.fixture
def record(cast: Cast) -> ServiceRecord:
    facts = ServiceFacts(method=Method.VISIT, service_date=DAY, site=cast.east)
    return record_service(by=cast.xiaomei, facts=facts, on=DAY)


def photo_with_place() -> bytes:
    exif = Image.Exif()
    exif.get_ifd(GPS)[LATITUDE] = (39.0, 54.0, 27.0)
    file = BytesIO()
    Image.new("RGB", (8, 8), "green").save(file, "JPEG", exif=exif)
    return file.getvalue()


def test_where_a_picture_was_taken_is_gone_from_what_is_kept(cast: Cast, record: ServiceRecord) -> None:
    content = photo_with_place()
    assert Image.open(BytesIO(content)).getexif().get_ifd(GPS)
    evidence = add_evidence(by=cast.xiaomei, record=record, content=content, name="签到.jpg")
    with evidence.file.open("rb") as kept:
        picture = Image.open(BytesIO(kept.read()))
    assert dict(picture.getexif()) == {}
    assert picture.size == (8, 8)


def test_the_same_file_twice_is_kept_once(cast: Cast, record: ServiceRecord) -> None:
    for _time in range(2):
        add_evidence(by=cast.xiaomei, record=record, content=photo_with_place(), name="签到.jpg")
    assert record.evidence.count() == 1


def test_a_program_is_not_kept(cast: Cast, record: ServiceRecord) -> None:
    with pytest.raises(RuleBroken) as refused:
        add_evidence(by=cast.xiaomei, record=record, content=b"MZ\x90\x00", name="签到.jpg")
    assert refused.value.code == "common.file_unknown"


def test_only_those_who_see_the_record_get_its_files_and_they_never_run(cast: Cast, record: ServiceRecord) -> None:
    evidence = add_evidence(by=cast.xiaomei, record=record, content=b"%PDF-1.4 paper", name="表.pdf")
    with pytest.raises(NotAllowed):
        evidence_for(cast.haiyan, evidence.pk)
    browser = Client()
    browser.force_login(cast.xiaomei.user)
    answer = browser.get(f"/service/evidence/{evidence.pk}/")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 paper"
    browser.force_login(cast.haiyan.user)
    assert browser.get(f"/service/evidence/{evidence.pk}/").status_code == 403
