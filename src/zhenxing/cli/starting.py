"""Django started for a command, once its site is named; a wrong setting is a sentence."""

from __future__ import annotations

import os

import django
from django.core.exceptions import ImproperlyConfigured

from zhenxing.kernel.problems import Problem
from zhenxing.operations.refusing import OperationRefusedError


def start() -> None:
    """Read the settings and load the parts."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhenxing.config.settings")
    try:
        django.setup()
    except (ImproperlyConfigured, OSError, ValueError) as error:
        said = str(error).rstrip("。")
        step = "请改好环境变量再运行，各项见 docs/reference/settings.md"
        raise OperationRefusedError(Problem("设置", said, step)) from error
