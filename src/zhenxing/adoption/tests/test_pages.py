"""The pages of incoming papers: brought in, read, decided, written on; no text is lost."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from zhenxing.adoption.choices import Home, IntakeState, ItemKind, Verdict
from zhenxing.adoption.models import Intake, Item, Placement
from zhenxing.adoption.services import reading as reading_service
from zhenxing.adoption.tests import make
from zhenxing.documents import services as documents
from zhenxing.documents.models import Paper
from zhenxing.indicators.tests import make as make_figures
from zhenxing.reporting.tests import make as make_returns
from zhenxing.targets.models import Issue

if TYPE_CHECKING:
    from django.test import Client

    from zhenxing.documents.models import PaperReading

pytestmark = pytest.mark.django_db
NAME = "计划.docx"


@pytest.fixture
def plan(county: cast.County) -> PaperReading:
    """Our town's plan, read, with two indicators it speaks of."""
    make_figures.indicator("fai", "固定资产投资", county.statistics)
    make_figures.indicator("grain", "粮食总产量", county.farming, measure="吨")
    paper = make.registered(county.town_office, unit="T01")
    return make.read(county.town_office, paper)


@pytest.fixture
def office(client: Client, county: cast.County) -> Client:
    """The town's office at its desk."""
    cast.sign_in(client, county.town_office)
    return client


def address(of: PaperReading, tail: str = "") -> str:
    return f"/readings/{of.paper_id}/{tail}"


def words(answer: Any) -> str:  # noqa: ANN401  # a response of the test client
    return str(answer.content.decode())


def bring(client: Client, data: bytes, name: str = NAME, **more: str) -> Any:  # noqa: ANN401  # a response of the test client
    said = {"unit": "T01", "about": "T01", "received": "2023-10-20", **more}
    return client.post("/readings/bring/", said | {"file": SimpleUploadedFile(name, data)})


def correct(client: Client, item: Item, **said: str) -> Any:  # noqa: ANN401  # a response of the test client
    posted = {"item": str(item.pk), "edition": str(item.edition), "verdict": "accepted", **said}
    return client.post(f"/readings/{item.reading.paper_id}/correct/", posted)


def test_a_paper_is_brought_in_and_its_progress_can_be_left(office: Client) -> None:
    answer = bring(office, make.word(), number="青政发〔2023〕4号")
    paper = Paper.objects.get()
    assert answer["Location"] == f"/readings/{paper.pk}/progress/"
    waiting = office.get(answer["Location"])
    assert waiting["Refresh"] == "2"
    assert "可以离开" in words(waiting)
    assert "正在读" in words(office.get("/readings/"))


def test_a_double_click_registers_and_reads_once(office: Client) -> None:
    data = make.word()
    assert bring(office, data)["Location"] == bring(office, data)["Location"]
    assert (Paper.objects.count(), Intake.objects.count()) == (1, 1)


def test_a_paper_that_was_read_is_opened_instead(office: Client, plan: PaperReading) -> None:
    data = documents.stored_at(plan.paper.file.sha256).read_bytes()
    answer = bring(office, data)
    assert answer["Location"] == address(plan)
    assert "没有重复登记" in words(office.get(answer["Location"]))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"year": "二〇二三"}, "「二〇二三」不是年份"),
        ({"received": "昨天"}, "没有写，或不是日期"),
        ({"about": ""}, "没有选"),
        ({"received": "2023-10-21"}, "在今天之后"),
    ],
)
def test_what_is_wrong_stands_by_its_field_and_the_text_stays(
    office: Client, said: dict[str, str], told: str
) -> None:
    answer = bring(office, make.word(), title="我写的标题", **said)
    assert answer.status_code == 422
    assert told in words(answer)
    assert "我写的标题" in words(answer)
    assert not Paper.objects.exists()


def test_a_form_without_a_file_says_so(office: Client) -> None:
    answer = office.post(
        "/readings/bring/", {"unit": "T01", "about": "T01", "received": "2023-10-20"}
    )
    assert (answer.status_code, "没有选，或上传中断" in words(answer)) == (422, True)


