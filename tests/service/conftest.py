"""A database in which writers meet."""

from tests.factories.lasting import lasting  # noqa: F401
