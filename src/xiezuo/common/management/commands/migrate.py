"""Django's own command: changing tables goes through every wall."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate

from xiezuo.common.walls import all_opened


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        with all_opened(why="the operator brings the tables up to date"):
            super().handle(*args, **options)
