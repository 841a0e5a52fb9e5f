"""A receipt proves itself anywhere; a forged one proves nothing."""

from __future__ import annotations

import ast
import hashlib
import io
import json
import random
import runpy
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as site

from zhenxing.audit import canonical, keys, receipt_check
from zhenxing.audit.models import Receipt
from zhenxing.audit.queries import receipt_file
from zhenxing.audit.tests import make

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

pytestmark = pytest.mark.django_db
CHECKER = Path(receipt_check.__file__)
MANY = 300


class Kept:
    """What a reporter has on his disk: receipt, key, form, heads."""

    def __init__(self, folder: Path, receipt: Receipt, form: bytes = b"") -> None:
        self.receipt = folder / "回执.json"
        self.key = folder / "site-key.json"
        self.form = folder / "form.xlsx"
        self.receipt.write_text(receipt_file(receipt), encoding="utf-8")
        self.key.write_text(json.dumps(keys.public()), encoding="utf-8")
        self.form.write_bytes(form)

    def check(self, *more: object) -> int:
        """Check as the reporter does."""
        return receipt_check.main([str(self.receipt), str(self.key), *map(str, more)])

    def change(self, how: Callable[[dict[str, Any]], object]) -> None:
        """Forge the receipt."""
        kept = json.loads(self.receipt.read_text(encoding="utf-8"))
        how(kept)
        self.receipt.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    """Give a receipt for a form."""
    form = b"PK a form"
    digest = hashlib.sha256(form).hexdigest()
    return Kept(tmp_path, make.receipt(1, file_sha256=digest), form)


def test_it_runs_alone_under_a_bare_python(
    tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    form = b"PK a form"
    with django_capture_on_commit_callbacks(execute=True):
        receipt = make.receipt(1, file_sha256=hashlib.sha256(form).hexdigest())
    kept = Kept(tmp_path, receipt, form)
    alone = tmp_path / "receipt_check.py"
    alone.write_bytes(CHECKER.read_bytes())
    command: list[str | Path] = [sys.executable, "-I", "-S", alone, kept.receipt, kept.key]
    done = subprocess.run(
        [*command, "--form", kept.form, "--heads", site.HEADS_FILE],
        capture_output=True, encoding="utf-8", env={"PYTHONUTF8": "1"}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(
        "核验通过：签名、账本条目、上报的表、链头均相符。\n  回执编号：HS-1"
    )
    assert "报送单位：青溪镇" in done.stdout
    assert "按时：是" in done.stdout
    kept.form.write_bytes(b"another form")
    done = subprocess.run(
        [*command, "--form", kept.form],
        capture_output=True, encoding="utf-8", env={"PYTHONUTF8": "1"}, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "不是当时上报的那一份" in done.stdout


def test_it_runs_as_a_program_and_writes_to_any_console(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    console = io.StringIO()
    monkeypatch.setattr(sys, "stdout", console)
    monkeypatch.setattr(sys, "argv", ["receipt_check.py", str(kept.receipt), str(kept.key)])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(CHECKER), run_name="__main__")
    assert ended.value.code == 0
    assert console.getvalue().startswith("核验通过：签名、账本条目均相符。")


def test_what_a_receipt_does_not_say_is_not_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert Kept(tmp_path, make.receipt(1, group_name=None, on_time=False)).check() == 0
    said = capsys.readouterr().out
    assert "专班" not in said
    assert "按时：否" in said


def test_it_needs_no_more_than_python_3_8_and_its_own_library() -> None:
    tree = ast.parse(CHECKER.read_text(encoding="utf-8"), feature_version=(3, 8))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [a.name for a in node.names]
        )
    }
    assert imported <= set(sys.stdlib_module_names)


def test_three_hundred_receipts_are_accepted() -> None:
    key = dict(keys.public()) if keys.exist() else None
    for number in range(1, MANY + 1):
        kept = json.loads(receipt_file(make.receipt(number, values={"粮食面积": str(number)})))
        key = key or dict(keys.public())
        assert receipt_check.receipt_faults(kept, key) == []


def forged(value: Any, chance: random.Random) -> Any:  # noqa: ANN401  # any JSON
    """Give another value of the same kind."""
    if isinstance(value, bool) or value is None:
        return "是"
    if isinstance(value, int):
        return value + chance.choice([-1, 1, 10])
    if isinstance(value, str):
        place = chance.randrange(len(value) + 1)
        return value[:place] + chance.choice("0a9f镇 ") + value[place + chance.randrange(2) :]
    if isinstance(value, dict):
        name = chance.choice([*value, "新项"])
        return {**value, name: forged(value.get(name), chance)}
    return [*value, "多"]


def test_three_hundred_random_forgeries_are_refused() -> None:
    chance = random.Random(20231025)  # noqa: S311  # a test's dice
    original = json.loads(receipt_file(make.receipt(1)))
    key = dict(keys.public())
    refused = 0
    while refused < MANY:
        copy, where = (
            deepcopy(original),
            chance.choice(["receipt", "receipt", "entry", "signature"]),
        )
        if where == "signature":
            copy["signature"] = forged(copy["signature"], chance)
        else:
            part = copy["receipt"]["entry"] if where == "entry" else copy["receipt"]
            if chance.random() < 0.1:
                part.pop(chance.choice(list(part)))
            else:
                name = chance.choice([*part, "新项"])
                part[name] = forged(part.get(name), chance)
        if copy == original:
            continue
        faults = receipt_check.receipt_faults(copy, key)
        assert faults, copy
        assert all(fault.endswith("。") for fault in faults)
        refused += 1


def test_a_receipt_signed_with_another_key_is_refused(
    kept: Kept, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.KEY_DIR = tmp_path / "forger"
    keys.make()

    def sign(copy: dict[str, Any]) -> None:
        copy["receipt"]["version"] = 2
        copy["signature"], _ = keys.sign(canonical.text(copy["receipt"]))

    kept.change(sign)
    assert kept.check() == 1
    assert "签名不符" in capsys.readouterr().out
    kept.change(lambda copy: copy["receipt"].update(key=keys.public()["fingerprint"]))
    assert kept.check() == 1
    assert "不是这把公钥" in capsys.readouterr().out


def test_content_that_the_site_itself_signs_anew_misses_the_ledger(
    kept: Kept, capsys: pytest.CaptureFixture[str]
) -> None:
    def sign(copy: dict[str, Any]) -> None:
        copy["receipt"]["on_time"] = False
        copy["signature"], _ = keys.sign(canonical.text(copy["receipt"]))

    kept.change(sign)
    assert kept.check() == 1
    assert "与账本条目记下的摘要不符" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda r: r.update(more=1), "receipt 和 signature 两项"),
        (lambda r: r.update(receipt=[]), "receipt 和 signature 两项"),
        (lambda r: r["receipt"].update(entry=None), "entry"),
        (lambda r: r["receipt"]["entry"].pop("at"), "entry"),
        (lambda r: r.update(signature=r["signature"].upper()), "小写十六进制"),
        (lambda r: r.update(signature="f" * len(r["signature"])), "签名不符"),
        (lambda r: r["receipt"]["entry"].update(algorithm="md5"), "md5"),
        (lambda r: r["receipt"]["entry"].update(details="[]"), "不该出现的值"),
        (lambda r: r["receipt"]["entry"].update(details='{"receipts":1}'), "摘要不符"),
        (lambda r: r["receipt"].update(version=1.5), "浮点数"),
        (lambda r: r["receipt"].update(version=float("nan")), "浮点数"),
        (lambda r: r["receipt"].update(hash="0" * 64), "账本条目与它的哈希不符"),
    ],
)
def test_each_forgery_is_named(
    kept: Kept,
    capsys: pytest.CaptureFixture[str],
    change: Callable[[dict[str, Any]], object],
    said: str,
) -> None:
    kept.change(change)
    assert kept.check() == 1
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"receipt": {}, "receipt": {}, "signature": ""}', "重复"),
        ("[]", "不是一份 JSON 对象"),
        ("{", "读不出来"),
        ("[" * 100_000, "读不出来"),
        (b"\xff\xfe", "UTF-8"),
        ('{"receipt": {"entry": "\\ud800"}, "signature": ""}', "entry"),
    ],
)
def test_a_file_that_is_no_receipt_is_told(
    kept: Kept, capsys: pytest.CaptureFixture[str], text: str | bytes, said: str
) -> None:
    kept.receipt.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert kept.check() == 1
    assert said in capsys.readouterr().out


