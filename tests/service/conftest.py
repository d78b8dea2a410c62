"""A database in which writers meet."""

from tests.factories.lasting import empty_tables, lasting  # noqa: F401
