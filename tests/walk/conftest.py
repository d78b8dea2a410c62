"""The house that tempts, built once for each process; what the walk does in it is rolled back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction

from tests.walk.aided import with_aid
from tests.walk.duty import add_duty
from tests.walk.house import Tempting, build
from tests.walk.leaving import with_a_child_there
from tests.walk.together import with_groups


@pytest.fixture
def tempting(db: None, settings: object, tmp_path: Path) -> Iterator[Tempting]:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}  # type: ignore[attr-defined]
    with transaction.atomic():
        yield with_aid(with_a_child_there(with_groups(add_duty(build()))))
