"""Which kinds of file are taken in, told by their first bytes, and which kinds of paper."""

from __future__ import annotations

from django.db import models


class FileKind(models.TextChoices):
    """A kind of file that may be kept."""

    WORKBOOK = "xlsx", "Excel 工作簿"
    WORD = "docx", "Word 文档"
    OLD_WORD = "doc", "旧版 Word、WPS 文档"
    PDF = "pdf", "PDF"
    PNG = "png", "PNG 图片"
    JPEG = "jpg", "JPEG 图片"
    TEXT = "text", "文字文件"


class PaperKind(models.TextChoices):
    """What sort of paper it is, as the reader tells it."""

    PLAN = "plan", "方案计划"
    SUMMARY = "summary", "总结报告"
    SPEECH = "speech", "讲话"
    NOTICE = "notice", "通报通知"
    SCHEME = "scheme", "办法"
    OTHER = "other", "其他"
