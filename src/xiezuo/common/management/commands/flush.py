"""Django's own command: emptying a database goes through every wall."""

from typing import Any

from django.core.management.commands.flush import Command as Flush

from xiezuo.common.walls import all_opened


class Command(Flush):
    def handle(self, **options: Any) -> None:
        with all_opened(why="the operator empties the house"):
            super().handle(**options)
