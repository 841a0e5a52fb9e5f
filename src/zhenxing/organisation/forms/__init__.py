"""What is asked before the county changes."""

from __future__ import annotations

from zhenxing.organisation.forms.calendar import DaysForm, DueRuleForm, stated
from zhenxing.organisation.forms.people import (
    AnswerForm,
    DetailsForm,
    EndForm,
    PeopleFilter,
    PersonForm,
    PostForm,
    ReasonForm,
)
from zhenxing.organisation.forms.site import BusinessDateForm
from zhenxing.organisation.forms.units import (
    CloseForm,
    GroupForm,
    LeaveForm,
    MemberForm,
    RenameForm,
    UnitForm,
)

__all__ = [
    "AnswerForm",
    "BusinessDateForm",
    "CloseForm",
    "DaysForm",
    "DetailsForm",
    "DueRuleForm",
    "EndForm",
    "GroupForm",
    "LeaveForm",
    "MemberForm",
    "PeopleFilter",
    "PersonForm",
    "PostForm",
    "ReasonForm",
    "RenameForm",
    "UnitForm",
    "stated",
]
