"""What the server loads; it does not load where the site must not run."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhenxing.config.settings")
application = get_wsgi_application()

from zhenxing.config.checks import refuse_unsafe_start  # noqa: E402  # the apps come first
from zhenxing.operations.watch import look_for_loss  # noqa: E402

refuse_unsafe_start()
look_for_loss()
