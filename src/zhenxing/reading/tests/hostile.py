"""Texts and files that nobody would hand in, drawn from a seed, and what must hold of them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from random import Random

from zhenxing.reading.explain import explain
from zhenxing.reading.healing import Healed, heal
from zhenxing.reading.lexicon import simplified, units
from zhenxing.reading.loading import load
from zhenxing.reading.quantities import scan
from zhenxing.reading.reader import read
from zhenxing.reading.results import Reading
from zhenxing.reading.tests.files import pdf_file, word_file
from zhenxing.reading.tests.labels import PAPERS, labelled

VOCABULARY = """
一、 (一) 1. 2、 。 , 、 ; : ( ) “ ” 《 》 粮食总产量 固定资产投资 企业 新建 完成 增长
同比下降 其中 分别 达到 以上 左右 不足 力争 要 2023年 1—9月 每月25日前 年底前 第 前 名 居全市
得分 百分之 翻一番 半数 成 倍 1 0 9 100 1,900 3.5 100OO K)OOO IO0% 30队 %o ** XX × 十 两 百 千
万 亿 亩 吨 元 个 户 % 个百分点 人 的 村 镇 指标 目标 单位 - — ~ + 领导小组 成立
"""
WORDS = [*VOCABULARY.split(), "\n", "\n\n", "\t", " "]
MISREAD = "IlOoQK)"
RANGES = (
    *((0x00, 0x7F), (0x80, 0x2FF), (0x660, 0x669), (0x900, 0x97F), (0x2000, 0x206F)),
    *((0x2150, 0x218F), (0x2460, 0x24FF), (0x3000, 0x303F), (0x3200, 0x33FF), (0x4E00, 0x9FFF)),
    *((0xD800, 0xDFFF), (0xFE00, 0xFE0F), (0xFF00, 0xFFEF), (0x1D7CE, 0x1D7FF), (0x20000, 0x200FF)),
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "gb18030", "big5")
CLAIMED = ("", "", "", "big5", "utf-16", "gb18030", "no-such", "hex", "idna", "unicode_escape")
MAGIC = (b"%PDF-1.7\n", b"PK\x03\x04", b"\x89PNG", b"<html>", b"\xef\xbb\xbf", b"\xff\xfe", b"")


@cache
def papers() -> tuple[str, ...]:
    """Our own papers, as text."""
    return tuple(labelled(path)[0] for path in sorted(PAPERS.glob("*.txt")))


def text(random: Random) -> str:
    """Draw a text: words of papers, any characters, or a paper that was damaged."""
    return random.choice((_words, _characters, _paper, _paper))(random)


def sound(random: Random) -> tuple[str, str, int]:
    """Draw a text with a sound number in its last sentence; the text, the number, its place."""
    number = f"{random.randrange(10 ** random.randint(1, 8))}"
    if random.random() < 0.4:
        number += f".{random.randrange(100):02}"
    before = f"{text(random)}。\n完成任务" if random.random() < 0.7 else "完成任务"
    return f"{before}{number}{random.choice(_UNITS)}。", number, len(before)


def file(random: Random) -> tuple[bytes, str]:
    """Draw the bytes of a file and the encoding somebody claims for it."""
    draw = random.choices((_noise, _encoded, _page, _word, _pdf), (4, 4, 3, 2, 1))[0]
    return draw(random), random.choice(CLAIMED)


def faults_of_text(given: str, place: int) -> Iterator[str]:
    """Say what does not hold of a text; whatever it raises is a fault as well."""
    reading = read(given)
    if reading != read(given):
        yield "两次读得不同"
    if not explain(reading, place):
        yield f"说不出第{place}字为什么这样读"
    if json.loads(json.dumps(reading.as_json()))["document"]["characters"] != len(given):
        yield "字数不对"
    yield from _misquoted(given, reading)
    yield from changed_digits(heal(given))


def faults_of_number(given: str, number: str, place: int) -> Iterator[str]:
    """Say where a sound number of a text came out as another."""
    healed = heal(given)
    for each in scan(healed.text).quantities:
        start, end = healed.back(each.start, each.end)
        if start < place + len(number) and place < end and f"{each.value:f}" != f"{number}":
            yield f"{number}读成{each.value}"


def faults_of_file(data: bytes, encoding: str) -> Iterator[str]:
    """Say what does not hold of a file; its text is read as any other."""
    loaded = load(data, "来文", encoding=encoding)
    if any(not problem.what or not problem.next for problem in loaded.problems):
        yield "话没有说全"
    if not loaded.text and not loaded.problems and loaded.kind not in {"txt", "html", "docx"}:
        yield "没有读出文字，也没有说明"
    if any(mark.start > len(loaded.text) for mark in loaded.marks):
        yield "出处在正文之外"
    yield from faults_of_text(loaded.text[:4000], len(loaded.text) // 2)


def _misquoted(given: str, reading: Reading) -> Iterator[str]:
    for fact in reading.facts:
        if not 0 <= fact.start < fact.end <= len(given):
            yield f"偏移{fact.start}—{fact.end}在文外"
        if given[fact.start : fact.end] != fact.quote:
            yield f"第{fact.start}字引文不符"
    quotes = [(each.start, each.quote) for each in reading.deadlines]
    quotes += [(each.start, each.quote) for each in reading.tasks]
    quotes += [(each.start, each.quote) for each in reading.projects]
    for start, quote in quotes:
        if given[start : start + len(quote)] != quote:
            yield f"第{start}字引文不符"
    if any(not 0 <= group.start <= len(given) for group in reading.groups):
        yield "专班在文外"


def changed_digits(healed: Healed) -> Iterator[str]:
    """A digit stays the digit it was; only letters that were mended become digits."""
    mended = {at for repair in healed.repairs for at in range(repair.start, repair.end)}
    if list(healed.places) != sorted(healed.places):
        yield "次序变了"
    for at, (char, place) in enumerate(zip(healed.text, healed.places, strict=True)):
        before = healed.given[place : place + 1].translate(simplified())
        if before.isdecimal() and char != before and char not in "%,\n":
            yield f"第{place}字{before}变成{char}"
        if char.isdecimal() and not before.isdecimal() and not (at in mended and before in MISREAD):
            yield f"第{place}字{before}成了数{char}"


def _words(random: Random) -> str:
    return "".join(random.choices(WORDS, k=random.randrange(80)))


def _characters(random: Random) -> str:
    ranges = random.choices(RANGES, k=random.randrange(60))
    return "".join(chr(random.randint(*each)) for each in ranges)


def _paper(random: Random) -> str:
    """Take a piece of one of our papers and damage it."""
    whole = random.choice(papers())
    start = random.randrange(len(whole))
    piece = whole[start : start + random.randrange(1, 500)]
    for _ in range(random.randrange(8)):
        piece = random.choice(DAMAGES)(piece, random)
    return piece


def _cut(piece: str, random: Random) -> str:
    start, end = sorted(random.randrange(len(piece) + 1) for _ in range(2))
    return piece[:start] + piece[min(end, start + 20) :]


def _inserted(piece: str, random: Random) -> str:
    at = random.randrange(len(piece) + 1)
    strange = random.choice((random.choice(WORDS), chr(random.randint(*random.choice(RANGES)))))
    return piece[:at] + strange + piece[at:]


def _misread(piece: str, random: Random) -> str:
    wrong = random.choice(("0O", "0o", "1I", "1l", "1K", "0)", "%队", "%o", "筒简", "。\n"))
    return piece.replace(wrong[0], wrong[1], random.randint(1, 4))


def _repeated(piece: str, random: Random) -> str:
    start, end = sorted(random.randrange(len(piece) + 1) for _ in range(2))
    return piece[:end] + piece[start:end] * random.randint(1, 3) + piece[end:]


DAMAGES: tuple[Callable[[str, Random], str], ...] = (
    _cut,
    _inserted,
    _inserted,
    _misread,
    _repeated,
)
_UNITS = sorted(units())


def _damaged(data: bytes, random: Random) -> bytes:
    """Flip, cut out or double some bytes."""
    damaged = bytearray(data)
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(damaged) + 1)
        length = random.randrange(1, 40)
        match random.randrange(4):
            case 0:
                damaged[at : at + 1] = random.randbytes(1)
            case 1:
                del damaged[at : at + length]
            case 2:
                damaged[at:at] = damaged[at : at + length]
            case _:
                damaged[at:at] = random.randbytes(length)
    return bytes(
        damaged[: random.randrange(len(damaged) + 1)] if random.random() < 0.1 else damaged
    )


def _noise(random: Random) -> bytes:
    return random.choice(MAGIC) + random.randbytes(random.randrange(300))


def _encoded(random: Random) -> bytes:
    data = text(random).encode(random.choice(ENCODINGS), errors="replace")
    return _damaged(data, random) if random.random() < 0.5 else data


def _page(random: Random) -> bytes:
    body = text(random).replace("\n", random.choice(("<p>", "<br/>", "<tr><td>", "</table>")))
    charset = random.choice(("gb2312", "utf-8", "big5", "x-none"))
    page = f"<html><meta charset={charset}><!-- --><table>{body}"
    return _damaged(page.encode(random.choice(ENCODINGS[:1] + ENCODINGS[4:]), "replace"), random)


def _word(random: Random) -> bytes:
    """Damage a Word file, its zip or the XML inside it."""
    whole = _whole_word()
    if random.random() < 0.3:
        return _damaged(whole, random)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(out, "w") as target:
        hurt = random.choice(["word/document.xml", "word/document.xml", *source.namelist()])
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, _damaged(data, random) if name == hurt else data)
    return out.getvalue()


def _pdf(random: Random) -> bytes:
    return _damaged(_whole_pdf(), random)


@cache
def _whole_word() -> bytes:
    return word_file()


@cache
def _whole_pdf() -> bytes:
    return pdf_file("Grain output 1900 tons in 2024, 35% more")
