"""Typed fields of a scheme's file: amounts with percents, expressions, months."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from zhenxing.engine.ruletext import Node, RuleText
from zhenxing.engine.schemes.scheme import Expression
from zhenxing.engine.schemes.syntax import SyntaxFault, number, parse
from zhenxing.kernel.periods import Kind, Period, PeriodError

LARGEST = Decimal(1_000_000)


class SchemeText(RuleText):
    """A scheme's file being read; every question it cannot answer becomes a problem.

    >>> scheme = SchemeText("甲.yaml")
    >>> [scheme.amount(node) for node in scheme.items(scheme.open("[30%, 0.5, 二]"))]
    [Decimal('0.3'), Decimal('0.5'), None]
    >>> scheme.problems[0].sentence
    '甲.yaml 第1行：「二」不是数；请写阿拉伯数字，百分数写成30%，不带单位和逗号。'
    """

    def amount(self, node: Node | None) -> Decimal | None:
        """Return an exact number, a percent as its hundredth; None, with a problem, otherwise."""
        text = self.text(node)
        if node is None or text is None:
            return None
        value = number(text)
        if value is None:
            self.complain(
                node, f"「{text}」不是数", "请写阿拉伯数字，百分数写成30%，不带单位和逗号"
            )
        elif abs(value) > LARGEST:
            self.complain(node, f"「{text}」超过{LARGEST}", "请核对位数，或换较大的计量单位")
            value = None
        return value

    def positive(self, node: Node | None) -> Decimal | None:
        """Return a number above zero."""
        value = self.amount(node)
        if node is not None and value is not None and value <= 0:
            self.complain(node, f"「{value}」不大于0", "请写大于0的数")
            return None
        return value

    def whole(self, node: Node | None, least: int, most: int) -> int | None:
        """Return a whole number within the limits."""
        text = self.text(node)
        if node is None or text is None:
            return None
        if text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most:  # noqa: PLR2004  # nine digits
            return int(text)
        self.complain(node, f"「{text}」不是{least}—{most}的整数", f"请写{least}至{most}的整数")
        return None

    def expression(self, node: Node | None) -> Expression | None:
        """Return a parsed expression; None, with the parser's own advice, otherwise."""
        text = self.text(node)
        if node is None or text is None:
            return None
        try:
            return Expression(text, node.line, parse(text))
        except SyntaxFault as fault:
            is_cut = text.count("(") > text.count(")")
            self.complain(node, fault.what, "含逗号的表达式请放在引号里" if is_cut else fault.next)
            return None

    def month(self, node: Node | None) -> int | None:
        """Return a month as a count from year 0."""
        text = self.text(node)
        if node is None or text is None:
            return None
        try:
            period = Period.parse(text)
        except PeriodError as error:
            self.complain(node, str(error).split("；", maxsplit=1)[0], "请写成2022-12")
            return None
        if period.kind is Kind.MONTH:
            return period.year * 12 + period.last_month - 1
        self.complain(node, f"「{text}」不是月份", "请写成2022-12")
        return None

    def words(self, node: Node | None) -> tuple[str, ...]:
        """Return a list of words."""
        read = (self.text(each) for each in self.items(node))
        return tuple(word for word in read if word is not None)

    def amounts(self, node: Node | None) -> dict[str, Decimal] | None:
        """Return a mapping of words to amounts; None, with a problem, where it is none."""
        if node is None:
            return None
        known = node.content if isinstance(node.content, dict) else ()
        fields = self.fields(node, optional=known)
        read = {name: self.amount(value) for name, value in fields.items()}
        return {name: value for name, value in read.items() if value is not None} or None

    def limits(self, node: Node | None) -> tuple[Decimal, Decimal] | None:
        """Return a pair of amounts, the lower first."""
        if node is None:
            return None
        read = [self.amount(each) for each in self.items(node)]
        low, high = read if len(read) == 2 else (None, None)  # noqa: PLR2004  # a pair
        if low is not None and high is not None and low <= high:
            return low, high
        self.complain(node, "这里应当是两个数，小的在前", "请写成[-5, 5]")
        return None

    def one_of(self, node: Node | None, known: Collection[str], usual: str) -> str:
        """Return one of the known words, or the usual one."""
        return self.choice(node, known) or usual
