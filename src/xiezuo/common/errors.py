"""The refusals every action may answer with; pages, API and command line put them into words in one place."""

from typing import Any

from django.utils.functional import Promise

Words = str | Promise


class Refusal(Exception):
    """Base of the two refusals. `words` is a whole sentence for people: what happened, what to do next."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.words = words

    def __str__(self) -> str:
        return str(self.words)


class NotAllowed(Refusal):
    """The actor may not see or do this; `words` say why and whom to ask."""


class RuleBroken(Refusal):
    """A rule of the field refuses this.

    `code` names the rule for machines ("people.nickname_missing"); `field` the form field it concerns, if one;
    `facts` are ids, codes and numbers a caller may show.
    """

    def __init__(self, code: str, words: Words, *, field: str = "", **facts: Any) -> None:
        super().__init__(words)
        self.code = code
        self.field = field
        self.facts = facts
