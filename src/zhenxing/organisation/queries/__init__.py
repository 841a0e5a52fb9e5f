"""Questions about the county: posts and units, people, which days are worked."""

from __future__ import annotations

from zhenxing.organisation.queries.calendar import (
    DueRuleSet,
    Year,
    calendar_proposals,
    calendar_year,
    calendar_years,
    due_rule,
    is_announced,
    work_calendar,
)
from zhenxing.organisation.queries.county import (
    actor,
    business_date,
    children,
    classes_on,
    county_units,
    groups_of,
    local_words,
    person,
    profiles_on,
    scope_of,
    scopes_of,
    sections,
    site,
    towns_on,
)
from zhenxing.organisation.queries.people import (
    last_administrator,
    last_seen,
    people,
    posts_of,
    requests_about,
    requests_for,
)

__all__ = [
    "DueRuleSet",
    "Year",
    "actor",
    "business_date",
    "calendar_proposals",
    "calendar_year",
    "calendar_years",
    "children",
    "classes_on",
    "county_units",
    "due_rule",
    "groups_of",
    "is_announced",
    "last_administrator",
    "last_seen",
    "local_words",
    "people",
    "person",
    "posts_of",
    "profiles_on",
    "requests_about",
    "requests_for",
    "scope_of",
    "scopes_of",
    "sections",
    "site",
    "towns_on",
    "work_calendar",
]
