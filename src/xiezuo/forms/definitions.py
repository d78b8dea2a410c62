"""A form as packs of kind `forms` define it: sections of fields, blocks shared by several forms, rows that repeat.

A pack's `forms` maps the form's identifier to its definition; `blocks` holds HEAD, WHEN, WHO and the like. What a nearer pack
(organisation, funder, city, province) says of a form replaces the whole form.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from xiezuo.common.privacy import Privacy
from xiezuo.forms.packs.finding import Found, all_items, item
from xiezuo.forms.packs.held import editions
from xiezuo.forms.packs.versions import Edition
from xiezuo.forms.vocab import FieldType, Mark, PackKind

HEAD = "HEAD"  # every form has it; the record keeps it, and no one fills it in


@dataclass(frozen=True)
class Words:
    """A label in both languages; shown in the one of whoever looks."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh if (get_language() or "zh").startswith("zh") else self.en or self.zh

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)


@dataclass(frozen=True)
class When:
    """A field is asked for only while `field` (of the same form, or of the same row) holds one of these values (`in`).

    `""` among them: while it holds nothing; `"*"`: while it holds anything. Yes and no are `yes` and `no`.
    `must`: whenever it is asked for it has to be answered.
    """

    field: str
    values: tuple[str, ...]
    must: bool = False


@dataclass(frozen=True)
class FieldDef:
    """One field. `code_list` names the list of a choice, `of` the thing a reference points to, `rows` the fields of each row.

    `core` fields cannot be lost: an edited form may rename, move and explain them, ask for them more strictly or fold them away.
    `row` is what one row is called. `least` and `most` bound a number; of rows and of several they bound how many there are.
    `media` says what a file may be: `photo`, `voice` or `any`. `default` is what stands there before anyone answers.
    `unknown_allowed`: a required fact about a person that may be answered `unknown`, `declined` or `not_asked`.
    `must_at`: may stay empty until the record gets that far (`reported`, `closed`; `entered`: typed here, not imported).
    `hidden`: no one is asked for it; an import fills it in. `staff_only`: not shown to those whom the record is about or for.
    `rule`: the rule behind it, by the rule's identifier.
    """

    key: str
    label: Words
    type: FieldType
    required: bool = False
    privacy: Privacy = Privacy.INTERNAL
    core: bool = True
    code_list: str = ""
    of: str = ""
    media: str = ""
    help: Words = Words("", "")
    when: When | None = None
    rows: tuple["FieldDef", ...] = ()
    row: Words = Words("", "")
    rule: str = ""
    least: float | None = None
    most: float | None = None
    default: str = ""
    unknown_allowed: bool = False
    must_at: str = ""
    hidden: bool = False
    staff_only: bool = False

    @property
    def is_many(self) -> bool:
        return self.type in {FieldType.CHOICES, FieldType.REFERENCES, FieldType.ROWS}

    @property
    def is_asked(self) -> bool:
        """Someone fills it in; a computed field fills itself."""
        return self.type != FieldType.COMPUTED and not self.hidden


@dataclass(frozen=True)
class SectionDef:
    """Fields that stand together. `block` names a shared block; `folded` ones open when someone asks for them."""

    key: str
    label: Words
    fields: tuple[FieldDef, ...]
    block: str = ""
    folded: bool = False
    help: Words = Words("", "")


@dataclass(frozen=True)
class FormDefinition:
    """`method`: the method of the service record that a filled form is (§ blocks of the forms); "" for one that is none.

    `hides`: fields of the HEAD that neither screen nor paper shows (who reported, who answered). `about`: `person` where the
    form is about someone whom none of its fields names, `maybe` where it may be; then it is asked above the form.
    """

    key: str
    number: str
    label: Words
    part: Words
    floor: str
    privacy: Privacy
    method: str
    sections: tuple[SectionDef, ...]
    pack_id: str
    version: str
    mark: Mark
    source: Words
    hides: tuple[str, ...] = ()
    about: str = ""

    def fields(self) -> Iterator[FieldDef]:
        for section in self.sections:
            yield from section.fields

    def field(self, key: str) -> FieldDef:
        """Raises KeyError."""
        found = next((one for one in self.fields() if one.key == key), None)
        if found is None:
            raise KeyError(key)
        return found

    def has(self, block: str) -> bool:
        return any(section.block == block for section in self.sections)

    @property
    def holds_sensitive(self) -> bool:
        """Needs an assessment first (DAT-4)."""
        return self.privacy == Privacy.SENSITIVE or any(one.privacy == Privacy.SENSITIVE for one in self.fields())


def form_definition(key: str, on: date | None = None) -> FormDefinition:
    """The form as it holds on the day of the service (today). Raises KeyError when no pack in use has it."""
    return _read(key, item(PackKind.FORMS, "forms", key, on))


def form_definitions(on: date | None = None) -> list[FormDefinition]:
    """Every form in use on a day (today), by number."""
    found = all_items(PackKind.FORMS, "forms", on)
    return sorted((_read(key, one) for key, one in found.items()), key=lambda form: (int(form.number[1:]), form.key))


