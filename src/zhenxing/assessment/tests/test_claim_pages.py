"""The pages of claims: brought, listed, decided, and read by those they concern."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast
from zhenxing.assessment.choices import ClaimState
from zhenxing.assessment.models import Claim
from zhenxing.assessment.tests import rounds_make
from zhenxing.assessment.tests import scoring_make as make
from zhenxing.targets.tests.conftest import text

if TYPE_CHECKING:
    from django.test import Client

    from zhenxing.accounts.models import User
    from zhenxing.assessment.models import Edition

pytestmark = pytest.mark.django_db
HOME = "/assessment/claims/"
FORM = {
    "code": "T01",
    "matter": "penalty:通报批评",
    "day": "2023-09-12",
    "words": "9月12日被县政府办通报",
    "document": "禾政办通〔2023〕8号",
}


@pytest.fixture
def edition(county: cast.County) -> Edition:
    """Put the county's scheme in force."""
    return rounds_make.edition(county.county, make.TEXT)


@pytest.fixture
def second(county: cast.County) -> User:
    """Give the assessment office a second person."""
    return rounds_make.assessor(county, 1)


def paper() -> dict[str, SimpleUploadedFile]:
    return {"paper": SimpleUploadedFile("通报.pdf", make.PDF)}


def test_a_matter_is_brought_with_its_paper_and_nothing_typed_is_lost(
    county: cast.County, edition: Edition, client: Client
) -> None:
    cast.sign_in(client, county.assessor)
    shown = text(client.get(f"{HOME}new/"))
    for words in ("通报批评", "一票否决", "河湾镇", "项目入库"):
        assert words in shown, words
    refused = text(client.post(f"{HOME}propose/", FORM), 422)
    for words in ("没有附文件", "9月12日被县政府办通报", 'value="2023-09-12"', "selected>青溪镇"):
        assert words in refused, words
    broken = FORM | {"day": "昨天", "amount": "很多"}
    refused = text(client.post(f"{HOME}propose/", broken), 422)
    assert "不是日期" in refused
    assert "「很多」不是数" in refused
    assert not Claim.objects.exists()


def test_a_second_person_decides_what_the_first_one_brought(
    county: cast.County, edition: Edition, second: User, client: Client
) -> None:
    cast.sign_in(client, county.assessor)
    done = client.post(f"{HOME}propose/", FORM | paper())
    claim = Claim.objects.get()
    assert done.headers["Location"] == f"{HOME}{claim.pk}/"
    shown = text(client.get(f"{HOME}{claim.pk}/"))
    assert "提出的人不能复核" in shown
    assert "须是另一个人" in text(client.post(f"{HOME}{claim.pk}/approve/"), 422)
    assert "像是同一件事" in text(client.post(f"{HOME}propose/", FORM | paper()), 422)
    again = FORM | paper() | {"another": "1", "amount": "2.5"}
    assert client.post(f"{HOME}propose/", again).status_code == 302
    cast.sign_in(client, second)
    shown = text(client.get(f"{HOME}{claim.pk}/"))
    assert "像是同一件事的" in shown
    assert "写明为什么不予认定" in text(client.post(f"{HOME}{claim.pk}/refuse/"), 422)
    assert client.post(f"{HOME}{claim.pk}/approve/", {"remark": "属实"}).status_code == 302
    claim.refresh_from_db()
    assert (claim.state, claim.remark) == (ClaimState.APPROVED, "属实")
    late = client.post(f"{HOME}{claim.pk}/withdraw/", {"reason": "算了"})
    assert "不能再办" in text(late, 422)
    twin = Claim.objects.exclude(pk=claim.pk).get()
    assert client.post(f"{HOME}{twin.pk}/refuse/", {"remark": "同一件"}).status_code == 302
    third = make.claim(county.assessor, day=date(2023, 8, 1), document="")
    cast.sign_in(client, county.assessor)
    assert "写明为什么撤回" in text(client.post(f"{HOME}{third.pk}/withdraw/"), 422)
    assert client.post(f"{HOME}{third.pk}/withdraw/", {"reason": "填错"}).status_code == 302


def test_the_list_is_searched_filtered_sorted_and_exported(
    county: cast.County, edition: Edition, second: User, client: Client
) -> None:
    make.claim(county.assessor)
    make.claim(county.town_office, kind="bonus", event="试点示范", document="禾〔2023〕9号")
    cast.sign_in(client, county.assessor)
    assert text(client.get(HOME)).count("待复核</span>") == 2
    bonus = text(client.get(f"{HOME}?kind=bonus&state=proposed&q=青溪"))
    assert "试点示范" in bonus
    assert "通报批评" not in bonus
    assert "没有符合的事项" in text(client.get(f"{HOME}?state=approved"))
    assert "SX2023-00001" in text(client.get(f"{HOME}?sort=unit&kind=none"))
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{HOME}?xlsx=1&kind=penalty").content))
    cells = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert "SX2023-00001" in cells
    assert "SX2023-00002" not in cells


def test_the_unit_concerned_reads_what_is_claimed_about_it(
    county: cast.County, edition: Edition, client: Client
) -> None:
    claim = make.claim(county.assessor)
    own = make.claim(county.department, kind="event", event="项目入库", paper=None, code="T02")
    for name, person in county.people.items():
        cast.sign_in(client, person)
        answers = [
            client.get(f"{HOME}{each.pk}/{page}").status_code
            for each in (claim, own)
            for page in ("", "paper/")
        ]
        expected = {
            "assessment": [200, 200, 200, 404],
            "auditor": [200, 200, 200, 404],
            "d01": [404, 404, 200, 404],
            "administrator": [403, 403, 403, 403],
            "t02-leader": [404, 404, 200, 404],
            "t02-g3-reporter": [404, 404, 200, 404],
            "t01-v01": [404, 404, 404, 404],
        }
        assert answers == expected.get(name, [200, 200, 404, 404]), name
        verdict = client.post(f"{HOME}{claim.pk}/approve/").status_code
        assert verdict in {403, 404, 422}, name
        assert (f"{HOME}new/" in client.get(HOME).content.decode()) == (
            name in {"assessment", "d01", "t01-office", "t01-supervision"}
        ), name
    claim.refresh_from_db()
    assert claim.state == ClaimState.PROPOSED


def test_a_towns_matter_shows_the_towns_people_and_groups_by_name(
    county: cast.County, client: Client
) -> None:
    cast.sign_in(client, county.supervisor)
    assert "没有由您提出的事项" in text(client.get(f"{HOME}new/"))
    text_of_groups = make.VILLAGES.replace("village-2023", "group-2023")
    rounds_make.edition(
        county.town, text_of_groups, code="t01-groups", name="专班考核", subjects="groups"
    )
    said = FORM | paper() | {"code": "T01-G3", "matter": "penalty:环境卫生问题"}
    assert client.post(f"{HOME}propose/", said).status_code == 302
    assert "稳投资专班" in text(client.get(HOME))
    cast.sign_in(client, county.town_office)
    claim = Claim.objects.get()
    assert client.post(f"{HOME}{claim.pk}/approve/").status_code == 302
