"""A temporary call names the groups it asks, before anybody has approved it."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reporting", "0004_correction_slips")]

    operations = [
        migrations.AddField(
            model_name="call",
            name="groups",
            field=models.JSONField(blank=True, default=list, verbose_name="所问专班"),
        ),
    ]
