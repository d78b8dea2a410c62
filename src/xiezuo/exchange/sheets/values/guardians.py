"""A cell that holds a person: name, telephone and identity number written one after the other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..text import half, in_brackets, squash, without_brackets
from ..vocabulary import longest_first, relations, words
from .identity import IdNumber, parse_id_text
from .names import HAN, Name, clean_name, has_surname, parse_name
from .phones import Phone, parse_phone_text

HYPHENS = re.compile(r"(?<=\d)[-—–](?=\d)")
GLUED = re.compile(r"(?<!\d)(1\d{10})(\d{17}[\dXx])(?!\d)")
SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?(\d+)")
ID = re.compile(r"(?<![\d*])(?:\d{6} \d{8} \d{3}[\dXx×]|\d{14,}[Xx×]?)(?![\d*])")
COUNTRY = re.compile(r"(?:\+|(?<!\d)00)86[ -]?(?=1)")
PHONE = re.compile(r"(?<!\d)(?:1\d{2} \d{4} \d{4}|\d{3}\*{2,}\d{2,4}|\d{7,13})(?:\.0)?(?!\d)")
LATIN_SPACE = re.compile(r"(?<=[A-Za-z.]) +(?=[A-Z])")
NAME_AND_NOTE = re.compile(r"[\u3400-\u9fff·•]{2,}\s*(?:[（(][^（()）]*[）)])?")
PARTS = re.compile(r"[、，,/;；\n\t|:：\s]+")
# 王强（13900000001）: what stands in brackets is a number of theirs, not a remark.
NUMBER_IN_BRACKETS = re.compile(
    r"[(\[【]\s*((?:[^\d()\[\]【】]{0,4}[:：]?\s*)?\+?[\d*][\d\s*\-]{5,20}[\dXx*])\s*[)\]】]"
)
ENUMERATED = re.compile(r"[、，,/／;；\n]")


@dataclass
class Guardian:
    """A person in a cell; ``rest`` is the text that was not understood."""

    name: Name = field(default_factory=Name)
    phone: Phone = field(default_factory=Phone)
    id_number: IdNumber = field(default_factory=IdNumber)
    relation: str | None = None
    rest: list[str] = field(default_factory=list)

    @property
    def values(self) -> dict[str, str]:
        """The fields of a record."""
        found = dict(self.name.values)
        pairs = (
            ("phone", self.phone.value),
            ("id_number", self.id_number.value),
            ("relation", self.relation),
        )
        return found | {key: value for key, value in pairs if value}

    @property
    def exists(self) -> bool:
        """Whether the cell speaks of a person at all, not only of their absence."""
        said = (
            self.name.values,
            self.phone.value,
            self.phone.problem,
            self.id_number.value,
            self.id_number.problem,
        )
        return any(said)


def parse_guardian(text: str, relation: str | None = None) -> Guardian:
    """One person. ``relation`` is what the heading says; a relation in the cell goes before it."""
    text = NUMBER_IN_BRACKETS.sub(r" \1 ", half(text))
    notes = " ".join(in_brackets(text))
    rest = HYPHENS.sub("", half(without_brackets(text)).replace("\u00a0", " ").replace("\u3000", " "))
    rest = GLUED.sub(r"\1 \2", rest.replace("'", " ").replace("‘", " ").replace("’", " "))
    rest = COUNTRY.sub(" ", rest)
    person = Guardian(relation=relation)
    rest = _take_numbers(person, rest)
    _take_words(person, rest)
    if person.relation is None:
        person.relation = relations().get(squash(notes))
    return person


def split_guardians(text: str) -> list[str]:
    """Several people in one cell, where each line or clause has a name and a number of its own."""
    for sign in ("\n", "；", ";"):
        parts = [part for part in text.split(sign) if part.strip()]
        people = [parse_guardian(part) for part in parts]
        if len(parts) > 1 and all(p.name.values and (p.phone.value or p.id_number.value) for p in people):
            return parts
    return _names_only(text) or [text]


def _names_only(text: str) -> list[str]:
    """刘珊（生母） 方彩云（继母）: nothing but full names, each perhaps with a note."""
    parts = [part for part in NAME_AND_NOTE.findall(text) if part.strip()]
    names = [clean_name(part) for part in parts]
    rest = PARTS.sub("", NAME_AND_NOTE.sub("", text))
    plain = all(has_surname(name) and squash(name) not in relations() and not _says_nothing(name) for name in names)
    return parts if len(parts) > 1 and plain and not rest else []


def _take_numbers(person: Guardian, text: str) -> str:
    for match in SCIENTIFIC.finditer(text):
        if int(match[1]) >= 14:
            person.id_number = IdNumber(None, "id_precision_lost")
        else:
            person.phone = Phone(None, "phone_precision_lost")
    text = SCIENTIFIC.sub(" ", text)
    for match in ID.finditer(text):
        if person.id_number == IdNumber():
            person.id_number = parse_id_text(match[0])
        else:
            person.rest.append(match[0])
    text = ID.sub(" ", text)
    for match in PHONE.finditer(text):
        if person.phone == Phone():
            person.phone = parse_phone_text(match[0])
        else:
            person.rest.append(match[0])
    return PHONE.sub(" ", text)


def _take_words(person: Guardian, text: str) -> None:
    for label in longest_first("number_labels"):
        text = re.sub(rf"{re.escape(label)}(?=[\s:：]|$)", " ", text, flags=re.IGNORECASE)
    words_left = [part.replace("\x01", " ") for part in PARTS.split(LATIN_SPACE.sub("\x01", _joined(text))) if part]
    for word in words_left:
        if squash(word) in relations():
            person.relation = relations()[squash(word)] if person.relation is None else person.relation
        elif _says_nothing(word):
            continue
        elif not person.name.values and (related := _related(word)):
            person.relation, person.name = person.relation or related[0], parse_name(related[1])
        elif not person.name.values and looks_like_name(_without_absence(word)):
            person.name = parse_name(_without_absence(word))
        else:
            person.rest.append(word)


def _joined(text: str) -> str:
    """马  超 → 马超: a family name of one character that stands apart belongs to what follows."""
    return re.sub(
        r"(?:^|(?<=[\s、，,/:：]))([㐀-鿿])[ \u3000]+([㐀-鿿]{1,2})(?=$|[\s、，,/;；\n])",
        _join_if_name,
        text.strip(),
    )


def _join_if_name(match: re.Match[str]) -> str:
    joined = match[1] + match[2]
    plain_words = words("unknown") | words("absent_person") | words("blank")
    return joined if match[2] not in plain_words and has_surname(joined) else match[0]


def _related(word: str) -> tuple[str, str] | None:
    """妈妈钱四 → 母亲, 钱四."""
    for written in sorted(relations(), key=len, reverse=True):
        name = word[len(written) :]
        if len(written) > 1 and squash(word).startswith(written) and has_surname(name) and len(name) > 1:
            return relations()[written], name
    return None


def _says_nothing(word: str) -> bool:
    squashed = squash(word)
    return any(squashed in words(name) for name in ("blank", "unknown", "absent_person"))


def _without_absence(word: str) -> str:
    """张红无 → 张红: a missing number written straight behind the name."""
    for mark in ("无", *longest_first("unknown")):
        if word.endswith(mark) and len(word) - len(mark) >= 2:
            return word.removesuffix(mark)
    return word


def looks_like_name(word: str) -> bool:
    """Short enough to be a name: up to four characters, more with a middle dot or in Latin letters."""
    bare = parse_name(word)
    kept = bare.name or bare.nickname or ""
    if not kept or any(c.isdigit() for c in kept):
        return False
    return len(kept) <= 4 if HAN.match(kept) else len(kept) <= 40