def test_a_text_in_big5_is_asked_back_and_read_with_the_choice(
    office: Client, county: cast.County
) -> None:
    data = "青溪鎮2023年經濟工作計劃\n固定資產投資完成1億元以上。\n".encode("big5")
    bring(office, data, name="計劃.txt")
    intake = reading_service.read_now(Intake.objects.get(), cast.moment())
    paper = f"/readings/{intake.paper_id}/"
    assert "按Big5再读一次" in words(office.get(paper))
    office.post(f"{paper}again/", {"encoding": "big5", "year": "2023"})
    again = Intake.objects.first()
    assert again is not None
    assert reading_service.read_now(again, cast.moment()).state == IntakeState.DONE
    assert "固定資產投資" in words(office.get(paper))


def test_a_year_that_is_none_reads_nothing_anew(office: Client, plan: PaperReading) -> None:
    answer = office.post(address(plan, "again/"), {"year": "今年"}, follow=True)
    assert "不是年份" in words(answer)
    assert Intake.objects.count() == 1


def test_doubts_come_first_and_the_words_lead_to_the_lines(
    office: Client, plan: PaperReading
) -> None:
    page = words(office.get(address(plan)))
    assert page.index("4879+4569=9448") < page.index("读出的事</h2>")
    for item in plan.items.filter(end__gt=0):
        assert f'id="t{item.number}"' in page
        assert f'id="f{item.number}"' in page


def test_everything_ticked_is_accepted_with_the_indicator_chosen_for_it(
    office: Client, plan: PaperReading
) -> None:
    item = make.item(plan, "1900吨")
    said = {"pick": [item.pk], f"edition-{item.pk}": item.edition, f"indicator-{item.pk}": "grain"}
    answer = office.post(address(plan, "decide/"), said)
    item.refresh_from_db()
    assert answer.status_code == 302
    assert item.verdict == Verdict.ACCEPTED
    assert item.indicator is not None
    assert item.indicator.code == "grain"


def test_nothing_ticked_is_told(office: Client, plan: PaperReading) -> None:
    answer = office.post(address(plan, "decide/"), {})
    assert (answer.status_code, "没有选任何一条" in words(answer)) == (422, True)


def test_a_correction_is_kept_by_name_of_the_indicator(office: Client, plan: PaperReading) -> None:
    item = make.item(plan, "1900吨")
    correct(office, item, value="2000", other="粮食总产量", growth="0", subject="粮食产量")
    item.refresh_from_db()
    assert (str(item.value), item.subject) == ("2000.0000", "粮食产量")
    assert item.indicator is not None
    assert item.indicator.code == "grain"


def test_an_indicator_nobody_knows_keeps_the_panel_and_the_text(
    office: Client, plan: PaperReading
) -> None:
    answer = correct(office, make.item(plan, "1900吨"), other="没有的指标", subject="我改的名字")
    assert answer.status_code == 422
    assert "没有叫“没有的指标”的指标" in words(answer)
    assert 'value="我改的名字"' in words(answer)


def test_a_refusal_needs_its_reason(office: Client, plan: PaperReading) -> None:
    item = make.item(plan, "1900吨")
    answer = correct(office, item, verdict="refused")
    assert (answer.status_code, "请写一句为什么" in words(answer)) == (422, True)
    assert correct(office, item, verdict="refused", note="县里另下").status_code == 302
    page = words(office.get(address(plan)))
    assert "不采纳：县里另下" in page


def test_whoever_is_second_sees_the_first_ones_and_keeps_their_own(
    office: Client, plan: PaperReading, county: cast.County
) -> None:
    item = make.item(plan, "1900吨")
    make.accept(county.reporter, item, value="1950")
    answer = correct(office, item, value="2100", subject="第二个人填的")
    assert answer.status_code == 422
    page = words(answer)
    assert "何青" in page
    assert 'value="第二个人填的"' in page
    assert 'value="2100"' in page
    item.refresh_from_db()
    assert f'name="edition" value="{item.edition}"' in page