def form_of(key: str, pack_id: str, version: str) -> FormDefinition:
    """The form in the version with which a record was written. Raises KeyError for a version that is not here any more."""
    for one in editions(pack_id):
        if one.version == version and key in one.body.get("forms", {}):
            return _read(key, _told(key, one))
    raise KeyError(f"{pack_id} {version} {key}")


def as_it_would_be(key: str, edition: Edition) -> FormDefinition:
    """The form as a version tells it that is not in force. Raises KeyError."""
    return _read.__wrapped__(key, Found(edition.body["forms"][key], edition))


@lru_cache(maxsize=512)
def _told(key: str, edition: Edition) -> Found:
    """One and the same for each version, so that what was read of it is not read again."""
    return Found(edition.body["forms"][key], edition)


@lru_cache(maxsize=512)
def _read(key: str, found: Found) -> FormDefinition:
    told, edition = found.value, found.edition
    shared = Privacy(told["class"])
    blocks = edition.body.get("blocks") or item(PackKind.FORMS, "blocks", HEAD, None).edition.body["blocks"]
    return FormDefinition(
        key=key,
        number=told["no"],
        label=words(told),
        part=words(told, "part"),
        floor=told["floor"],
        privacy=shared,
        method=told.get("method", ""),
        sections=tuple(_section(n, one, shared, blocks) for n, one in enumerate(told["sections"])),
        pack_id=edition.pack_id,
        version=edition.version,
        mark=Mark(told.get("mark") or edition.body["mark"]),
        source=_source(told if "source" in told else edition.body),
        hides=tuple(told.get("hides", ())),
        about=told.get("about", ""),
    )


def words(told: Mapping[str, Any], name: str = "") -> Words:
    """`zh` and `en` of a part of a pack, or `<name>_zh` and `<name>_en`."""
    before = f"{name}_" if name else ""
    return Words(str(told.get(f"{before}zh", "")), str(told.get(f"{before}en", "")))


def _source(told: Mapping[str, Any]) -> Words:
    return Words(str(told["source"]), str(told.get("source_en", "")))


def _section(number: int, told: dict[str, Any], shared: Privacy, blocks: dict[str, Any]) -> SectionDef:
    if name := told.get("block"):
        block = blocks[name]
        privacy = Privacy(block.get("class", shared))
        must = bool(told.get("required"))
        inside = tuple(_field(one, privacy, blocks, must=must) for one in block["fields"])
        if block.get("rows"):
            inside = (_rows_of(name.lower(), block, privacy, inside, must=must),)
        label = words(told) or words(block)
        return SectionDef(
            name.lower(), label, inside, block=name, folded=bool(told.get("folded")), help=words(told, "help")
        )
    fields = tuple(_field(one, shared, blocks) for one in told["fields"])
    key = told.get("key") or f"section_{number}"
    return SectionDef(key, words(told), fields, folded=bool(told.get("folded")), help=words(told, "help"))


def _rows_of(
    key: str, block: dict[str, Any], privacy: Privacy, fields: tuple[FieldDef, ...], *, must: bool
) -> FieldDef:
    return FieldDef(
        key=key,
        label=words(block),
        type=FieldType.ROWS,
        required=must,
        privacy=privacy,
        help=words(block, "help"),
        rows=fields,
        row=words(block, "row"),
    )


def _field(told: dict[str, Any], shared: Privacy, blocks: dict[str, Any], *, must: bool = False) -> FieldDef:
    privacy = Privacy(told.get("class", shared))
    return FieldDef(
        key=told["key"],
        label=words(told),
        type=FieldType(told["type"]),
        required=bool(told.get("required")) or (must and told["type"] != FieldType.COMPUTED),
        privacy=privacy,
        core=bool(told.get("core", True)),
        code_list=told.get("list", ""),
        of=told.get("of", ""),
        media=told.get("media", ""),
        help=words(told, "help"),
        when=_when(told.get("when")),
        rows=tuple(_rows(told.get("rows", ()), privacy, blocks)),
        row=words(told, "row"),
        rule=told.get("rule", ""),
        least=told.get("min"),
        most=told.get("max"),
        default=told.get("default", ""),
        unknown_allowed=bool(told.get("unknown_allowed")),
        must_at=told.get("must_at", ""),
        hidden=bool(told.get("hidden")),
        staff_only=bool(told.get("staff_only")),
    )


def _when(told: dict[str, Any] | None) -> When | None:
    return When(told["field"], tuple(told["in"]), must=bool(told.get("must"))) if told else None


def _rows(told: Any, privacy: Privacy, blocks: dict[str, Any]) -> Iterator[FieldDef]:
    for one in told:
        if name := one.get("block"):
            yield from (_field(f, privacy, blocks, must=bool(one.get("required"))) for f in blocks[name]["fields"])
        else:
            yield _field(one, privacy, blocks)
