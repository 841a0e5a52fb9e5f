"""When somebody else last took a person's password away."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_password_rules"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="reset_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="密码被重设于"),
        ),
    ]
