"""What is wrong with a pack: where, and a sentence about it."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

# `code` → the sentence; what stands in %(…)s are facts of the problem.
WORDS = {
    "not_a_table": _("A pack is a table of named things; this is none."),
    "lacks": _("“%(what)s” is missing."),
    "unknown": _("“%(what)s” is not known here. Known are: %(known)s."),
    "not_so_written": _("“%(what)s” cannot be written like this: %(how)s."),
    "not_a_day": _("“%(what)s” is not a day. Write it as 2026-09-01."),
    "ends_early": _("It ends before it begins."),
    "place_needed": _("A pack of a province, city or district says which one: its code has six digits."),
    "place_not_here": _("Only a pack of a province, city or district names a place."),
    "mark_too_high": _(
        "The pack is marked “%(head)s”, yet this in it is only “%(inside)s”. The lowest mark inside counts."
    ),
    "twice": _("“%(what)s” stands here twice."),
    "no_content": _("There is nothing in it: a pack of this kind has “%(what)s”."),
    "one_language": _("It is named in one language only. Give it a name in Chinese and in English."),
    "not_ascending": _("The steps do not rise: %(now)s comes after %(before)s."),
    "not_for_this_type": _("“%(what)s” does not belong to a field of the type “%(type)s”."),
    "no_such_block": _("No shared block is called “%(what)s”."),
    "no_such_list": _("No pack has a code list called “%(what)s”."),
    "no_such_code": _("The list “%(list)s” has no value “%(what)s”."),
    "no_such_field": _("It depends on a field “%(what)s”, which is not in this form."),
    "depends_on_itself": _("A field cannot depend on itself."),
    "core_lost": _("The core field “%(what)s” is missing. Core fields can be renamed, moved and folded, not left out."),
    "core_changed": _(
        "What the core field “%(what)s” takes has changed (%(how)s). Answers written before could not be read."
    ),
    "core_looser": _("The core field “%(what)s” must be filled in; it can be asked for more strictly, not less."),
    "core_opened": _("The core field “%(what)s” was “%(before)s” and would be “%(now)s”: fewer eyes, never more."),
    "form_lost": _("The form “%(what)s” is missing. A form that is no longer used is hidden, not left out."),
    "code_lost": _("The value “%(what)s” is missing. A value that was used is retired, not deleted."),
    "item_lost": _("The line “%(what)s” is missing. A line that was used is retired, not deleted."),
    "law_softened": _("This rule was read in the law. It can be followed more strictly, not less."),
    "law_numbers": _(
        "The numbers of this rule were read in the law, so they stay. Where the law changed, wait for the new pack."
    ),
    "licence_needed": _("Measures are published with a licence. Write down under which."),
    "requires": _("It needs the pack “%(what)s”, which is not here."),
}


@dataclass(frozen=True)
class Problem:
    """`path`: where in the pack, names joined by “ › ”; empty for the pack as a whole."""

    code: str
    path: str = ""
    facts: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def words(self) -> str:
        return str(WORDS[self.code]) % self.facts

    def __str__(self) -> str:
        return f"{self.path}: {self.words}" if self.path else self.words


def at(*names: object) -> str:
    """The path of these names."""
    return " › ".join(str(name) for name in names if name != "")
