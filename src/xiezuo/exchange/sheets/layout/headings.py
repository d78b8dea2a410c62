"""What a heading means, by the words of the vocabulary."""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache

from ..text import in_brackets, squash, without_brackets
from ..vocabulary import longest_first, table, words

# Questionnaires number what they ask: 3、您的出生日期, Q4.手机号码.
QUESTION = re.compile(r"^\s*[Qq]?\d{1,2}\s*[、.．:：)）]\s*(?=[^\W\d_]{2})")
PUNCTUATION = re.compile(r"[^\w]+|_")
Path = tuple[str, ...]
GROWN_UP = 18
CHILD, ADULT = "儿童", "成人"
AGES = re.compile(
    r"(?P<low>\d{1,2})(?:周岁|岁|歲)?[-~～—–至到](?P<high>\d{1,3})(?:周岁|岁|歲)"
    r"|(?:未满|不满|小于)(?P<under>\d{1,2})(?:周岁|岁|歲)"
    r"|(?P<bound>\d{1,2})(?:周岁|岁|歲)?(?:[（(]?含[)）]?)?(?P<side>及以上|以上|及以下|以下|以内|以內|\+)"
)
HOURS_SIGN = {"h": "小时", "hr": "小时", "hrs": "小时"}

# How well a heading fits a word: the same, ends with it, begins with it, holds it. The share of the heading
# that the word covers is added, so that 统计日期 is nearer to 统计日期 than to 日期.
SAME, ENDS, BEGINS, HOLDS, COVER = 1.0, 0.55, 0.42, 0.36, 0.35
LATER_WORD = 0.0005
EXACT = 0.9
ASKED = 0.95
COUNTED = 0.85  # 孩子一, 联系人2
NUMBERED = re.compile(r"(.{2,})[1-9一二三四五六]")
IN_BRACKETS = 0.75
IS_HEADING = 0.68
MOST = 0.72  # share of a text that a word at its end must cover
LONGEST_HEADING = 24
IN_A_FRAME = 0.92
GAP = "…"
QUALIFIED = 0.88
EITHER = 0.85
OR = re.compile(r"[/／或]")
TWIN = 0.95  # 入班时间 where only 入班日期 is known
SHORTEST_STEM = 2
LEGEND = re.compile(r"(?:\d[=＝:：.、\-]?[^\W\d_]{1,6}[,，;；、/\s]*){2,}")  # 1男2女, 1=是 2=否
BETWEEN_MEASURES = "数數及和与與的名个個量总總其中"


@lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """A heading for comparison: without brackets, signs, space, case, the number of a question, simplified."""
    text = QUESTION.sub("", text)
    return _as_written(PUNCTUATION.sub("", squash(without_brackets(text))) or PUNCTUATION.sub("", squash(text)))


def _as_written(heading: str) -> str:
    """领的啥 → 领的什么: the speech of a place as the vocabulary has it."""
    for spoken, written in table("words")["spoken"].items():
        heading = heading.replace(spoken, written)
    return heading


@cache
def _concepts() -> list[tuple[str, str]]:
    """Every word of the vocabulary with its concept."""
    return [(bare(word) or squash(word), concept) for concept, all_of in _listed() for word in all_of]


def _listed() -> list[tuple[str, list[str]]]:
    """Concept and its words, without the frames that leave a gap."""
    return [(concept, [word for word in all_of if GAP not in word]) for concept, all_of in table("concepts").items()]


@cache
def _frames() -> list[tuple[re.Pattern[str], str]]:
    """Words with a gap for another: 与…关系 is 与患儿关系 and 与长者的关系."""
    return [
        (re.compile(".{1,6}".join(re.escape(bare(part)) for part in word.split(GAP))), concept)
        for concept, all_of in table("concepts").items()
        for word in all_of
        if GAP in word
    ]


def _framed(heading: str) -> set[str]:
    return {concept for pattern, concept in _frames() if pattern.fullmatch(heading)}


@cache
def _exact() -> dict[str, dict[str, float]]:
    """Word → concept → fit. Of two columns that name one field, the word listed first wins."""
    found: dict[str, dict[str, float]] = {}
    for concept, all_of in _listed():
        for i, word in enumerate(all_of):
            fits = found.setdefault(bare(word) or squash(word), {})
            fits[concept] = max(fits.get(concept, 0.0), SAME - i * LATER_WORD)
    return found


