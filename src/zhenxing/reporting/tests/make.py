"""A month to be handed in: indicators, charges, calls, forms filled as in a spreadsheet."""

from __future__ import annotations

import io
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
from django.apps import apps

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.accounts.tests import make as make_accounts
from zhenxing.audit import services as audit
from zhenxing.audit.models import Actor
from zhenxing.indicators.choices import Kind, Nature, Reading, StandingChoice, VintageChoice
from zhenxing.indicators.models import Charge, Figure, Indicator, IndicatorField, Target
from zhenxing.organisation.tests import make as make_posts
from zhenxing.reporting import queries, services
from zhenxing.reporting.form import identity, layout, workbook
from zhenxing.reporting.models import Call, Submission, Upload

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zhenxing.accounts.models import User
    from zhenxing.audit.services import Act
    from zhenxing.kernel.moments import Moment
    from zhenxing.organisation.models import Unit

MONTHLY = {"frequency": "month", "lag": 0, "day": 25}
QUARTERLY = {"frequency": "quarter", "lag": 1, "day": 15}
NAME = "稳投资专班10月报表.xlsx"
DAY_AFTER = date(2023, 10, 26)  # the first day on which October may be closed

# code: name, measure, decimals, kind, reading, nature, release; rows of the form from 4 on
INDICATORS: dict[str, tuple[str, str, int, str, str, str, dict[str, Any]]] = {
    "fai": ("固定资产投资", "万元", 0, Kind.FLOW, Reading.CUMULATIVE, Nature.SURVEY, MONTHLY),
    "works": ("在建项目完成投资", "万元", 0, Kind.FLOW, Reading.CUMULATIVE, Nature.WORK, MONTHLY),
    "industry": (
        "产业项目完成投资",
        "万元",
        0,
        Kind.FLOW,
        Reading.CUMULATIVE,
        Nature.WORK,
        MONTHLY,
    ),
    "paid_in": ("招商到位资金", "万元", 2, Kind.FLOW, Reading.CUMULATIVE, Nature.RECORD, MONTHLY),
    "online": ("网络零售额", "万元", 0, Kind.FLOW, Reading.CURRENT, Nature.RECORD, MONTHLY),
    "reserve": ("储备项目", "个", 0, Kind.STOCK, Reading.AS_IS, Nature.RECORD, MONTHLY),
    "cases": ("发案同比", "%", 1, Kind.RATE, Reading.AS_IS, Nature.RECORD, MONTHLY),
    "replies": ("诉求答复率", "%", 1, Kind.RATE, Reading.AS_IS, Nature.RECORD, QUARTERLY),
}
ASKED = [code for code in INDICATORS if code != "fai"]
ROWS = {code: row for row, code in enumerate(ASKED, start=layout.FIRST_ROW)}
PARTS = {
    "done": "1—10月完成投资9060万元。",
    "problems": "用地手续未齐。",
    "measures": "11月10日前补正并入库。",
    "suggestions": "",
}


@dataclass(frozen=True)
class Month:
    """The county in October 2023: September closed, October open for every group."""

    county: cast.County
    september: Call
    october: Call

    def submission(self, group: str = "T01-G3", call: Call | None = None) -> Submission:
        """Give a group's submission, as the database now has it."""
        return Submission.objects.select_related("call", "group__unit").get(
            call=call or self.october, group__code=group
        )


def month(county: cast.County) -> Month:
    """Make the indicators, their charges and two calls."""
    dictionary(county)
    september = Call.objects.create(
        code="2023-09",
        period="2023-09",
        opens=date(2023, 9, 15),
        due=date(2023, 9, 25),
        closed_on=date(2023, 10, 9),
    )
    october = Call.objects.create(
        code="2023-10", period="2023-10", opens=date(2023, 10, 15), due=date(2023, 10, 25)
    )
    for call in (september, october):
        services.ensure_submissions(call)
    return Month(county, september, october)


def dictionary(county: cast.County) -> None:
    """Make the indicators; every group 3 answers for all of them."""
    field = IndicatorField.objects.create(code="economy", name="综合经济", position=1)
    for place, (code, said) in enumerate(INDICATORS.items()):
        name, measure, decimals, kind, reading, nature, release = said
        indicator = Indicator.objects.create(
            code=code,
            name=name,
            field=field,
            measure=measure,
            decimals=decimals,
            kind=kind,
            reading=reading,
            nature=nature,
            release=release,
            source="部门",
            lead=county.statistics,
            definition=f"{name}的口径。",
            position=place,
        )
        for group in county.groups.values():
            if group.key == "G3":
                Charge.objects.create(group=group, indicator=indicator, position=place)
    works = Indicator.objects.get(code="works")
    Indicator.objects.filter(code="industry").update(part_of=works)
    Indicator.objects.filter(code="replies").update(plausible_low=0, plausible_high=100)


@contextmanager
def sealed(action: str = "tests.laid") -> Iterator[Act]:
    """Open an act of nobody in particular, to lay rows that only an act may lay."""
    actor = Actor("tests", "测试", "", "")
    with audit.act(action, subject="测试", by=actor, moment=cast.moment(date(2023, 9, 25))) as act:
        yield act