def test_a_lone_surrogate_is_refused(kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
    text = kept.receipt.read_text(encoding="utf-8").replace('"青溪镇"', '"\\ud800"')
    kept.receipt.write_text(text, encoding="utf-8")
    assert kept.check() == 1
    assert "不该出现的值" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"e": "1"}, "RSA"),
        ({"n": "77"}, "RSA"),
        ({"e": "065537"}, "三项"),
        ({"n": "一"}, "三项"),
        ({"fingerprint": "0" * 64}, "指纹不符"),
        ({"extra": "1"}, "三项"),
    ],
)
def test_a_key_that_is_not_the_sites_is_refused(
    kept: Kept, capsys: pytest.CaptureFixture[str], change: dict[str, str], said: str
) -> None:
    kept.key.write_text(json.dumps({**keys.public(), **change}), encoding="utf-8")
    assert kept.check() == 1
    assert said in capsys.readouterr().out


def test_the_form_is_held_against_the_receipt(
    kept: Kept, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert kept.check("--form", kept.form) == 0
    capsys.readouterr()
    assert kept.check("--form", tmp_path / "无.xlsx") == 1
    assert "打不开" in capsys.readouterr().out
    assert kept.check("--form", kept.key) == 1
    assert "site-key.json 不是当时上报的那一份" in capsys.readouterr().out
    without = Kept(tmp_path, make.receipt(2, file_sha256=""))
    assert without.check("--form", without.form) == 1
    assert "不是凭 Excel 表提交的" in capsys.readouterr().out


def test_the_place_in_the_chain_is_held_against_a_list_of_heads(
    kept: Kept, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heads = tmp_path / "heads.log"
    digest = Receipt.objects.get().entry.hash
    for text, code, said in [
        (f"1 {digest} 2024\n\n2 {'0' * 64} 2024\n", 0, "链头均相符"),
        ("", 1, "没有第1条"),
        (f"1 {'0' * 64} 2024\n", 1, "回执写的是"),
        (f"1 {digest}\n1 {'0' * 64}\n", 1, "回执写的是"),
        ("1\n", 1, "回执写的是"),
    ]:
        heads.write_text(text, encoding="utf-8")
        assert kept.check("--heads", heads) == code
        assert said in capsys.readouterr().out


def test_a_machine_without_sm3_says_so(
    kept: Kept, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hashlib, "algorithms_available", {"sha256"})
    kept.change(lambda copy: copy["receipt"]["entry"].update(algorithm="sm3"))
    assert kept.check() == 1
    assert "不带 sm3" in capsys.readouterr().out


def test_a_receipt_of_an_sm3_ledger_is_accepted(tmp_path: Path, settings: Settings) -> None:
    settings.LEDGER_HASH = "sm3"
    assert Kept(tmp_path, make.receipt(1)).check() == 0


def test_a_receipt_is_known_by_its_number() -> None:
    assert str(make.receipt(7)) == "HS-7"
