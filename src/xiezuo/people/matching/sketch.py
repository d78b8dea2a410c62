"""What is known of someone, in a form that can be compared."""

from dataclasses import dataclass
from datetime import date

from xiezuo.common.text import HAN, bare, digits, tidy_name
from xiezuo.people.matching.sounds import simplified, sound_of
from xiezuo.people.vocab import Sex

PHONE_DIGITS = 7  # shorter runs are house numbers and extensions


@dataclass(frozen=True, slots=True)
class Sketch:
    """`name` as written; `plain` and `sound`: with simplified characters, and as it is spoken. `called`: it is only a
    nickname. `id_index` is the blind index of the identity number; `born` is as exact as `precision` says.
    `home` names those of whom it is certain that they are different people (one block of a register)."""

    name: str
    plain: str
    sound: str
    called: bool = False
    sex: str = Sex.UNKNOWN
    born: date | None = None
    precision: str = ""
    id_index: str = ""
    phone: str = ""
    address: str = ""
    school: str = ""
    guardians: frozenset[str] = frozenset()
    guardian_phones: frozenset[str] = frozenset()
    home: str = ""

    @property
    def keys(self) -> list[str]:
        """Whoever is the same human being shares at least one of these."""
        found = [f"s{self.sound}"] if self.sound else []
        if self.id_index:
            found.append(f"i{self.id_index}")
        if self.phone:
            found.append(f"p{self.phone}")
        if self.born and self.plain:
            found.append(f"b{self.born}{self.plain[0]}")
        return found


def sketch(
    *,
    name: str,
    called: bool = False,
    sex: str = Sex.UNKNOWN,
    born: date | None = None,
    precision: str = "",
    id_index: str = "",
    phone: str = "",
    address: str = "",
    school: str = "",
    sound: str = "",
    guardians: frozenset[str] = frozenset(),
    guardian_phones: frozenset[str] = frozenset(),
    home: str = "",
) -> Sketch:
    """A sketch from facts as they are written down; `guardians` and their phones likewise. `sound`: where it is kept."""
    tidied = tidy_name(name)
    plain = simplified(tidied).replace("·", "")
    return Sketch(
        name=tidied,
        plain=plain,
        sound=sound or sound_of(tidied),
        called=called,
        sex=sex,
        born=born,
        precision=precision,
        id_index=id_index,
        phone=phone_of(phone),
        address=bare(address) if address else "",
        school=bare(school) if school else "",
        guardians=frozenset(simplified(tidy_name(guardian)) for guardian in guardians if guardian),
        guardian_phones=frozenset(number for phone in guardian_phones if (number := phone_of(phone))),
        home=home,
    )


# How people are addressed without their name: 小王, 王姐, 阿强.
BEFORE = "小老大阿"
AFTER = (
    *("师傅", "阿姨", "老师", "女士", "先生", "大姐", "大哥", "大爷", "大妈", "大叔", "奶奶", "爷爷"),
    *("姐", "哥", "叔", "姨", "妈", "爸", "嫂"),
)


def is_address(name: str) -> bool:
    """Whether this is what someone is called rather than their name: 小王, 李姐, 红红."""
    return len(name) < 2 or name[0] in BEFORE or name.endswith(AFTER) or name == name[0] * len(name)


def phone_of(written: str) -> str:
    """The digits by which a telephone is compared; empty where it is none."""
    number = written if written.isascii() and written.isdigit() else digits(written)
    if len(number) < PHONE_DIGITS:
        return ""
    return number.removeprefix("86") if len(number) > 11 else number


def is_han(name: str) -> bool:
    return bool(HAN.search(name))