def test_an_item_is_parted_by_lines_of_its_own_words(office: Client, plan: PaperReading) -> None:
    item = make.item(plan, "1900吨")
    at = item.quote.index("1900")
    parts = f"{item.quote[:at]}\n{item.quote[at:]}"
    said = {"item": item.pk, "edition": item.edition, "parts": parts}
    assert office.post(address(plan, "split/"), said).status_code == 302
    assert [part.quote for part in item.parts.order_by("pk")] == parts.split("\n")
    page = words(office.get(address(plan)))
    assert f'id="f{item.number}-1"' in page


def test_a_paper_that_cannot_be_read_says_why_and_what_next(office: Client) -> None:
    bring(office, b"%PDF-1.4\nbroken", name="坏的.pdf")
    intake = reading_service.read_now(Intake.objects.get(), cast.moment())
    assert intake.state == IntakeState.FAILED
    page = office.get(f"/readings/{intake.paper_id}/", follow=True)
    assert "Refresh" not in page
    assert intake.problems[0]["what"] in words(page)
    assert "再读一次" in words(page)


@pytest.mark.parametrize("parts", ["", "只有一条", "天上\n地下"])
def test_parts_that_are_not_its_words_are_refused_with_the_text(
    office: Client, plan: PaperReading, parts: str
) -> None:
    item = make.item(plan, "1900吨")
    said = {"item": item.pk, "edition": item.edition, "parts": parts}
    answer = office.post(address(plan, "split/"), said)
    assert answer.status_code == 422
    assert parts in words(answer)
    assert not item.parts.exists()


def test_words_of_the_paper_are_added_and_others_are_not(
    office: Client, plan: PaperReading
) -> None:
    page = address(plan, "add/")
    said = {"words": "引进企业", "subject": "引进企业", "kind": "target"}
    assert office.post(page, said).status_code == 302
    assert Item.objects.latest("pk").quote == "引进企业"
    for wrong, told in (("没有的话", "原文里没有"), ("", "没有写"), ("人", "处")):
        answer = office.post(page, said | {"words": wrong})
        assert (answer.status_code, told in words(answer)) == (422, True)
    second = plan.text.rindex("人")
    assert office.post(page, said | {"words": "人", "at": str(second)}).status_code == 302
    assert Item.objects.latest("pk").start == second
    assert office.post(page, said | {"kind": "problem"}).status_code == 422


def test_accepted_targets_go_into_a_draft_and_show_where_they_went(
    client: Client, county: cast.County, plan: PaperReading
) -> None:
    cast.sign_in(client, county.assessor)
    item = make.item(plan, "1亿元")
    make.accept(county.assessor, item, indicator="fai")
    said = {"place": [item.pk], "document": "禾政发〔2023〕9号", "issued": "2023-10-20"}
    short = client.post(address(plan, "targets/"), said)
    assert (short.status_code, "禾政发〔2023〕9号" in words(short)) == (422, True)
    done = client.post(address(plan, "targets/"), said | {"year": "2023"})
    assert done.status_code == 302
    issue = Issue.objects.get()
    assert f'href="/targets/issues/{issue.pk}/"' in words(client.get(address(plan)))
    again = client.post(address(plan, "targets/"), {"place": [item.pk], "issue": str(issue.pk)})
    assert (again.status_code, "已经写入过" in words(again)) == (422, True)
    assert client.post(address(plan, "targets/"), {"issue": "999"}).status_code == 404


def test_accepted_figures_are_kept_as_reference_values(office: Client, plan: PaperReading) -> None:
    item = make.item(plan, "8980万元")
    assert office.post(address(plan, "references/"), {"place": [item.pk]}).status_code == 422
    correct(office, item, indicator="fai")
    assert "记为参考值" in words(office.get(address(plan)))
    assert office.post(address(plan, "references/"), {"place": [item.pk]}).status_code == 302
    assert Placement.objects.get().home == Home.REFERENCE
    assert "/towns/T01/indicators/fai/" in words(office.get(address(plan)))


