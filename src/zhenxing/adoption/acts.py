"""What the part's acts are called on the ledger's page."""

from __future__ import annotations

NAMES = {
    "adoption.paper.registered": "登记来文",
    "adoption.paper.changed": "改来文登记",
    "adoption.paper.read": "读文",
    "adoption.paper.circulated": "送传阅",
    "adoption.paper.recalled": "撤回传阅",
    "adoption.paper.seen": "阅知",
    "adoption.paper.followed": "记办理结果",
    "adoption.item.decided": "采纳或不采纳读出的事",
    "adoption.item.split": "拆分读出的事",
    "adoption.item.added": "补记一条",
    "adoption.placed.targets": "读出的目标写入下达稿",
    "adoption.placed.figures": "读出的数据写入填报草稿",
    "adoption.placed.references": "读出的数据记为参考值",
}
