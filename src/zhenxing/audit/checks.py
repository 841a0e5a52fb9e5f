"""The build fails over a sealed table with a column that no seal covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.checks import CheckMessage, Error, register

from zhenxing.audit.seals import sealed_models

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.apps import AppConfig

    from zhenxing.audit.models import Sealed


@register("audit")
def every_column_is_sealed(
    app_configs: Sequence[AppConfig] | None = None,
    **_: object,
) -> list[CheckMessage]:
    """Report columns that somebody could change without the ledger noticing."""
    return [
        Error(
            f"「{model._meta.label}」的 {name} 没有列入 sealed_fields，改动它账本发现不了。",
            hint="把它写进 sealed_fields；外键可写成 unit_id 或 unit__code。",
            obj=model,
            id="audit.E001",
        )
        for model in sealed_models()
        for name in unsealed(model)
    ]


def unsealed(model: type[Sealed]) -> Iterator[str]:
    """Name the columns of a sealed table that its seal leaves out."""
    covered = {path.split("__")[0] for path in model.sealed_fields} | {"sealed_by"}
    for field in model._meta.concrete_fields:
        if not field.primary_key and not {field.name, field.attname} & covered:
            yield field.name
