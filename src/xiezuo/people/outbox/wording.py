"""The words of messages: templates of packs, with values put in, in the language of whoever gets them."""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from xiezuo.forms.definitions import Words, words
from xiezuo.forms.packs.finding import all_items, item
from xiezuo.forms.vocab import PackKind
from xiezuo.orgs.queries import house_name
from xiezuo.people.vocab import ConsentPurpose, MessageChannel

PART = "messages"
CHINESE, ENGLISH = "zh", "en"


@dataclass(frozen=True)
class Template:
    """`plain` and `discreet`: language → words; `purpose` as of a message."""

    code: str
    label: Words
    purpose: ConsentPurpose
    channel: MessageChannel
    plain: dict[str, str]
    discreet: dict[str, str]
    version: str


def template(code: str, on: date | None = None) -> Template:
    """Raises KeyError when no pack in use has it."""
    found = item(PackKind.DOCUMENTS, PART, code, on)
    told = found.value
    return Template(
        code=code,
        label=words(told["label"]),
        purpose=ConsentPurpose(told["purpose"]),
        channel=MessageChannel(told["channel"]),
        plain={language: told[language] for language in (CHINESE, ENGLISH)},
        discreet=dict(told["discreet"]),
        version=found.edition.version,
    )


def label_of(code: str) -> str:
    """What a template is called; one that no pack has any more keeps its code."""
    found = all_items(PackKind.DOCUMENTS, PART).get(code)
    return str(words(found.value["label"])) if found else code


def written(told: Template, values: Mapping[str, Any], *, language: str, discreet: bool) -> str:
    """The message. Raises KeyError for a value that the template asks for and nobody gave."""
    text = (told.discreet if discreet else told.plain)[language]
    asked = {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}
    given = {name: _in_words(values[name], language) for name in asked - {"house"}}
    return text.format(**given, **({"house": house_name()} if "house" in asked else {}))


def _in_words(value: Any, language: str) -> str:
    if isinstance(value, datetime):
        return f"{_in_words(value.date(), language)} {value:%H:%M}"
    if isinstance(value, date):
        return f"{value.month}月{value.day}日" if language == CHINESE else f"{value.day} {value:%B}"
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)
