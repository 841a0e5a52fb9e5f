"""What a quantity speaks of: the subject, found before it, after it, or carried from before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from zhenxing.reading.clauses import Place
from zhenxing.reading.cores import LONG, LONGEST, core, ending_verb, head_verb, stripped_end
from zhenxing.reading.lexicon import any_of, table, words
from zhenxing.reading.quantities import Quantity

SHORT_ITEM = 3
SHORT_RATE = 4
YIELDS = frozenset({"总产量", "产量", "总产", "单产"})
_RATE_WORD = re.compile(r"(?:率|占比|比重|比例)$")
_GAP = re.compile(
    r"^(?:增速|增幅|降幅)?(?:占(?!地)|落后|滞后|领先|超出|高于|低于|快于|慢于|高出|比|较)"
)
_TASK_SHARE = re.compile(
    r"((?:完成|占)了?(?:全年|年度|年初|本年|当年)?(?:目标任务|目标|任务|计划|预算))(?:数)?的?$"
)
_TRIAL = re.compile(r"(?:在|于)([^,。;:在]{2,20}?(?:考核|考评|评比|测评|评议|评选))中")
_TOPIC = re.compile(
    r"(?:为|是|关于|在)?([^,。;:、!?\n()为]{2,20}(?:项目|工程|园|园区|基地|电站|小区|公司))(?=[,:。\n])"
)
_PAIR = re.compile(r"^(.{2,4})(?:和|与|、)(.{2,4}?)((?:常住)?居民.{2,})$")
_HEADCOUNTS = {"户": "户数", "人": "人口"}
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
    units: Mapping[str, Subject] = field(default_factory=dict)


def subject_of(place: Place, memory: Memory, growth_word: str = "") -> Subject:
    """Find the subject of a quantity; growth_word is the word of growth that was taken off it."""
    bare, start = core(place, growth_word)
    conditioned = _conditioned(place, memory, bare, start)
    if conditioned:
        return conditioned
    if growth_word and not bare:
        return _carried(place, memory, "growth of the subject before")
    right = "" if growth_word else _right_noun(place)
    if right and _stands_after(place, bare, right):
        return _after(place, bare, right, start)
    if bare:
        return _before(place, memory, bare, start)
    return _carried(place, memory, "subject before")


def _conditioned(place: Place, memory: Memory, bare: str, start: int) -> Subject | None:
    """Ranks, and counts of what lies above or below a line."""
    if place.quantity.rule == "rank":
        return _of_rank(place, memory, bare, start)
    if place.tier is not None:
        return _of_tier(place, place.tier, memory)
    return _with_tail(place, place.tail, start) if place.tail is not None else None


def _leans(left: str) -> bool:
    """Say whether the words before end in a preposition, so that the noun must follow."""
    return any(left.endswith(word) for word in words("prepositions")) and bool(left)


def _stands_after(place: Place, bare: str, right: str) -> bool:
    """Say whether the noun after the quantity is the subject, not the words before."""
    verb = ending_verb(bare)
    if not bare or bare == verb:
        return True
    if place.right.startswith("的") or bare.endswith(words("noun_verbs")):
        return _leans(place.left)
    projects = tuple(table("structure")["projects"])
    paid = place.quantity.unit.endswith("元") and right.endswith(projects)
    listed = place.left.count("、") > 1 or place.left.endswith("等")
    if listed or (paid and bare.endswith(("资金", "投资"))):
        return True
    return (verb is not None and head_verb(right) is None) or _leans(place.left)


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


def _after(place: Place, bare: str, right: str, start: int) -> Subject:
    """The noun follows: 盘活48处闲置资产, 投资3000万元农光互补项目."""
    at = place.ground.text.find(right, place.quantity.closing)
    end = max(place.quantity.closing, at + len(right)) if at >= 0 else place.quantity.closing
    verb = ending_verb(bare) or ""
    projects = tuple(table("structure")["projects"])
    if place.quantity.unit.endswith("元") and right.endswith(projects):
        noun = right[len(head_verb(right) or "") :] or right
        return Subject(noun + "投资", start, end, "noun after, invested", noun, verb)
    size = table("units")["dimensions"].get(place.quantity.unit)
    counted = place.after and place.after.opening <= end
    if size and counted:
        return Subject(right + str(size), start, end, "size of the thing counted next", right, verb)
    if verb in {"完成", "实现"}:
        verb = ""
    return Subject(verb + right, start, end, "noun after", right, verb)


def _before(place: Place, memory: Memory, bare: str, start: int) -> Subject:
    """The noun stands before; it may lean on what was said before."""
    end = place.quantity.closing
    for rule in (_leaning, _shared, _of_body):
        found = rule(place, memory, bare, (start, end))
        if found:
            return found
    verb = head_verb(bare) or ""
    thing = bare[len(verb) :] or bare
    return Subject(bare, start, end, "noun before", thing, verb)


def _leaning(place: Place, memory: Memory, bare: str, span: tuple[int, int]) -> Subject | None:
    """Rates, gaps, amounts and bare verbs that speak of the thing named before."""
    last = memory.last
    if last is None:
        return _amount(place, memory, bare, span)
    gap = _gap(place, bare)
    if gap:
        rule = "gap to the subject before"
        return Subject(last.text + gap, *span, rule, last.thing, last.verb)
    if _RATE_WORD.search(bare) and len(bare) <= SHORT_RATE and "的" not in place.left:
        thing = last.text if last.body else last.thing
        return Subject(thing + bare, *span, "rate of the thing before", thing)
    counted = not memory.unit.endswith("元") and _akin(memory.unit, place.quantity.unit)
    if bare in words("doing") and counted:
        return Subject(bare + last.thing, *span, "verb with the thing before", last.thing, bare)
    return _amount(place, memory, bare, span)


def _gap(place: Place, bare: str) -> str:
    """Return the words that set a figure against another: 占年度计划, 落后序时进度."""
    task = _TASK_SHARE.search(place.left) if place.quantity.unit == "%" else None
    if task:
        return task[1]
    return bare if _GAP.match(bare) else ""


def _amount(place: Place, memory: Memory, bare: str, span: tuple[int, int]) -> Subject | None:
    """An output, area or investment without its thing: 总产量 after 粮食播种面积."""
    thing = ""
    if memory.last and bare in YIELDS:
        thing = re.sub(r"(?:播种|种植|栽培|栽植)?面积$", "", memory.last.thing) or memory.last.thing
    elif bare in words("dependent"):
        thing = _topic(place, memory)
    return Subject(thing + bare, *span, "amount of the thing before", thing) if thing else None


def _akin(first: str, second: str) -> bool:
    return first == second or any(first in group and second in group for group in _KINDRED)


def _topic(place: Place, memory: Memory) -> str:
    """Name the thing an amount belongs to: the project of this sentence, else the thing counted."""
    found = _TOPIC.findall(place.half_before + ",")
    if found and found[-1] not in table("structure")["not_projects"]:
        return str(found[-1])
    if memory.last and memory.same_sentence and not memory.unit.endswith("元"):
        return memory.last.thing if place.joint in "、," else ""
    named = re.sub(r"^关于", "", place.section.title)
    return named if place.section.title.startswith("关于") else ""


def _shared(place: Place, memory: Memory, bare: str, span: tuple[int, int]) -> Subject | None:
    """Items of a list share the verb of the first: 种植高粱4000亩、辣椒3000亩."""
    last = memory.last
    if not last or not last.verb or not memory.same_sentence or head_verb(bare):
        return None
    akin = _akin(memory.unit[-1:], place.quantity.unit[-1:])
    listed = place.joint == "、" or (place.joint == "," and len(bare) <= SHORT_ITEM and akin)
    if not listed or bare in words("dependent") or _RATE_WORD.search(bare):
        return None
    return Subject(last.verb + bare, *span, "verb shared in a list", bare, last.verb)


def _of_body(place: Place, memory: Memory, bare: str, span: tuple[int, int]) -> Subject | None:
    """A town's or firm's part of the indicator named before: 其中甲公司7000万元."""
    bodies = tuple(table("words")["bodies"])
    if not bare.endswith(bodies) or head_verb(bare) or place.quantity.unit in {"个", "家", "户"}:
        return None
    parent = memory.whole.base or memory.whole.text if memory.whole else place.section.title
    if not parent or len(parent) > LONGEST or _right_noun(place):
        return None
    return Subject(f"{parent}({bare})", *span, "part of the subject before", parent, body=True)


def _of_tier(place: Place, tier: Quantity, memory: Memory) -> Subject:
    """Counts above a line: 村集体经济20万元以上4个."""
    shell = Place(place.ground, tier, place.before, None)
    bare, start = core(shell, "")
    gap = _gap(replace(shell, quantity=replace(tier, unit="%")), bare)
    if place.quantity.unit == "%" and memory.last and gap:
        return Subject(memory.last.text + gap, start, place.quantity.closing,
                       "gap to the subject before", memory.last.thing)  # fmt: skip
    text = place.ground.text
    condition = text[tier.opening : place.quantity.opening].strip("的")
    condition = stripped_end(condition, tuple(word for word in words("levels") if len(word) > 1))
    last = memory.last
    base = bare or (last.base if last else "")
    right = _right_noun(place)
    tail = right if right and not place.right.startswith("全覆盖") else ""
    if place.right.startswith("全覆盖"):
        tail = "覆盖率"
    return Subject(base + condition + tail, start, place.quantity.closing, "count above a line",
                   base + condition, base=base)  # fmt: skip


def _with_tail(place: Place, tail: Quantity, start: int) -> Subject:
    """Counts whose condition follows: 148个村收入10万元以上."""
    words_after = place.ground.text[place.quantity.closing : tail.closing]
    return Subject(words_after, start, tail.closing, "count above a line", words_after)


def _of_rank(place: Place, memory: Memory, bare: str, start: int) -> Subject:
    trial = _TRIAL.findall(place.sentence_before)
    bare = re.sub(r"连续[^,。;]{1,4}?(?:年|季度|个月|次)|首次|再次|继续", "", bare)
    bare = re.sub(
        r"(?:跃居|位列|位居|名列|排名|排位|排在|排|列|居|获得?|取得|稳居|进入|跻身).*$", "", bare
    )
    bare = re.sub(r"在[^,。;]*中$", "", bare)
    named = bare.removesuffix("考核").removesuffix("的")
    before = memory.last.text if memory.last and len(named) <= 1 else named
    base = str(trial[-1]) if trial else before
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
        last = memory.units.get(quantity.unit, last)
    if last is None:
        title = place.section.title if len(place.section.title) <= LONG else ""
        return Subject(title, quantity.opening, quantity.closing, rule, title)
    text = split_pair(last.text, second=True)
    return Subject(
        text, quantity.opening, quantity.closing, rule, last.thing, last.verb, last.base, last.body
    )


def split_pair(text: str, *, second: bool) -> str:
    """Give each of two shared subjects its own: 城镇和农村居民收入 is 城镇居民收入, 农村居民收入.

    >>> split_pair("城镇和农村居民人均可支配收入", second=True)
    '农村居民人均可支配收入'
    """
    match = _PAIR.match(text)
    return (match[2] if second else match[1]) + match[3] if match else text
