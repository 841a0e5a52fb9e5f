"""Files that came in, kept byte for byte under their hash."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from zhenxing.audit.models import Vouched


class File(Vouched):
    """One stored file; the bytes lie in FILE_DIR under the hash and are never changed."""

    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    name = models.CharField("文件名", max_length=200)
    size = models.PositiveBigIntegerField("字节")
    kind = models.CharField("类型", max_length=10)
    by = models.CharField("谁", max_length=60)
    at = models.DateTimeField("何时")

    comes_by_acts = False  # an upload waits here, and counts only once an act refers to it

    class Meta:
        verbose_name = "文件"
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return self.name
