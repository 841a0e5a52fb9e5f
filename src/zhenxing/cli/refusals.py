"""What a command answers where the database is not one to work on: a sentence, no traceback."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from zhenxing.audit.services import ActsWithheldError
from zhenxing.kernel.problems import Problem
from zhenxing.operations import editions
from zhenxing.operations.refusing import OperationRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator


def require_database() -> None:
    """Refuse a database that is empty, or that another edition left."""
    with database_problems_told():
        problem = editions.standing_in_the_way()
    if problem is not None:
        raise OperationRefusedError(problem)


@contextmanager
def database_problems_told() -> Iterator[None]:
    """Turn what the database or the ledger says no to into a sentence."""
    try:
        yield
    except ActsWithheldError as withheld:
        raise OperationRefusedError(withheld.problem) from withheld
    except ImproperlyConfigured as error:
        raise OperationRefusedError(Problem("", str(error).rstrip("。"), "本站没有启动")) from error
    except DatabaseError as error:
        said = (str(error).strip().splitlines() or ["没有说明"])[0]
        step = "请核对 ZHENXING_DATABASE 和数据库是否在运行，没有做完的都没有写入"
        raise OperationRefusedError(Problem("数据库", f"没有做成（{said}）", step)) from error