def figure(
    unit: Unit,
    code: str,
    period: str,
    value: str,
    standing: StandingChoice = StandingChoice.SUBMITTED,
    vintage: VintageChoice = VintageChoice.FLASH,
) -> None:
    """Lay a figure known since 25 September."""
    then = cast.moment(date(2023, 9, 25))
    with sealed() as act:
        act.seal(
            [
                Figure(
                    unit=unit,
                    indicator=Indicator.objects.get(code=code),
                    period=period,
                    value=Decimal(value),
                    standing=standing,
                    vintage=vintage,
                    business_date=then.business_date,
                    recorded=then.at,
                    by="tests",
                    by_name="测试",
                )
            ]
        )


def target(unit: Unit, code: str, value: str, **said: Any) -> None:  # noqa: ANN401  # fields of Target
    """Lay a target of the year."""
    fields = {"kind": "value", "comparator": ">=", "document": "青政发2023年第4号"} | said
    with sealed() as act:
        act.seal(
            [
                Target(
                    unit=unit,
                    indicator=Indicator.objects.get(code=code),
                    year=2023,
                    value=None if fields.get("masked") else Decimal(value),
                    issued=date(2023, 2, 20),
                    **fields,
                )
            ]
        )


def blank(submission: Submission, moment: Moment | None = None) -> bytes:
    """Give the Excel form as its reporter downloads it."""
    now = moment or cast.moment()
    return workbook.written(queries.form_of(submission, now.business_date), now.at)


def filled(
    form: bytes, cells: Mapping[str, object] | None = None, parts: Mapping[str, str] | None = None
) -> bytes:
    """Fill a form's cells (`F4`, `系统信息!B4`) and its four parts, as a person would in Excel."""
    book = openpyxl.load_workbook(io.BytesIO(form))
    for place, value in (cells or {}).items():
        title, _, reference = place.rpartition("!")
        book[title or layout.FIGURES][reference].value = value
    for part, text in (PARTS if parts is None else parts).items():
        book[layout.WORDS][f"B{layout.PART_ROWS[part]}"] = text
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def values(**numbers: object) -> dict[str, object]:
    """Give the cells of the entries by indicator code; the usual ones where not said."""
    usual: dict[str, object] = {
        "works": 9060, "industry": 4065, "paid_in": 6720.5, "online": 310, "reserve": 8,
        "cases": -3.5, "replies": 98.6,
    }  # fmt: skip
    return {f"F{ROWS[code]}": number for code, number in (usual | numbers).items()}


def uploaded(
    month: Month, by: User, data: bytes | None = None, moment: Moment | None = None
) -> Upload:
    """Upload a good form for T01-G3."""
    submission, now = month.submission(), moment or cast.moment()
    good = data or filled(blank(submission, now), values())
    upload = services.upload(
        good, name=NAME, submission=submission, scope=cast.scope(by), moment=now
    )
    if isinstance(upload, services.FormRead):
        raise AssertionError([problem.sentence for problem in upload.problems])
    return upload


def handed_in(month: Month, by: User, data: bytes | None = None) -> services.Handed:
    """Hand a good form in for T01-G3."""
    upload = uploaded(month, by, data)
    done = services.submit(
        token=upload.token,
        scope=cast.scope(by),
        moment=cast.moment(),
        base_version=upload.base_version,
    )
    if not isinstance(done, services.Handed):
        raise AssertionError(done)
    return done


def close(month: Month) -> None:
    """Close October the day after it was due, as two persons of the assessment office do."""
    second = make_accounts.person("assessment-closing", "陆则", password=cast.PASSWORD)
    make_posts.post(second, Role.ASSESSMENT, month.county.county)
    moment = cast.moment(DAY_AFTER)
    for act, person in (
        (services.propose_closing, month.county.assessor),
        (services.close_call, second),
    ):
        done = act(call=month.october, scope=cast.scope(person, DAY_AFTER), moment=moment)
        if not isinstance(done, Call):
            raise AssertionError(done)


def row_counts() -> dict[str, int]:
    """Count the rows of every table."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def copy_of(upload: Upload, by: User, **numbers: int) -> Upload:
    """Make another upload of the same content but for these numbers, by whom."""
    content = deepcopy(upload.content)
    for code, number in numbers.items():
        content["values"][code]["value"] = str(number)
    return Upload.objects.create(
        submission=upload.submission,
        file=upload.file,
        base_version=upload.base_version,
        content=content,
        by=by,
        at=upload.at,
    )


def forged(form: bytes, **said: str) -> bytes:
    """Write other marks into a form, with the hash that fits them: it is no secret."""
    book = openpyxl.load_workbook(io.BytesIO(form))
    page = book[layout.MARKS]
    for key, text in said.items():
        page[f"B{layout.MARK_ROWS[key][0]}"].value = text
    told = {key: str(page[f"B{row}"].value or "") for key, (row, _) in layout.MARK_ROWS.items()}
    rows = range(layout.FIRST_LISTED, page.max_row + 1)
    lines = [[str(page[f"{column}{row}"].value or "") for column in "ABCDE"] for row in rows]
    page[f"B{layout.MARK_ROWS['hash'][0]}"].value = identity.digest(told, lines)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
