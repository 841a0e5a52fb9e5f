"""Which kinds of file are taken in, told by their first bytes and never by their name."""

from __future__ import annotations

from django.db import models


class FileKind(models.TextChoices):
    """A kind of file that may be kept."""

    WORKBOOK = "xlsx", "Excel 工作簿"
    WORD = "docx", "Word 文档"
    PDF = "pdf", "PDF"
    PNG = "png", "PNG 图片"
    JPEG = "jpg", "JPEG 图片"
    TEXT = "text", "文字文件"
