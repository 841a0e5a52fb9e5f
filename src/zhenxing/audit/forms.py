"""What a reader may ask of the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from zhenxing.audit.models import Entry


class LedgerFilter(forms.Form):
    """Action and days; a field that cannot be understood counts as not said."""

    action = forms.CharField(required=False, max_length=80)
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)

    def applied(self, entries: QuerySet[Entry]) -> QuerySet[Entry]:
        """Keep the entries that were asked for."""
        self.full_clean()
        asked = {
            "action": self.cleaned_data.get("action"),
            "business_date__gte": self.cleaned_data.get("since"),
            "business_date__lte": self.cleaned_data.get("until"),
        }
        return entries.filter(**{name: value for name, value in asked.items() if value})

    @property
    def has_asked(self) -> bool:
        """Whether anything but all was asked for."""
        return any(self.cleaned_data.values())
