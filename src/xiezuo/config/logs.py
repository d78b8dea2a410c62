"""Where the house writes down what its machine does, without a word about people.

Log lines hold times, paths and names of errors. Query strings, the secret part of
links, long numbers and the texts of exceptions are left out:
a database error quotes the row it stumbled over.
"""

import logging
import os
import re
import traceback
from pathlib import Path
from typing import Any

PROCESS = "XIEZUO_PROCESS"  # web, worker; anything else (a command) logs to the screen only
QUERY = re.compile(r"\?[^\s\"']*")
TOKEN = re.compile(r"(?<=/)[\w-]{24,}(?=[/\s]|$)")  # the secret part of a link that opens something
LONG_NUMBER = re.compile(r"\d{7,}[\dXx]?")
MEGABYTE = 1024 * 1024


class WithoutPersonalData(logging.Formatter):
    """Formats a line, then takes out of it what could say something about a person."""

    def formatException(self, ei: Any) -> str:
        """Where it happened and what kind of error it was; its own words may quote data and are left out."""
        lines, error = [], ei[1]
        while error is not None:
            lines += [*traceback.format_tb(error.__traceback__), f"{type(error).__module__}.{type(error).__name__}\n"]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "".join(lines).rstrip()

    def formatMessage(self, record: logging.LogRecord) -> str:
        return LONG_NUMBER.sub("#", TOKEN.sub("…", QUERY.sub("?…", super().formatMessage(record))))


def log_settings(folder: Path) -> dict[str, Any]:
    """Django's LOGGING: warnings to the screen; a serving process has its own rotated file in `<house>/logs`."""
    process = os.environ.get(PROCESS, "")
    handlers: dict[str, Any] = {}
    if process != "worker":
        handlers["screen"] = {"class": "logging.StreamHandler", "formatter": "line", "level": "WARNING"}
    if process in {"web", "worker"}:
        handlers["file"] = {
            "class": "logging.handlers.RotatingFileHandler",
            "filename": str(folder / "logs" / f"{process}.log"),
            "maxBytes": 5 * MEGABYTE,
            "backupCount": 5,
            "encoding": "utf-8",
            "delay": True,
            "formatter": "line",
        }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": WithoutPersonalData,
                "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
            }
        },
        "handlers": handlers,
        "root": {"handlers": list(handlers), "level": "INFO"},
    }
