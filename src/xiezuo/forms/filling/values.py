"""One answer of one field: from what was typed, with a sentence where it cannot be taken."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from unicodedata import normalize

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiezuo.common.text import tidy
from xiezuo.forms.definitions import FieldDef
from xiezuo.forms.packs import codes
from xiezuo.forms.vocab import FieldType

Typed = dict[str, list[str]]
MOST_LINE, MOST_LONG = 500, 20_000  # characters
MOST_DIGITS = 15
UNREGISTERED = "~"  # before the name of something that is referred to and not registered
YES, NO = "yes", "no"


def _nothing(of: str, ids: set[int]) -> set[int]:
    return set()


@dataclass(frozen=True)
class Known:
    """What may be answered beside the form. `kinds`: of which things rows are kept; everything else is named in words.
    `rows` gives, of a kind of thing and some ids, those that whoever writes may name; `files` are ids of files that came
    along; `chosen` (list, code) was chosen earlier and stays though retired."""

    on: date
    kinds: frozenset[str] = frozenset()
    rows: Callable[[str, set[int]], set[int]] = _nothing
    files: frozenset[str] = frozenset()
    chosen: frozenset[tuple[str, str]] = field(default_factory=frozenset)


class Fault(Exception):
    """What was typed cannot be taken; `words` say what to do."""

    def __init__(self, words: str | Promise) -> None:
        super().__init__(words)
        self.words = words


def _line(asked: FieldDef, given: list[str], known: Known) -> str:
    return _short(tidy(given[0]), MOST_LINE)


def _long(asked: FieldDef, given: list[str], known: Known) -> str:
    return _short(given[0].replace("\r\n", "\n").replace("\r", "\n").strip(), MOST_LONG)


def _short(text: str, most: int) -> str:
    if len(text) > most:
        raise Fault(_("This is too long: %(most)s characters at most.") % {"most": most})
    return text


def _number(asked: FieldDef, text: str, places: int | None) -> Decimal:
    plain = normalize("NFKC", text).replace(",", "").replace(" ", "")
    try:
        number = Decimal(plain)
    except InvalidOperation as error:
        raise Fault(_("Write a number in digits.")) from error
    if not number.is_finite() or len(number.as_tuple().digits) > MOST_DIGITS:
        raise Fault(_("Write a number in digits."))
    if places is not None and number != number.quantize(Decimal(1).scaleb(-places)):
        raise Fault(_("Write a whole number.") if not places else _("Write yuan with two decimals at most."))
    if asked.least is not None and number < Decimal(str(asked.least)):
        raise Fault(_("Write %(least)s or more.") % {"least": f"{asked.least:g}"})
    if asked.most is not None and number > Decimal(str(asked.most)):
        raise Fault(_("Write %(most)s or less.") % {"most": f"{asked.most:g}"})
    return number


def _integer(asked: FieldDef, given: list[str], known: Known) -> int:
    number = int(_number(asked, given[0], 0))
    if number < 0 and asked.least is None:
        raise Fault(_("Write 0 or more."))
    return number


def _decimal(asked: FieldDef, given: list[str], known: Known) -> str:
    return f"{_number(asked, given[0], None).normalize():f}"


def _yuan(asked: FieldDef, given: list[str], known: Known) -> str:
    return f"{_number(asked, given[0], 2):.2f}"


def _date(asked: FieldDef, given: list[str], known: Known) -> str:
    try:
        day = date.fromisoformat(given[0].strip())
    except ValueError as error:
        raise Fault(_("Choose a day, as 2026-03-05.")) from error
    if not 1900 <= day.year <= 2200:
        raise Fault(_("This year cannot be right."))
    return day.isoformat()


def _time(asked: FieldDef, given: list[str], known: Known) -> str:
    try:
        return time.fromisoformat(given[0].strip()).strftime("%H:%M")
    except ValueError as error:
        raise Fault(_("Write the time as 09:30.")) from error


def _datetime(asked: FieldDef, given: list[str], known: Known) -> str:
    try:
        moment = datetime.fromisoformat(given[0].strip()).replace(tzinfo=None)
    except ValueError as error:
        raise Fault(_("Choose a day with its time.")) from error
    if not 1900 <= moment.year <= 2200:
        raise Fault(_("This year cannot be right."))
    return moment.isoformat(timespec="minutes")


def _yes_no(asked: FieldDef, given: list[str], known: Known) -> bool:
    if given[0] not in {YES, NO}:
        raise Fault(_("Choose yes or no."))
    return given[0] == YES


def _rating(asked: FieldDef, given: list[str], known: Known) -> int:
    if given[0] not in {*map(str, range(6))}:
        raise Fault(_("Choose one of 0 to 5."))
    return int(given[0])


def codes_of(code_list: str, on: date) -> dict[str, dict[str, str]]:
    """The values of a list; none where no pack in use has it yet."""
    try:
        return codes(code_list, on)
    except KeyError:
        return {}


def _code(asked: FieldDef, text: str, known: Known) -> str:
    """A code of the list, also where it was written in the words of either language."""
    told = codes_of(asked.code_list, known.on)
    if text in told or (asked.code_list, text) in known.chosen:
        return text
    named = [code for code, words in told.items() if tidy(text) in {words.get("zh"), words.get("en")}]
    if not named:
        raise Fault(_("Choose one that stands in the list."))
    return named[0]


def _choice(asked: FieldDef, given: list[str], known: Known) -> str:
    return _code(asked, given[0], known)


def _choices(asked: FieldDef, given: list[str], known: Known) -> list[str]:
    return [_code(asked, code, known) for code in dict.fromkeys(given)]


def _thing(asked: FieldDef, text: str, known: Known) -> int | str:
    if text.startswith(UNREGISTERED) or asked.of not in known.kinds:
        return _short(tidy(text.removeprefix(UNREGISTERED)), MOST_LINE)
    if not text.isdecimal() or len(text) > MOST_DIGITS:
        raise Fault(_("Choose from what is found, or keep the name as it is."))
    return int(text)


def _things(asked: FieldDef, given: list[str], known: Known) -> list[int | str]:
    lines = [line.strip() for text in given for line in text.splitlines()]
    found = [thing for thing in dict.fromkeys(_thing(asked, line, known) for line in lines) if thing != ""]
    rows = {thing for thing in found if isinstance(thing, int)}
    if rows and known.rows(asked.of, rows) != rows:
        raise Fault(_("This is not open to you, or there is no such one. Choose another."))
    return found


def _reference(asked: FieldDef, given: list[str], known: Known) -> int | str | None:
    return next(iter(_things(asked, given[:1], known)), None)


def _files(asked: FieldDef, given: list[str], known: Known) -> list[str]:
    found = list(dict.fromkeys(given))
    if not known.files.issuperset(found):
        raise Fault(_("A file is missing. Send it again."))
    return found


READ: Mapping[FieldType, Callable[[FieldDef, list[str], Known], Any]] = {
    FieldType.TEXT: _line,
    FieldType.LONG: _long,
    FieldType.INTEGER: _integer,
    FieldType.DECIMAL: _decimal,
    FieldType.YUAN: _yuan,
    FieldType.DATE: _date,
    FieldType.TIME: _time,
    FieldType.DATETIME: _datetime,
    FieldType.YES_NO: _yes_no,
    FieldType.RATING: _rating,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.REFERENCE: _reference,
    FieldType.REFERENCES: _things,
    FieldType.FILE: _files,
}


def signed(asked: FieldDef, name: str, typed: Typed, known: Known) -> dict[str, Any] | None:
    """A signature drawn on the screen, or the word of someone who does not write, with whoever heard it."""
    if typed.get(f"{name}.verbal") == [YES]:
        witness = tidy((typed.get(f"{name}.witness") or [""])[0])
        if not witness:
            raise Fault(_("Write who heard it."))
        return {"verbal": True, "witness": _short(witness, MOST_LINE)}
    drawn = [text for text in typed.get(name, ()) if text]
    return {"file": _files(asked, drawn[:1], known)[0]} if drawn else None


def read_value(asked: FieldDef, name: str, typed: Typed, known: Known) -> Any:
    """The answer to a field that is no rows; None where nothing was typed. Raises Fault."""
    if asked.type == FieldType.SIGNATURE:
        return signed(asked, name, typed, known)
    given = [text for text in typed.get(name, ()) if text.strip()]
    if not given:
        return None
    found = READ[asked.type](asked, given, known)
    return None if found in ("", []) else found
