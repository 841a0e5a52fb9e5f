"""What this part's acts on calls are called on the ledger's page."""

from __future__ import annotations

CALLS = {
    "reporting.call.opened": "开始填报",
    "reporting.call.due_settled": "确定截止日",
    "reporting.call.places_added": "补列新专班",
    "reporting.call.closing_proposed": "提出关闭填报",
    "reporting.call.closed": "关闭填报",
    "reporting.submission.urged": "催报",
    "reporting.urging.read": "签收催报",
    "reporting.extension.asked": "申请延期",
    "reporting.extension.supported": "同意上报延期",
    "reporting.extension.granted": "批准延期",
    "reporting.extension.refused": "不批准延期",
    "reporting.version.ruled": "迟交认定",
    "reporting.temporary.proposed": "提出临时任务",
    "reporting.temporary.approved": "批准临时任务",
    "reporting.temporary.refused": "不批准临时任务",
    "reporting.temporary.expired": "临时任务到期",
}
