"""What a quantity speaks of: the subject, found before it, after it, or carried from before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from zhenxing.reading.clauses import Place
from zhenxing.reading.lexicon import any_of, table, words

LONG = 14
SHORT_ITEM = 3
SHORT_RATE = 4
LONGEST = 24
_RATE = re.compile(r"[率占比重例]$")
_RATE_WORD = re.compile(r"(?:率|占比|比重|比例)$")
_GAP = re.compile(r"^(?:增速|增幅|降幅)?(?:占(?!地)|落后|领先|高于|低于|快于|慢于|高出|比|较)")
_TRIAL = re.compile(r"(?:在|于)([^,。;:在]{2,20}?(?:考核|考评|评比|测评|评议|评选))中")
_TOPIC = re.compile(r"(?:为|是|关于|在)?([^,。;:、!?\n()为]{2,20}(?:项目|工程|园|园区|基地|电站|小区|公司))(?=[,:。\n])")
_PLACE_NOUN = re.compile(r"^在[^,。;]{1,10}?(?:村|镇|乡|县|区|地)")
_DATE_HEAD = re.compile(
    r"^(?:(?:截至|截止|到)?(?:19|20)\d{2}年度?(?:[底末初])?|\d{1,2}(?:[-—~至]\d{1,2})?月(?:份|底|末|初)?(?:\d{1,2}日)?"
    r"|[一二三四]季度|前[二三]季度|[上下]半年|[一二三四五六七八九十]是|第[一二三四五]处|——|目前|截至[^,。;]{0,6}?(?:底|末|日))"
)
_DATE_TAIL = re.compile(r"(?:由|从|较|比)?(?:(?:19|20)\d{2}年(?:底|末|初)?|上年|去年|年初|\d{1,2}月(?:底|末|份)?)的?$")
_PAIR = re.compile(r"^(.{2,4})(?:和|与|、)(.{2,4}?)((?:常住)?居民.{2,})$")
_HEADCOUNTS = {"户": "户数", "人": "人口"}
_BASE_YEAR = re.compile(
    r"(?:比|较|与|分别是|分别为|是|为|相当于)?(?:上年|去年|上年同期|去年同期|同期|[一二两三四五六七八九十\d]+年前|\d{4}年)(?:同期)?$"
)
_MONEY = re.compile(r"元$")
_KINDRED = ({"个", "家", "项", "处", "件"}, {"户", "人"}, {"头", "只", "羽"}, {"亩", "公顷"})


@dataclass(frozen=True, slots=True)
class Subject:
    """What was found: the words, where the fact's span begins and ends, the object, the verb.

    thing: the noun without its verb, for those that follow and lean on it. verb: the head verb.
    body: whether it names a town or firm whose figure belongs to an indicator named before.
    base: of a tier, the noun before the condition.
    """

    text: str
    start: int
    end: int
    rule: str
    thing: str = ""
    verb: str = ""
    base: str = ""
    body: bool = False


@dataclass(frozen=True, slots=True)
class Memory:
    """What the facts before said, as far as it may be carried on.

    last: the subject just before, or None at a new paragraph. unit: its unit of measure. whole: the
    last subject that is an indicator, not a town or firm. same_sentence: whether both stand in
    one sentence. units: the last subject of each unit of measure in the paragraph.
    """

    last: Subject | None = None
    unit: str = ""
    whole: Subject | None = None
    same_sentence: bool = False
    units: tuple[tuple[str, Subject], ...] = ()


def subject_of(place: Place, memory: Memory, growth_word: str = "") -> Subject:
    """Find the subject of a quantity; growth_word is the word of growth that was taken off it."""
    core, start = _core(place, growth_word)
    quantity = place.quantity
    if quantity.rule == "rank":
        return _of_rank(place, memory, core, start)
    if growth_word and not core:
        return _carried(place, memory, "growth of the subject before")
    if place.tier is not None:
        return _of_tier(place, memory)
    if place.tail is not None:
        return _with_tail(place, start)
    right = _right_noun(place)
    if right and not growth_word and _stands_after(place, core, right):
        return _after(place, core, right, start)
    if core:
        return _before(place, memory, core, start)
    return _carried(place, memory, "subject before")


def _core(place: Place, growth_word: str) -> tuple[str, int]:
    """Take time, range and level words off the words before the quantity."""
    left = place.left
    if growth_word:
        left = left[: left.rfind(growth_word)]
        left = re.sub(r"(?:比|较|与)[^,。;]{0,14}$", "", _stripped_end(left, words("bases")))
        left = _stripped_end(left, words("bases"))
    shortened = _without_opening(left)
    start = place.left_start + max(0, place.left.find(shortened)) if shortened else place.quantity.opening
    core = _stripped_end(shortened, words("levels"))
    if place.quantity.unit in {"倍", "%"}:
        core = _BASE_YEAR.sub("", core)
    if growth_word:
        core = _stripped_end(core, words("bases"))
    return _trimmed(core), start


def _without_opening(text: str) -> str:
    changed = True
    while changed and text:
        changed = False
        match = _DATE_HEAD.match(text) or _opening().match(text)
        if match and match.end():
            text, changed = text[match.end() :], True
    return text


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(any_of([*words("openers"), *words("scopes"), "的", ",", "、"]))


def _stripped_end(text: str, endings: tuple[str, ...]) -> str:
    changed = True
    while changed and text:
        shorter = _DATE_TAIL.sub("", text)
        changed, text = shorter != text, shorter
        for word in endings:
            if text.endswith(word) and not _is_part_of_noun(text, word):
                text, changed = text[: -len(word)], True
                break
    return text


def _is_part_of_noun(text: str, word: str) -> bool:
    """Keep 粮食产量是 apart from a noun that ends in a level word: 到 in 报到, 高 in 提高."""
    return len(word) == 1 and text[-2:] in {"报到", "提高", "所在", "签到", "公共", "作为", "行为", "公里", "现在"}


def _trimmed(core: str) -> str:
    """Shorten a long subject: after the last 的 or 等, or from its last verb on."""
    core = core.strip("的了、 ")
    core = re.split(r"每(?:年|月|季度?|周|人|个村|户|次)", core.removesuffix("等"))[-1]
    for mark in ("等", "的"):
        head, found, tail = core.rpartition(mark)
        if found and len(tail) > 1:
            verb = _head_verb(head)
            core = (verb or "") + tail if len(head) < LONGEST * 2 else tail
    if len(core) > LONG:
        cut = max((match.start() for match in _inner_verb().finditer(core)), default=0)
        core = core[cut:] if len(core) - cut >= SHORT_RATE else core
    if len(core) > LONG:
        core = re.split(r"[按由经]|通过|根据", core)[-1] or core
    return core[-LONGEST:]


@cache
def _inner_verb() -> re.Pattern[str]:
    return re.compile(any_of(word for word in words("doing") if len(word) > 1))


def _head_verb(core: str) -> str | None:
    """Return the verb a subject opens with: 新建 of 新建公路."""
    match = _verb_head().match(core)
    return match[0] if match else None


@cache
def _verb_head() -> re.Pattern[str]:
    return re.compile(any_of(words("doing")))


def _ending_verb(core: str) -> str | None:
    return next((word for word in words("doing") if core.endswith(word)), None)


def _leans(left: str) -> bool:
    """Say whether the words before end in a preposition, so that the noun must follow."""
    return any(left.endswith(word) for word in words("prepositions")) and bool(left)


def _stands_after(place: Place, core: str, right: str) -> bool:
    """Say whether the noun after the quantity is the subject, not the words before."""
    verb = _ending_verb(core)
    if not core or core == verb:
        return True
    if place.right.startswith("的") or core.endswith(words("noun_verbs")):
        return _leans(place.left)
    paid = _MONEY.search(place.quantity.unit) and right.endswith(tuple(table("structure")["projects"]))
    if paid and core.endswith(("资金", "投资")):
        return True
    if place.left.count("、") > 1 or place.left.endswith("等"):
        return True
    return (verb is not None and _head_verb(right) is None) or _leans(place.left)


def _right_noun(place: Place) -> str:
    """Return the noun that follows directly, or nothing."""
    right = place.right
    end = place.quantity.closing + len(right)
    at_quantity = place.after is not None and place.after.opening == end
    text = right.removeprefix("的")
    kept = text.startswith(words("nouns_despite"))
    if not text or (text.startswith(words("breaks")) and not kept):
        return ""
    if not ("一" <= text[0] <= "龥" or text[0] in "“*"):
        return ""
    text = re.split(_noun_end(), text)[0]
    if at_quantity:
        text = re.sub(r"[和及与][^和及与]*$", "", text) or text
    text = text.rstrip("和及与中内、等里")
    return text[:LONGEST]


@cache
def _noun_end() -> re.Pattern[str]:
    return re.compile(rf"的|{any_of(words('cuts'))}")


def _after(place: Place, core: str, right: str, start: int) -> Subject:
    """The noun follows: 盘活48处闲置资产, 投资3000万元农光互补项目."""
    at = place.ground.text.find(right, place.quantity.closing)
    end = max(place.quantity.closing, at + len(right)) if at >= 0 else place.quantity.closing
    verb = _ending_verb(core) or ""
    projects = tuple(table("structure")["projects"])
    if _MONEY.search(place.quantity.unit) and right.endswith(projects):
        noun = right[len(_head_verb(right) or "") :] or right
        return Subject(noun + "投资", start, end, "noun after, invested", noun, verb)
    size = table("units")["dimensions"].get(place.quantity.unit)
    counted = place.after and place.after.opening <= end
    if size and counted:
        return Subject(right + str(size), start, end, "size of the thing counted next", right, verb)
    if verb in {"完成", "实现"}:
        verb = ""
    return Subject(verb + right, start, end, "noun after", right, verb)


def _before(place: Place, memory: Memory, core: str, start: int) -> Subject:
    """The noun stands before; it may lean on what was said before."""
    end = place.quantity.closing
    for rule in (_leaning, _shared, _of_body):
        found = rule(place, memory, core, (start, end))
        if found:
            return found
    verb = _head_verb(core) or ""
    thing = core[len(verb) :] or core
    return Subject(core, start, end, "noun before", thing, verb)


def _leaning(place: Place, memory: Memory, core: str, span: tuple[int, int]) -> Subject | None:
    """Rates, gaps, amounts and bare verbs that speak of the thing named before."""
    last = memory.last
    start, end = span
    if last and _GAP.match(core):
        return Subject(last.text + core, start, end, "gap to the subject before", last.thing, last.verb)
    if last and _RATE_WORD.search(core) and len(core) <= SHORT_RATE and "的" not in place.left:
        thing = last.text if last.body else last.thing
        return Subject(thing + core, start, end, "rate of the thing before", thing)
    if last and core in {"总产量", "产量", "总产", "单产"}:
        crop = re.sub(r"(?:播种|种植|栽培|栽植)?面积$", "", last.thing) or last.thing
        return Subject(crop + core, start, end, "amount of the thing before", crop)
    if core in words("dependent"):
        thing = _topic(place, memory)
        return Subject(thing + core, start, end, "amount of the thing before", thing) if thing else None
    if last and core in words("doing") and not _MONEY.search(memory.unit) and _akin(memory.unit, place.quantity.unit):
        return Subject(core + last.thing, start, end, "verb with the thing before", last.thing, core)
    return None


def _akin(first: str, second: str) -> bool:
    return first == second or any(first in group and second in group for group in _KINDRED)


def _topic(place: Place, memory: Memory) -> str:
    """Name the thing an amount belongs to: the project of this sentence, else the thing counted."""
    found = _TOPIC.findall(place.half_before + ",")
    if found and found[-1] not in table("structure")["not_projects"]:
        return str(found[-1])
    if memory.last and memory.same_sentence and not _MONEY.search(memory.unit):
        return memory.last.thing if place.joint in "、," else ""
    named = re.sub(r"^关于", "", place.section.title)
    return named if place.section.title.startswith("关于") else ""


def _shared(place: Place, memory: Memory, core: str, span: tuple[int, int]) -> Subject | None:
    """Items of a list share the verb of the first: 种植高粱4000亩、辣椒3000亩."""
    last = memory.last
    if not last or not last.verb or not memory.same_sentence or _head_verb(core):
        return None
    akin = _akin(memory.unit[-1:], place.quantity.unit[-1:])
    listed = place.joint == "、" or (place.joint == "," and len(core) <= SHORT_ITEM and akin)
    if not listed or core in words("dependent") or _RATE_WORD.search(core):
        return None
    return Subject(last.verb + core, *span, "verb shared in a list", core, last.verb)


def _of_body(place: Place, memory: Memory, core: str, span: tuple[int, int]) -> Subject | None:
    """A town's or firm's part of the indicator named before: 其中甲公司7000万元."""
    bodies = tuple(table("words")["bodies"])
    if not core.endswith(bodies) or _head_verb(core) or place.quantity.unit in {"个", "家", "户"}:
        return None
    parent = memory.whole.base or memory.whole.text if memory.whole else place.section.title
    if not parent or len(parent) > LONGEST or _right_noun(place):
        return None
    return Subject(f"{parent}({core})", *span, "part of the subject before", parent, body=True)


def _of_tier(place: Place, memory: Memory) -> Subject:
    """Counts above a line: 村集体经济20万元以上4个."""
    tier = place.tier
    assert tier is not None  # noqa: S101  # the caller has looked
    shell = Place(place.ground, tier, place.before, None)
    core, start = _core(shell, "")
    text = place.ground.text
    condition = text[tier.opening : place.quantity.opening].strip("的")
    condition = _stripped_end(condition, tuple(word for word in words("levels") if len(word) > 1))
    last = memory.last
    base = core or (last.base if last else "")
    right = _right_noun(place)
    tail = right if right and not place.right.startswith("全覆盖") else ""
    if place.right.startswith("全覆盖"):
        tail = "覆盖率"
    return Subject(base + condition + tail, start, place.quantity.closing, "count above a line",
                   base + condition, base=base)  # fmt: skip


def _with_tail(place: Place, start: int) -> Subject:
    """Counts whose condition follows: 148个村收入10万元以上."""
    assert place.tail is not None  # noqa: S101  # the caller has looked
    words_after = place.ground.text[place.quantity.closing : place.tail.closing]
    return Subject(words_after, start, place.tail.closing, "count above a line", words_after)


def _of_rank(place: Place, memory: Memory, core: str, start: int) -> Subject:
    trial = _TRIAL.findall(place.sentence_before)
    core = re.sub(r"连续[^,。;]{1,4}?(?:年|季度|个月|次)", "", core)
    core = re.sub(r"(?:位列|位居|名列|排名|排位|排在|排|列|居|获得?|取得|稳居|进入|跻身).*$", "", core)
    named = core.removesuffix("考核").removesuffix("的")
    base = str(trial[-1]) if trial else (memory.last.text if memory.last and len(named) < 2 else named)  # noqa: PLR2004
    text = base if base.endswith(("名次", "位次")) else base + "名次"
    return Subject(text, min(start, place.quantity.start), place.quantity.closing, "rank", base)


def _carried(place: Place, memory: Memory, rule: str) -> Subject:
    quantity = place.quantity
    last = memory.last
    adjacent = place.before is not None and place.before.closing == quantity.opening
    if place.joint == "、" and memory.last and memory.unit != quantity.unit:
        named = _HEADCOUNTS.get(quantity.unit)
        if named:
            return Subject(named, quantity.opening, quantity.closing, rule, named)
    elif not adjacent and not quantity.unit.endswith(("%", "点")):
        last = dict(memory.units).get(quantity.unit, last)
    if last is None:
        title = place.section.title if len(place.section.title) <= LONG else ""
        return Subject(title, quantity.opening, quantity.closing, rule, title)
    text = split_pair(last.text, second=True)
    return Subject(text, quantity.opening, quantity.closing, rule, last.thing, last.verb, last.base, last.body)


def split_pair(text: str, *, second: bool) -> str:
    """Give each of two shared subjects its own: 城镇和农村居民收入 is 城镇居民收入, 农村居民收入.

    >>> split_pair("城镇和农村居民人均可支配收入", second=True)
    '农村居民人均可支配收入'
    """
    match = _PAIR.match(text)
    return (match[2] if second else match[1]) + match[3] if match else text
