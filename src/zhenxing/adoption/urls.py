"""Addresses of the adoption part, gathered from its fields of work."""

from __future__ import annotations

from zhenxing.adoption.addresses.reading import READING
from zhenxing.adoption.addresses.register import REGISTER
from zhenxing.adoption.addresses.teaching import TEACHING
from zhenxing.adoption.addresses.tracing import TRACING

app_name = "adoption"
urlpatterns = [*READING, *REGISTER, *TEACHING, *TRACING]
