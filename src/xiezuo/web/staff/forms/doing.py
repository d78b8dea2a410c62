"""The small buttons of a form page: each changes one thing of what is typed and says nothing, or a sentence."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from xiezuo.forms.filling import Typed, add_row, drop_row
from xiezuo.forms.filling.values import UNREGISTERED

Verb = Callable[[Typed, str, str], str]


def _add(typed: Typed, name: str, _value: str) -> str:
    add_row(typed, name)
    return ""


def _drop(typed: Typed, name: str, number: str) -> str:
    drop_row(typed, name, number)
    return ""


def _choose(typed: Typed, name: str, value: str) -> str:
    """The one value of a field that takes one, one more of a field that takes several (its name ends in "+")."""
    several, plain = name.endswith("+"), name.removesuffix("+")
    typed[plain] = list(dict.fromkeys([*typed.get(plain, []), value])) if several else [value]
    typed.pop(f"{plain}.q", None)
    return ""


def _name(typed: Typed, name: str, _value: str) -> str:
    """Someone who is not registered stands there by what they are called."""
    scrap = (typed.get(f"{name.removesuffix('+')}.q") or [""])[0].strip()
    return _choose(typed, name, f"{UNREGISTERED}{scrap}") if scrap else _("Write a name first.")


def _take_away(typed: Typed, name: str, value: str) -> str:
    typed[name] = [kept for kept in typed.get(name, []) if kept != value]
    return ""


def _nothing(typed: Typed, name: str, value: str) -> str:
    return ""


VERBS: dict[str, Verb] = {
    "add": _add,
    "drop": _drop,
    "pick": _choose,
    "name": _name,
    "unpick": _take_away,
    "refresh": _nothing,
    "look": _nothing,
}


def carry_out(typed: Typed, doing: str) -> str:
    """`add:goals`, `drop:goals:2`, `pick:visitors+:12`, `name:visitors+`, `unpick:visitors:12`, `refresh`."""
    verb, _sep, rest = doing.partition(":")
    name, _sep, value = rest.partition(":")
    return VERBS.get(verb, _nothing)(typed, name, value)


def is_of_who(doing: str) -> bool:
    """Whether a button belongs to WHO of a service record, which has buttons of its own."""
    verb, _sep, what = doing.partition(":")
    return verb in {"list", "register", "count", "help"} or (
        verb in {"add", "drop"} and (what.isdecimal() or "|" in what)
    )
