"""What this part's acts are called in the ledger."""

from __future__ import annotations

BACKUP_MADE = "operations.backup.made"
DRILL_DONE = "operations.drill.done"
DRILL_FAILED = "operations.drill.failed"
UPGRADED = "operations.upgraded"
RESTORED = "operations.restored"
ADMINISTRATOR_MADE = "operations.administrator.made"

# The database turned out older than, or another than, the heads held outside; the site reads only.
LOSS_FOUND = "operations.loss.found"
LOSS_PROPOSED = "operations.loss.proposed"
LOSS_ACCEPTED = "operations.loss.accepted"

SENTENCES = {
    BACKUP_MADE: "做备份",
    DRILL_DONE: "恢复演练",
    DRILL_FAILED: "恢复演练没有通过",
    UPGRADED: "升级",
    RESTORED: "从备份恢复",
    ADMINISTRATOR_MADE: "设第一位管理员",
    LOSS_FOUND: "发现账本缺了一段，转为只读",
    LOSS_PROPOSED: "提出接受缺失",
    LOSS_ACCEPTED: "接受缺失，恢复使用",
}
# What may still be done while the site reads only: come in, look, and end that state.
STILL_DONE = ("accounts.sign_", "operations.")
STILL_CALLED = ("accounts.", "operations.")
