"""Self-scores and evidence: who fills in, what is kept, what the leader's signature ends."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests import cast
from zhenxing.assessment import access
from zhenxing.assessment.models import ItemPaper, SelfScore
from zhenxing.assessment.queries import folders as asking
from zhenxing.assessment.services import folders
from zhenxing.assessment.services.folders import Entry
from zhenxing.assessment.tests import rounds_make
from zhenxing.assessment.tests import scoring_make as make
from zhenxing.audit import queries as audit_queries
from zhenxing.documents import services as documents
from zhenxing.organisation.services import ActRefusedError
from zhenxing.reporting.services.wishing import Paper
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from zhenxing.accounts.models import User
    from zhenxing.assessment.models import Round
    from zhenxing.assessment.queries.folders import Access, Folder

pytestmark = pytest.mark.django_db


@pytest.fixture
def gathering(county: cast.County) -> Round:
    """Give a round that gathers."""
    return make.opened(county)


def reads(by: User, round_: Round) -> Access:
    seats = target_queries.seats(cast.scope(by), cast.TODAY)
    return asking.access_of(round_, cast.scope(by), seats, cast.TODAY)


def folder(by: User, round_: Round, code: str = "T01") -> Folder:
    access = reads(by, round_)
    subject = access.subject(code)
    assert subject is not None
    return asking.folder(round_, subject, cast.TODAY, access)


def add(
    by: User, round_: Round, item: str = "fai", paper: Paper | None = None, note: str = ""
) -> ItemPaper:
    return folders.add_paper(
        round_=round_,
        code="T01",
        item=item,
        paper=paper or Paper("佐证.pdf", make.PDF),
        note=note,
        scope=cast.scope(by),
        moment=cast.moment(),
    )


def back(by: User, paper: ItemPaper, reason: str) -> ItemPaper:
    return folders.take_back(paper=paper, reason=reason, scope=cast.scope(by), moment=cast.moment())


def sign(by: User, round_: Round, seen: str) -> None:
    folders.sign(round_=round_, code="T01", seen=seen, scope=cast.scope(by), moment=cast.moment())


@pytest.mark.both_engines
def test_a_folder_is_scored_proved_signed_and_then_closed(county: cast.County) -> None:
    gathering = make.opened(county)
    assert make.score(county.reporter, gathering, ("fai", "48"), ("criticism", "\uff11")) == 2
    paper = add(county.town_office, gathering)
    assert paper.file is not None
    assert documents.stored_at(paper.file.sha256).read_bytes() == make.PDF
    shown = folder(county.leader, gathering)
    assert (shown.total, shown.papers, len(shown.scored)) == (Decimal(47), 1, 2)
    sign(county.leader, gathering, "47")
    for refused in (
        lambda: make.score(county.reporter, gathering, ("fai", "60"), version=1),
        lambda: add(county.reporter, gathering),
        lambda: back(county.reporter, paper, "传错"),
        lambda: sign(county.leader, gathering, "47"),
    ):
        with pytest.raises(ActRefusedError, match="已签发"):
            refused()
    assert audit_queries.verify().holds


def test_all_lines_are_kept_or_none(county: cast.County, gathering: Round) -> None:
    with pytest.raises(ActRefusedError) as refused:
        make.score(
            county.reporter, gathering,
            ("fai", "50"), ("satisfaction", "九十"), ("models", "-2"), ("none", "1"),
        )  # fmt: skip
    assert [problem.where for problem in refused.value.problems] == [
        "群众满意度", "试点示范", "考核项",
    ]  # fmt: skip
    long = Entry("fai", "1", "长" * 501)
    with pytest.raises(ActRefusedError, match="超过500字"):
        folders.save(
            round_=gathering, code="T01", entries=[long], scope=cast.scope(county.reporter),
            moment=cast.moment(),
        )  # fmt: skip
    for text in ("1.23456", "10000"):
        with pytest.raises(ActRefusedError, match="不是数"):
            make.score(county.reporter, gathering, ("fai", text))
    assert not SelfScore.objects.exists()


def test_two_writers_do_not_overwrite_each_other(county: cast.County, gathering: Round) -> None:
    make.score(county.reporter, gathering, ("fai", "48"))
    with pytest.raises(ActRefusedError, match="刚改为48"):
        make.score(county.colleague, gathering, ("fai", "50"))
    assert make.score(county.colleague, gathering, ("fai", "50"), version=1) == 1
    assert make.score(county.colleague, gathering, ("fai", "50"), version=2) == 0
    assert folder(county.reporter, gathering).total == Decimal(50)
    assert SelfScore.objects.count() == 2


def test_what_the_site_knows_is_shown_and_not_asked(county: cast.County, gathering: Round) -> None:
    lines = {line.item.id: line for line in folder(county.reporter, gathering).lines}
    [fai] = lines["fai"].known
    assert (fai.value, fai.target, fai.period) == (Decimal(6000), Decimal(10000), "2023-09")
    assert [each.code for each in lines["grain"].known] == ["grain", "fai"]
    assert lines["satisfaction"].known == ()
    assert lines["satisfaction"].asked.is_rated
    plain = {line.item.id for line in folder(county.assessor, gathering, "T03").lines}
    assert "grain" not in plain


def test_only_the_unit_writes_and_only_its_leader_signs(
    county: cast.County, gathering: Round
) -> None:
    for person in (
        county.assessor, county.department, county.leader, county.supervisor, county.stranger,
        county.village_reporter, county.auditor, county.administrator, county.rival_leader,
    ):  # fmt: skip
        with pytest.raises(ActRefusedError):
            make.score(person, gathering, ("fai", "48"))
    with pytest.raises(ActRefusedError, match="还没有一项自评"):
        sign(county.leader, gathering, "")
    make.score(county.group_leader, gathering, ("fai", "48"))
    with pytest.raises(ActRefusedError, match="现在是48"):
        sign(county.leader, gathering, "40")
    for person in (county.rival_leader, county.reporter, county.assessor):
        with pytest.raises(ActRefusedError, match="主要领导签发"):
            sign(person, gathering, "48")


def test_papers_are_only_added_and_taken_back_with_a_reason(
    county: cast.County, gathering: Round
) -> None:
    paper = add(county.reporter, gathering, note="会议纪要")
    for bad, why in (
        (Paper("空.pdf", b""), "空的"),
        (Paper("程序.exe", b"MZ\x90\x00"), "看内容"),
        (Paper("大.pdf", make.PDF + b"0" * 10 * 1024 * 1024), "超过10MB"),
    ):
        with pytest.raises(ActRefusedError, match=why):
            add(county.reporter, gathering, paper=bad)
    with pytest.raises(ActRefusedError, match="不考核本单位"):
        add(county.reporter, gathering, "none")
    with pytest.raises(ActRefusedError, match="写明为什么撤回"):
        back(county.reporter, paper, " ")
    mark = back(county.reporter, paper, "传错了文件")
    with pytest.raises(ActRefusedError, match="已经撤回"):
        back(county.reporter, paper, "再撤一次")
    with pytest.raises(ActRefusedError, match="已经撤回"):
        back(county.reporter, mark, "撤回撤回")
    [line] = [line for line in folder(county.leader, gathering).lines if line.papers]
    assert asking.standing(line.papers) == []
    assert line.papers[0].taken_back_by.note == "传错了文件"


def test_an_item_holds_so_many_papers(
    county: cast.County, gathering: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "MOST_PAPERS", 1)
    add(county.reporter, gathering)
    with pytest.raises(ActRefusedError, match="已有1份"):
        add(county.reporter, gathering)


def test_nothing_is_added_after_the_day_or_the_first_mark(county: cast.County) -> None:
    gathering = make.opened(county, rounds_make.TEXT)
    gathering.gather_until = cast.TODAY - timedelta(days=1)
    gathering.save()
    with pytest.raises(ActRefusedError, match="已经过了"):
        make.score(county.reporter, gathering, ("fai", "48"))
    gathering.gather_until = None
    gathering.save()
    make.score(county.reporter, gathering, ("fai", "48"))
    marked = rounds_make.marked(county.assessor, gathering)
    with pytest.raises(ActRefusedError, match="已初评"):
        make.score(county.reporter, gathering, ("grain", "9"))
    row = {row.subject.code: row for row in asking.rows(marked, reads(county.assessor, marked))}
    assert row["T01"].gap == Decimal(48) - Decimal(row["T01"].first)
    assert asking.rows(marked, reads(county.leader, marked))[0].first == ""
    told = rounds_make.replied(county.assessor, marked)
    shown = {line.item.id: line for line in folder(county.leader, told).lines}
    assert shown["fai"].first
    assert shown["fai"].gap == Decimal(48) - Decimal(shown["fai"].first)
    assert shown["grain"].gap is None


def test_each_reads_the_own_folder_the_office_all_a_department_its_items(
    county: cast.County, gathering: Round
) -> None:
    make.score(county.reporter, gathering, ("fai", "70"))
    codes = {
        name: [each.code for each in reads(person, gathering).subjects]
        for name, person in county.people.items()
    }
    assert codes["assessment"] == codes["auditor"] == codes["d01"] == ["T01", "T02", "T03"]
    assert codes["t01-leader"] == codes["t01-supervision"] == ["T01"]
    assert codes["t02-leader"] == ["T02"]
    assert codes["t01-v01"] == []
    led = folder(county.department, gathering)
    assert [line.item.id for line in led.lines] == ["fai", "entered"]
    assert led.lines[0].is_over
    [row, *_] = asking.rows(gathering, reads(county.department, gathering))
    assert (row.asked, row.scored, row.total) == (2, 1, Decimal(70))
    assert row.gap is None


def test_a_towns_office_reads_what_its_villages_say_and_writes_none_of_it(
    county: cast.County,
) -> None:
    own = make.opened_in_town(county)
    village = county.village.code
    assert make.score(county.village_reporter, own, ("opinion", "9"), code=village) == 1
    with pytest.raises(ActRefusedError, match="不替被考核的单位自评"):
        make.score(county.supervisor, own, ("opinion", "9"), code=village, version=1)
    with pytest.raises(ActRefusedError, match="不考核"):
        make.score(county.reporter, own, ("opinion", "9"), code="T02-V09")
    assert [each.code for each in reads(county.village_reporter, own).subjects] == [village]
    assert [each.code for each in reads(county.supervisor, own).subjects] == [
        "T01-O01", "T01-V01",
    ]  # fmt: skip
    assert reads(county.village_reporter, own).may_fill == {village}


def test_who_fills_folders_is_said_by_the_posts(county: cast.County) -> None:
    allowed = {
        name
        for name, person in county.people.items()
        if access.fills_folders(
            target_queries.seats(cast.scope(person), cast.TODAY), "T01-V01", "T01"
        )
    }
    assert allowed == {
        "t01-g3-reporter", "t01-g3-second", "t01-g2-reporter", "t01-g3-leader", "t01-office",
        "t01-v01",
    }  # fmt: skip
