"""Settings, root urls, wsgi: the only place that knows all."""

from __future__ import annotations
