"""What several services of this part ask and write alike: refusals, papers, who said something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from zhenxing.documents import services as documents
from zhenxing.kernel.problems import Problem
from zhenxing.organisation.services import ActRefusedError
from zhenxing.reporting.services.evidence import unfit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenxing.audit.services import Act
    from zhenxing.documents.models import File
    from zhenxing.kernel.moments import Moment
    from zhenxing.reporting.services.wishing import Paper
    from zhenxing.web.scope import Scope

LONGEST_NAME = 80
MOST_PAPERS = 10
ASK_THE_OFFICE = "如工作需要，请联系考核办"


def said_by(scope: Scope, moment: Moment) -> dict[str, Any]:
    """Give the columns of a row that say who, and when by both clocks."""
    title = f"（{scope.titles[0]}）" if scope.titles else ""
    return {
        "by": scope.username,
        "by_name": f"{scope.name}{title}"[:LONGEST_NAME],
        "recorded": moment.at,
        "business_date": moment.business_date,
    }


def refuse(where: str, what: str, next_: str = ASK_THE_OFFICE) -> NoReturn:
    """Refuse an act in words."""
    raise ActRefusedError(Problem(where, what, next_))


def refuse_all(problems: Sequence[Problem]) -> None:
    """Refuse an act with everything that is wrong, if anything is."""
    if problems:
        raise ActRefusedError(*problems)


def written(where: str, text: str, most: int, next_: str = "") -> list[Problem]:
    """Say what is wrong with a text; `next_` says what to write where it may not be left empty."""
    if next_ and not text.strip():
        return [Problem(where, "没有写", next_)]
    if len(text.strip()) > most:
        return [
            Problem(where, f"有{len(text.strip())}字，超过{most}字", "请写短些，细节放在材料里")
        ]
    return []


def unfit_papers(papers: Sequence[Paper]) -> list[Problem]:
    """Say what is wrong with papers that were brought."""
    problems = [fault for each in papers if (fault := unfit(each.data, each.name))]
    if len(papers) > MOST_PAPERS:
        problems.append(Problem("材料", f"一次超过{MOST_PAPERS}个文件", "请合并后再附"))
    return problems


def keep_papers(act: Act, papers: Sequence[Paper], scope: Scope, moment: Moment) -> list[File]:
    """Keep papers within an act, and let its entry hold them."""
    files = [
        documents.keep(each.data, name=each.name, by=scope.username, moment=moment)
        for each in papers
    ]
    act.vouch(*files)
    act.details["papers"] = [file.sha256 for file in files]
    return files