@lru_cache(maxsize=20_000)
def concepts_of(text: str) -> dict[str, float]:
    """Concept → how well this one heading fits it (0 to 1)."""
    heading = bare(text)
    if not heading:
        return {}
    scores = dict(_exact().get(heading, {}))
    if "other_label" in scores:
        return scores  # asks for something that only looks like the concepts its words belong to
    if heading not in _exact() and (asked := _asked_for(heading)) != heading:
        scores = {concept: score * ASKED for concept, score in _exact().get(asked, {}).items()}
    for word, concept in _concepts():
        if len(word) < 2 or word not in heading or word == heading or not _whole_word(word, heading):
            continue
        base = ENDS if heading.endswith(word) else BEGINS if heading.startswith(word) else HOLDS
        scores[concept] = max(scores.get(concept, 0.0), base + COVER * len(word) / len(heading))
    if heading not in _exact() and (counted := NUMBERED.fullmatch(heading)):
        for concept, score in _exact().get(counted[1], {}).items():
            scores[concept] = max(scores.get(concept, 0.0), score * COUNTED)
    for concept, score in (_twin(heading) | _counted_by_sign(heading)).items():
        scores[concept] = max(scores.get(concept, 0.0), score * TWIN)
    for concept, score in _either(text).items():
        scores[concept] = max(scores.get(concept, 0.0), score * EITHER)
    for concept in _framed(heading):
        scores[concept] = max(scores.get(concept, 0.0), IN_A_FRAME)
    for concept, score in _qualified(heading).items():
        scores[concept] = max(scores.get(concept, 0.0), score * QUALIFIED)
    return scores


def _counted_by_sign(heading: str) -> dict[str, float]:
    """家访人甲 is 家访人1."""
    digit = next((signs[0] for signs in table("words")["counters"] if heading[-1] in signs[1:]), "")
    return _exact().get(heading[:-1] + digit, {}) if digit else {}


def _either(text: str) -> dict[str, float]:
    """学校/机构 asks for the one or the other: what the first of them fits that says anything."""
    parts = OR.split(without_brackets(text))
    if len(parts) < 2:
        return {}
    return next((fits for part in parts if (fits := _exact().get(bare(part), {}))), {})


def _qualified(heading: str) -> dict[str, float]:
    """What the noun of a heading fits without the words before it that only say more closely: 参与项目 is 项目."""
    rest = heading
    while rest not in _exact():
        start = next((word for word in longest_first("heading_starts") if rest.startswith(word)), "")
        rest = rest.removeprefix(start)
        if not start or len(rest) < SHORTEST_STEM:
            return {}
    return _exact()[rest] if rest != heading else {}


def _asked_for(heading: str) -> str:
    """您目前的职业是 → 职业: a question of a questionnaire without the words that only ask."""
    for start in longest_first("question_starts") * 2:
        heading = heading.removeprefix(start) or heading
    for end in longest_first("question_ends"):
        heading = heading.removesuffix(end) or heading
    return heading


def in_minutes(path: Path) -> bool:
    """Whether the heading says that its figures are minutes: 时长（分钟）, 服务分钟数."""
    units = words("units_minutes")
    notes = {squash(note) for part in path for note in in_brackets(part)}
    spelt = tuple(unit for unit in longest_first("units_minutes") if len(unit) > 1 and not unit.isascii())
    return bool(notes & set(units)) or any(bare(part).removesuffix("数").endswith(spelt) for part in path)


def _twin(heading: str) -> dict[str, float]:
    """What a heading fits that says 时间 or 日 where the vocabulary says 日期."""
    endings: list[str] = table("words")["says_when"]
    ending = next((end for end in endings if heading.endswith(end)), "")
    stem = heading.removesuffix(ending)
    if heading in _exact() or not ending or len(stem) < SHORTEST_STEM:
        return {}
    return next((fits for end in endings if (fits := _exact().get(stem + end))), {})


def _whole_word(word: str, heading: str) -> bool:
    """Latin words must not match inside other words: "no" is not in "phoneno" by accident."""
    return not word.isascii() or len(word) >= 4


def bracket_concepts(text: str) -> dict[str, float]:
    """What only the brackets of a heading say: Worker (how addressed). Less sure than the heading itself."""
    found: dict[str, float] = {}
    for note in in_brackets(text):
        for concept, score in concepts_of(note).items():
            if score >= EXACT:
                found[concept] = max(found.get(concept, 0.0), score * IN_BRACKETS)
    return found


def path_concepts(path: Path) -> dict[str, float]:
    """Concept → fit for a heading of several rows: its last row, or all rows read as one."""
    path = without_legend(path)
    if not path:
        return {}
    scores = bracket_concepts(path[-1]) | concepts_of(path[-1])
    if len(path) > 1:
        for concept, score in concepts_of("".join(path)).items():
            scores[concept] = max(scores.get(concept, 0.0), score * 0.95)
        for concept, score in concepts_of(path[0]).items():
            scores[concept] = max(scores.get(concept, 0.0), score * 0.5)
    return scores


