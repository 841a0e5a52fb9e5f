"""Names of acts that the ledger's own pages know."""

from __future__ import annotations

# Its entry's hash is the month's closing root: printed on the notice, shown to the public.
MONTH_CLOSED = "reporting.call.closed"

# An administrator answers for accounts, units and the site, and reads the acts on them alone.
TECHNICAL = ("accounts.", "operations.", "organisation.", "site.")
