"""The pages of self-scores: what each role sees and may do, the unit's page, the office's list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast
from zhenxing.assessment.models import ItemPaper, SelfScore, SelfSigning
from zhenxing.assessment.tests import rounds_make
from zhenxing.assessment.tests import scoring_make as make
from zhenxing.documents import services as documents
from zhenxing.targets.tests.conftest import text

if TYPE_CHECKING:
    from django.test import Client

    from zhenxing.assessment.models import Round

pytestmark = pytest.mark.django_db
ITEMS = ("fai", "grain", "entered", "satisfaction", "service", "models", "criticism")


@pytest.fixture
def gathering(county: cast.County) -> Round:
    """Give a round that gathers."""
    return make.opened(county)


def place(round_: Round, code: str = "T01") -> str:
    return f"/assessment/rounds/{round_.pk}/folders/{code}/"


def form(**written: str) -> dict[str, str]:
    """Give the whole form as the page sends it."""
    blank = {f"{part}-{item}": "" for item in ITEMS for part in ("score", "words")}
    return blank | {name.replace("_", "-", 1): value for name, value in written.items()}


def pdf(name: str = "纪要.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make.PDF)


def test_a_unit_fills_its_folder_and_the_leader_signs(
    county: cast.County, gathering: Round, client: Client
) -> None:
    cast.sign_in(client, county.reporter)
    shown = text(client.get(place(gathering)))
    for words in ("固定资产投资", "6,000", "目标10,000", "由评委评分", "民生改善", "按完成率计分"):
        assert words in shown, words
    assert "签发自评" not in shown
    said = form(score_fai="48", words_fai="已入库三个项目", score_service="10.5")
    assert client.post(f"{place(gathering)}save/", said).status_code == 302
    again = text(client.get(place(gathering)))
    assert 'value="48"' in again
    assert "高于分值" in again
    assert "已保存2项" in again
    brought = {"item": "fai", "note": "会议纪要", "papers": [pdf(), pdf("二.pdf")]}
    assert client.post(f"{place(gathering)}papers/", brought).status_code == 302
    assert "2份在册" in text(client.get(place(gathering)))
    cast.sign_in(client, county.leader)
    shown = text(client.get(place(gathering)))
    assert "还有5项没有自评分" in shown
    seen = {"seen": "58.5", "password": "wrong"}
    assert "密码不对" in text(client.post(f"{place(gathering)}sign/", seen), 422)
    old = {"seen": "1", "password": cast.PASSWORD}
    assert "刚有人改过" in text(client.post(f"{place(gathering)}sign/", old), 422)
    right = {"seen": "58.5", "password": cast.PASSWORD}
    assert client.post(f"{place(gathering)}sign/", right).status_code == 302
    assert SelfSigning.objects.get().total == 58.5  # the two own scores
    cast.sign_in(client, county.reporter)
    shown = text(client.get(place(gathering)))
    assert "签发后不再改" in shown
    assert "保存自评" not in shown
    late = client.post(
        f"{place(gathering)}papers/", {"item": "fai", "papers": [pdf()]}, follow=True
    )
    assert "已签发" in text(late)


def test_what_was_typed_is_not_lost_when_one_line_is_wrong(
    county: cast.County, gathering: Round, client: Client
) -> None:
    cast.sign_in(client, county.town_office)
    said = form(score_fai="四十八", score_grain="9", words_grain="测产报告")
    shown = text(client.post(f"{place(gathering)}save/", said), 422)
    for words in ("不是数", 'value="四十八"', 'value="9"', 'value="测产报告"'):
        assert words in shown, words
    assert not SelfScore.objects.exists()
    assert client.post(f"{place(gathering)}save/", form()).status_code == 302
    assert "没有改动" in text(client.get(place(gathering)))


def test_papers_are_given_back_byte_for_byte_to_whom_they_concern(
    county: cast.County, gathering: Round, client: Client
) -> None:
    cast.sign_in(client, county.reporter)
    bad = SimpleUploadedFile("<b>表.pdf", b"GIF89a")
    client.post(f"{place(gathering)}papers/", {"item": "grain", "papers": [pdf(), bad]})
    shown = text(client.get(place(gathering)))
    assert "看内容，不看文件名" in shown
    assert "<b>" not in shown
    assert "没有选择文件" in text(
        client.post(f"{place(gathering)}papers/", {"item": "grain"}, follow=True)
    )
    paper = ItemPaper.objects.get()
    address = f"/assessment/item-papers/{paper.pk}/"
    answers = {}
    for name, person in county.people.items():
        cast.sign_in(client, person)
        answers[name] = client.get(address).status_code
    allowed = {name for name, status in answers.items() if status == 200}
    assert allowed == {
        "assessment", "auditor", "t01-leader", "t01-office", "t01-supervision",
        "t01-g3-reporter", "t01-g3-second", "t01-g2-reporter", "t01-g3-leader",
    }  # fmt: skip
    assert answers["administrator"] == 403
    cast.sign_in(client, county.assessor)
    response = client.get(address)
    assert response.content == make.PDF
    assert response["Content-Type"] == "application/octet-stream"
    assert paper.file is not None
    documents.stored_at(paper.file.sha256).unlink()
    assert "打不开" in text(client.get(address), 500)
    assert client.get("/assessment/item-papers/999/").status_code == 404


def test_a_paper_is_taken_back_with_a_reason_that_stays_to_be_read(
    county: cast.County, gathering: Round, client: Client
) -> None:
    cast.sign_in(client, county.reporter)
    client.post(f"{place(gathering)}papers/", {"item": "fai", "papers": [pdf()]})
    address = f"/assessment/item-papers/{ItemPaper.objects.get().pk}/"
    assert "写明为什么撤回" in text(client.post(f"{address}take-back/", {"reason": ""}), 422)
    cast.sign_in(client, county.stranger)
    assert client.post(f"{address}take-back/", {"reason": "不要"}).status_code == 404
    cast.sign_in(client, county.reporter)
    assert client.post(f"{address}take-back/", {"reason": "传错"}).status_code == 302
    shown = text(client.get(place(gathering)))
    assert "已撤回：传错" in shown
    assert "0份在册" in shown
    mark = ItemPaper.objects.exclude(takes_back=None).get()
    assert client.get(f"/assessment/item-papers/{mark.pk}/").status_code == 404


def test_everybody_sees_the_folders_that_are_theirs(
    county: cast.County, gathering: Round, client: Client
) -> None:
    own = make.opened_in_town(county)
    for name, person in county.people.items():
        cast.sign_in(client, person)
        answers = [
            client.get(place(gathering)).status_code,
            client.get(place(gathering, "T02")).status_code,
            client.get(place(own, "T01-V01")).status_code,
        ]
        expected = {
            "assessment": [200, 200, 200],
            "auditor": [200, 200, 200],
            "d01": [200, 200, 404],
            "administrator": [403, 403, 403],
            "t02-leader": [404, 200, 404],
            "t02-g3-reporter": [404, 200, 404],
            "t01-v01": [404, 404, 200],
        }
        assert answers == expected.get(name, [200, 404, 200]), name
        posts = [client.post(f"{place(gathering)}{verb}/").status_code for verb in ("save", "sign")]
        assert not SelfScore.objects.exists(), (name, posts)
    assert not SelfSigning.objects.exists()


def test_a_department_reads_its_items_alone(
    county: cast.County, gathering: Round, client: Client
) -> None:
    make.score(county.reporter, gathering, ("fai", "48"), ("grain", "9"))
    cast.sign_in(client, county.department)
    shown = text(client.get(place(gathering)))
    assert "只列本部门牵头的考核项" in shown
    assert "固定资产投资" in shown
    assert "群众满意度" not in shown
    assert f"/towns/T01/indicators/fai/?period={gathering.period}" in shown
    cast.sign_in(client, county.reporter)
    for item in ("fai", "grain"):
        client.post(f"{place(gathering)}papers/", {"item": item, "papers": [pdf(f"{item}.pdf")]})
    led, other = ItemPaper.objects.order_by("pk")
    cast.sign_in(client, county.department)
    assert client.get(f"/assessment/item-papers/{led.pk}/").status_code == 200
    assert client.get(f"/assessment/item-papers/{other.pk}/").status_code == 404


def test_the_office_compares_own_scores_with_the_first_mark(
    county: cast.County, client: Client
) -> None:
    gathering = make.opened(county, rounds_make.TEXT)
    make.score(county.reporter, gathering, ("fai", "60"), ("grain", "40"))
    listed = f"/assessment/rounds/{gathering.pk}/folders/"
    cast.sign_in(client, county.assessor)
    assert "未签发" in text(client.get(listed))
    rounds_make.marked(county.assessor, gathering)
    shown = text(client.get(f"{listed}?sort=-gap"))
    assert shown.index("青溪镇") < shown.index("石泉镇")
    assert "符合“河湾”" in text(client.get(f"{listed}?q=河湾"))
    assert "初评" in text(client.get(place(gathering)))
    cast.sign_in(client, county.leader)
    assert client.get(listed).headers["Location"] == place(gathering)
    shown = text(client.get("/assessment/folders/"))
    assert "镇域经济考核" in shown
    cast.sign_in(client, county.village_reporter)
    assert "现在没有要自评的考核" in text(client.get("/assessment/folders/"))
    assert client.get(listed).status_code == 404
