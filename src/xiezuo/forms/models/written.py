"""What is kept as it is written in a file."""

import json
from typing import Any

from django.db import models


class WrittenField(models.TextField):
    """A pack as it is written in a file: what is in it keeps its order, which columns for JSON do not on every engine."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return None if value is None else json.loads(value)

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else json.dumps(value, ensure_ascii=False)