def without_legend(path: Path) -> Path:
    """性别 over 1男2女: what codes stand for is no heading."""
    return path[:-1] if len(path) > 1 and LEGEND.fullmatch(squash(path[-1])) else path


def named_heading(path: Path) -> str:
    """The heading that names what a column holds, its unit in brackets: 大米/袋, and 大米 over 袋, are 大米（袋）.

    A name over 数量 names the column: 大米 / 数量 beside 大米 / 签字.
    """
    units = words("units_goods")
    if len(path) > 1 and concepts_of(path[-1]).get("quantity", 0.0) >= EXACT:
        above = concepts_of(path[-2])
        return path[-1] if max(above.get("item", 0.0), above.get("quantity", 0.0)) >= IS_HEADING else path[-2]
    if len(path) > 1 and squash(path[-1]) in units:
        return f"{path[-2]}（{path[-1]}）"
    name, _, unit = squash(path[-1]).rpartition("/")
    return f"{name}（{unit}）" if name and unit in units else path[-1]


@cache
def _not_measure_words() -> re.Pattern[str]:
    """Takes every word for figures off a heading, longest first; single Latin letters are left."""
    data = table("measures")
    parts = (data[part] for part in ("what", "measure", "group", "part"))
    found = {squash(word) for part in parts for all_of in part.values() for word in all_of}
    found |= set(map(squash, data["neutral"]["words"]))
    usable = sorted((word for word in found if len(word) > 1 or not word.isascii()), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, usable)))


@lru_cache(maxsize=20_000)
def figure_words(text: str) -> str:
    """A heading of figures for comparison: ages as children or adults, and what brackets say of the figures.

    6-17岁男 → 儿童男, 志愿者（高校学生） → 志愿者高校学生, 服务时长(h) → 服务时长小时.
    """
    inside = [HOURS_SIGN.get(squash(note), squash(note)) for note in in_brackets(text)]
    told = "".join(note for note in inside if note and _only_figure_words(PUNCTUATION.sub("", AGES.sub(_of_age, note))))
    outside = without_brackets(text)
    return PUNCTUATION.sub("", AGES.sub(_of_age, squash(outside) + told)) or bare(text)


def _of_age(match: re.Match[str]) -> str:
    """Which of the two groups an age heading counts; left as it is where it could be both."""
    low, high, bound, side = match["low"], match["high"], match["bound"], match["side"]
    if high:
        return CHILD if int(high) <= GROWN_UP else ADULT if int(low) >= GROWN_UP else match[0]
    below = side in ("以下", "及以下", "以內", "以内", "under")
    years = int(bound or match["under"])
    if match["under"] or below:
        return CHILD if years <= GROWN_UP else match[0]
    return ADULT if years >= GROWN_UP else match[0]


def _only_figure_words(heading: str) -> bool:
    return _not_measure_words().sub("", heading).strip(BETWEEN_MEASURES) == ""


@lru_cache(maxsize=20_000)
def is_measure_heading(text: str) -> bool:
    """Whether the heading consists of nothing but words for figures: 成人数, 男童, 合计, 18岁以上女."""
    heading = figure_words(text)
    return bool(heading) and len(heading) <= LONGEST_HEADING and _only_figure_words(heading)


@lru_cache(maxsize=20_000)
def is_heading(text: str) -> bool:
    """Whether a cell reads like the heading of a column."""
    if len(squash(text)) > 2 * LONGEST_HEADING or squash(text) in words("blank"):
        return False
    heading = bare(text)
    if not heading or len(heading) > LONGEST_HEADING or heading.isdigit():
        return False
    return is_measure_heading(text) or max(concepts_of(text).values(), default=0.0) >= IS_HEADING


@lru_cache(maxsize=20_000)
def is_word_for(text: str) -> bool:
    """Cheaper too: whether the cell is a word of the vocabulary, or ends with one that is most of it."""
    heading, known = bare(text), _exact()
    if heading in known or _framed(heading):
        return True
    lengths = range(max(2, math.ceil(MOST * len(heading))), len(heading))
    return any((word := heading[-n:]) in known and _whole_word(word, heading) for n in lengths)


def is_exact_heading(text: str) -> bool:
    """Cheaper: whether the cell is exactly a word of the vocabulary."""
    return bare(text) in _exact() or is_measure_heading(text)
