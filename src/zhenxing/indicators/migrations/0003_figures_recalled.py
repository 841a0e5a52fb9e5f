"""A signed or confirmed figure can be taken back by a later line."""

from __future__ import annotations

from django.db import migrations, models

from zhenxing.store.appendonly import RefuseChanges


class Migration(migrations.Migration):
    """Add the reason 撤回; the table stays guarded."""

    dependencies = [("indicators", "0002_targets_figures")]

    operations = [
        migrations.AlterField(
            model_name="figure",
            name="absent",
            field=models.CharField(
                "无数原因",
                max_length=8,
                choices=[("missing", "缺"), ("masked", "未公开"), ("recalled", "撤回")],
                blank=True,
            ),
        ),
        RefuseChanges("indicators_figure"),
    ]
