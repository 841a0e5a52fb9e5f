"""What a second person answers to a proposal, whatever it is about."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.audit import services as audit
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries
from zhenxing.organisation.choices import Decision
from zhenxing.organisation.services.refusals import ActRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zhenxing.audit.services import Act
    from zhenxing.kernel.moments import Moment
    from zhenxing.organisation.models import Proposed
    from zhenxing.web.scope import Scope

VERBS = {
    Decision.APPROVED: "approved",
    Decision.REFUSED: "refused",
    Decision.WITHDRAWN: "withdrawn",
}


@dataclass(frozen=True)
class Answer:
    """What somebody decides, in whose name, when, and what they say to it."""

    decision: Decision
    scope: Scope
    moment: Moment
    text: str = ""


@contextmanager
def decide(
    proposed: Proposed, answer: Answer, action: str, details: Mapping[str, object]
) -> Iterator[Act]:
    """Open the act that decides; the caller refuses or carries out, this writes who decided."""
    with audit.act(
        f"{action}.{VERBS[answer.decision]}",
        subject=str(proposed),
        by=queries.actor(answer.scope),
        moment=answer.moment,
        details={**details, "answer": answer.text, "proposed_by": proposed.proposed_by.username},
    ) as act:
        # The act holds the head of the ledger, so nobody else can be deciding meanwhile.
        proposed.refresh_from_db(fields=["decision"])
        if not proposed.is_pending:
            raise ActRefusedError(_decided(proposed))
        if answer.decision == Decision.REFUSED and not answer.text.strip():
            raise ActRefusedError(Problem("意见", "驳回没有写理由", "请写一句为什么，再驳回"))
        yield act
        proposed.decision = answer.decision
        proposed.answer = answer.text
        proposed.decided_at = answer.moment.at
        proposed.decided_by = queries.person(answer.scope)
        proposed.save()
        act.vouch(proposed)


def _decided(proposed: Proposed) -> Problem:
    state = proposed.get_decision_display()
    return Problem(str(proposed), f"{state}，不能再改", "请刷新页面看最新状态")
