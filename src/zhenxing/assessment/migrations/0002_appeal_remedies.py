"""What changes the result where an appeal is upheld."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the remedy and its number."""

    dependencies: ClassVar = [("assessment", "0001_schemes_rounds_marks")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="appeal",
            name="remedy",
            field=models.CharField(
                blank=True,
                choices=[
                    ("slip", "更正单"),
                    ("claim", "事项认定"),
                    ("marks", "重新评分"),
                    ("edition", "方案新版"),
                ],
                default="",
                max_length=8,
                verbose_name="怎样办理",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="appeal",
            name="remedy_number",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="办理编号"),
            preserve_default=False,
        ),
    ]