def test_a_reporter_puts_figures_into_the_draft_return(client: Client, county: cast.County) -> None:
    month = make_returns.month(county)
    paper = make.registered(
        county.reporter,
        make.word("青溪镇2023年1至10月总结", "全镇完成项目投资8400万元。"),
        unit="T01",
    )
    of = make.read(county.reporter, paper)
    [item] = make.accept(
        county.reporter, make.item(of, "8400万元"), indicator="works", period="2023-10", unit="T01"
    )
    cast.sign_in(client, county.reporter)
    assert "写入填报草稿" in words(client.get(address(of)))
    said = {"place": [item.pk], "submission": str(month.submission().pk)}
    assert client.post(address(of, "figures/"), said).status_code == 302
    assert "/returns/2023-10/T01-G3/" in words(client.get(address(of)))
    assert client.post(address(of, "figures/"), said).status_code == 422
    assert client.post(address(of, "figures/"), {"submission": "999"}).status_code == 404


def test_leaders_read_and_find_no_button(
    client: Client, county: cast.County, plan: PaperReading
) -> None:
    cast.sign_in(client, county.leader)
    page = words(client.get(address(plan)))
    assert "先看疑问" in page
    assert 'method="post" action="/readings/' not in page
    cast.sign_in(client, county.stranger)
    assert client.get(address(plan)).status_code == 404


def test_an_older_version_is_shown_but_not_decided(office: Client, plan: PaperReading) -> None:
    office.post(address(plan, "again/"), {})
    reading_service.read_now(Intake.objects.latest("pk"), cast.moment())
    old, new = (words(office.get(address(plan, f"?version={n}"))) for n in (1, 2))
    assert "后来又读过" in old
    assert "采纳<span" not in old
    assert "采纳<span" in new
    assert office.get(address(plan, "?version=9")).status_code == 404


def test_lists_are_filtered_and_given_as_workbooks(office: Client, plan: PaperReading) -> None:
    correct(office, make.item(plan, "1900吨"), verdict="refused", note="不要")
    page = words(office.get(address(plan, "?state=refused")))
    assert page.count('<tr id="f') == 1
    assert "没有这样的条目" in words(office.get(address(plan, "?state=asked&kind=target")))
    book = openpyxl.load_workbook(BytesIO(office.get(address(plan, "sheet/")).content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert sum("1900吨以上" in str(row) for row in rows) >= 1
    register = office.get("/readings/?xlsx=1&kind=plan")
    [sheet] = openpyxl.load_workbook(BytesIO(register.content)).worksheets
    assert any("青溪镇2023年经济工作计划" in str(row) for row in sheet.iter_rows(values_only=True))
    assert "没有符合的来文" in words(office.get("/readings/?q=没有这份"))


def test_the_original_comes_back_byte_for_byte_or_not_at_all(
    office: Client, plan: PaperReading
) -> None:
    path = documents.stored_at(plan.paper.file.sha256)
    answer = office.get(address(plan, "file/"))
    assert answer.content == path.read_bytes()
    assert "attachment" in answer["Content-Disposition"]
    path.chmod(0o600)
    path.write_bytes(b"changed")
    assert office.get(address(plan, "file/")).status_code == 500


def test_a_page_asks_the_same_for_twenty_lines_and_two_hundred(
    office: Client, plan: PaperReading
) -> None:
    def asked() -> int:
        office.get(address(plan))
        with CaptureQueriesContext(connection) as queries:
            assert office.get(address(plan)).status_code == 200
        return len(queries)

    copies = [
        Item(
            reading=plan, number=100 + n, kind=list(ItemKind)[n % 9], start=0, end=2,
            quote=plan.text[:2], subject=f"事{n}", unit=plan.paper.about, period="2023",
        )
        for n in range(200)
    ]  # fmt: skip
    Item.objects.bulk_create(copies[:20])
    twenty = asked()
    Item.objects.bulk_create(copies[20:])
    assert asked() == twenty
