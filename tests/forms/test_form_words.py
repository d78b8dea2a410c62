"""How the shipped forms speak: both languages, a social worker's words, none that hurts."""

import re
from collections.abc import Iterator
from importlib.resources import files

from tests.forms.shipped import FORMS_HERE, everything
from xiezuo.forms.definitions import Words
from xiezuo.forms.packs import pack
from xiezuo.forms.vocab import FieldType

CHINESE = re.compile("[\u4e00-\u9fff]")
LATIN = re.compile("[A-Za-z]")
HURTFUL = ("弱势群体", "受益人", "问题儿童", "帮扶对象", "低端人口", "残废", "外来人口", "beneficiar", "client")


def labels() -> Iterator[tuple[str, Words]]:
    for form in FORMS_HERE:
        yield from ((form.key, form.label), (form.key, form.part), (form.key, form.source))
        for section in form.sections:
            yield f"{form.key}.{section.key}", section.label
    for where, one in everything():
        yield where, one.label
    for name, block in pack("forms-core")["blocks"].items():
        yield name, Words(block["zh"], block["en"])
        yield from ((f"{name}.{one['key']}", Words(one["zh"], one["en"])) for one in block["fields"])


def test_chinese_is_chinese_and_english_is_english() -> None:
    for where, label in labels():
        assert CHINESE.search(label.zh) and not LATIN.search(label.zh), where
        assert label.en[0].isupper(), where
        assert not CHINESE.search(label.en) and "_" not in label.en, where


def test_every_kind_of_row_says_what_one_row_is_called() -> None:
    for where, one in everything():
        assert (one.type == FieldType.ROWS) == bool(one.row), where
        assert not one.row or (CHINESE.search(one.row.zh) and one.row.en.islower()), where


def test_what_is_explained_is_explained_in_both_languages() -> None:
    told = [(where, one.help) for where, one in everything()]
    told += [(form.key, section.help) for form in FORMS_HERE for section in form.sections]
    for where, words in told:
        assert bool(words.zh) == bool(words.en), where
        assert not words.zh or (CHINESE.search(words.zh) and not CHINESE.search(words.en)), where


# Keys of two words that are how one says it in English.
SAID_SO = {
    *(
        "back_on",
        "checked_by",
        "checked_on",
        "closed_on",
        "collected_by",
        "confirmed_by",
        "confirmed_on",
        "counted_from",
    ),
    *(
        "decided_by",
        "decided_on",
        "done_on",
        "due_on",
        "ethnic_group",
        "evidence_needed",
        "family_background",
        "follow_up_on",
    ),
    *(
        "for_whom",
        "full_name",
        "given_by",
        "issued_on",
        "joined_on",
        "left_on",
        "needs_supervision",
        "next_topic",
        "on_duty",
    ),
    *(
        "overall_aim",
        "party_body",
        "pen_name",
        "people_shown",
        "raised_by",
        "received_on",
        "referred_by",
        "registered_on",
    ),
    *("registration_authority", "review_on", "sent_to", "supervising_unit", "verified_by"),
}


def test_no_english_label_is_the_bare_identifier() -> None:
    raw = {
        where
        for where, one in everything()
        if "_" in one.key and one.label.en == one.key.replace("_", " ").capitalize()
    }
    assert {where.rpartition(".")[2] for where in raw} == SAID_SO


def test_the_words_that_hurt_stand_nowhere() -> None:
    for name in ("forms-core.json", "codes-forms.json", "codes-local.json", "codes-core.toml"):
        text = (files("xiezuo.forms.packs") / name).read_text(encoding="utf-8").casefold()
        assert [word for word in HURTFUL if word in text] == []
