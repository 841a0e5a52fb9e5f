"""At the start: does the database still hold what the heads outside it name?"""

from __future__ import annotations

import logging

from django.db import DatabaseError
from django.utils import timezone

from zhenxing.kernel.moments import Moment
from zhenxing.operations import queries, services
from zhenxing.operations.middleware import LossMiddleware
from zhenxing.organisation import queries as organisation

log = logging.getLogger("zhenxing.start")


def look_for_loss() -> None:
    """Let a site whose database was put back to an older state read only from the first page on.

    Reading must go on whatever is found: what keeps the look from ending is logged.
    """
    at = timezone.now()  # noqa: TID251  # the start of a server is a moment of its own
    try:
        day = organisation.business_date(organisation.site(), timezone.localdate(at))
        services.look_for_loss(queries.recent_heads(), moment=Moment(at, day))
        LossMiddleware.found = queries.loss()
    except DatabaseError as error:  # before the first migration there is no table
        log.warning("没有核对外存链头：%s", error)
    except OSError:  # the keys are not in their place, or the heads file cannot be written
        log.exception("核对外存链头没有做完")
