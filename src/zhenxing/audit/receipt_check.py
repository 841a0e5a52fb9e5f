"""Check a receipt anywhere: this one file, Python 3.8 or newer, nothing else.

    python receipt_check.py 回执.json 公钥.json [--form 上报的表.xlsx] [--heads 链头清单]

Exit code 0 only if all holds; otherwise 1, and each line says what differs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    Object = dict[str, Any]

ENTRY = {
    "sequence", "action", "subject", "actor", "actor_name", "actor_role", "actor_unit",
    "at", "business_date", "details", "seals", "algorithm", "previous",
}  # fmt: skip
ADDED = (
    "entry",
    "hash",
    "key",
)  # what the ledger puts beside the content that the office signed for
ALGORITHMS = ("sha256", "sm3")
EXPONENT = 65537
LEAST_BITS = 2048
SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
SHOWN = {
    "site": "本站", "unit_name": "报送单位", "group_name": "专班", "period": "期间",
    "version": "第几版", "at": "提交时刻", "business_date": "业务日期", "on_time": "按时",
}  # fmt: skip


class Unreadable(ValueError):  # noqa: N818  # a finding, told as a sentence
    """A file that is not what it should be; the message says how."""


def main(arguments: list[str] | None = None) -> int:
    """Read the files, print the outcome in Chinese, give the exit code."""
    parser = argparse.ArgumentParser(prog="receipt_check.py", description="离线核验回执")
    parser.add_argument("receipt", type=Path, help="回执文件")
    parser.add_argument("key", type=Path, help="本站公钥 site-key.json")
    parser.add_argument("--form", type=Path, help="当时上报的 Excel 表")
    parser.add_argument("--heads", type=Path, help="链头清单，每行：序号 哈希 时刻")
    given = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # an old console must not stop over a character
            stream.reconfigure(errors="replace")
    try:
        kept = read_json(given.receipt)
        faults = receipt_faults(kept, read_json(given.key))
        if not faults and given.form:
            faults += form_faults(kept, given.form)
        if not faults and given.heads:
            faults += head_faults(kept, given.heads)
    except Unreadable as error:
        faults = [str(error)]
    if faults:
        sys.stdout.write("核验不通过：\n" + "".join(f"  {fault}\n" for fault in faults))
        return 1
    sys.stdout.write(summary(kept["receipt"], given))
    return 0


def receipt_faults(kept: Object, key: Object) -> list[str]:
    """Give what is wrong with a receipt in itself and against the site's public key."""
    content = kept.get("receipt")
    if set(kept) != {"receipt", "signature"} or not isinstance(content, dict):
        return ["回执文件应当正好有 receipt 和 signature 两项；请使用下载时的原件。"]
    entry = content.get("entry")
    if not isinstance(entry, dict) or set(entry) != ENTRY:
        return ["回执里的账本条目（entry）缺项或多项；请使用下载时的原件。"]
    try:
        return key_faults(key) or [
            *signature_faults(content, kept["signature"], key),
            *entry_faults(content, entry),
        ]
    except (TypeError, ValueError, RecursionError):
        return ["回执里有不该出现的值（例如小数形式的数或残缺的文字）；请使用下载时的原件。"]


def key_faults(key: Object) -> list[str]:
    """Give what is wrong with the public key."""
    n, e = str(key.get("n")), str(key.get("e"))
    if set(key) != {"n", "e", "fingerprint"} or not (is_number(n) and is_number(e)):
        return ["公钥文件应当正好有 n、e、fingerprint 三项；请从本站重新下载 site-key.json。"]
    if int(e) != EXPONENT or int(n).bit_length() < LEAST_BITS:
        return ["公钥不是本系统生成的那一种（RSA，至少 2048 位）；请从本站重新下载。"]
    if key["fingerprint"] != digest("sha256", canonical({"n": n, "e": e})):
        return ["公钥与它自己的指纹不符，公钥文件被改过；请从本站重新下载。"]
    return []


def signature_faults(content: Object, signature: object, key: Object) -> list[str]:
    """Give what is wrong with the signature: PKCS#1 v1.5 over SHA-256 of the canonical text."""
    if content.get("key") != key["fingerprint"]:
        return [f"签名用的钥匙（{content.get('key')}）不是这把公钥（{key['fingerprint']}）。"]
    modulus = int(key["n"])
    size = (modulus.bit_length() + 7) // 8
    if not isinstance(signature, str) or not re.fullmatch(f"[0-9a-f]{{{2 * size}}}", signature):
        return [f"签名应当是{2 * size}位小写十六进制，现在不是。"]
    hashed = SHA256_INFO + hashlib.sha256(canonical(content).encode()).digest()
    expected = b"\x00\x01" + b"\xff" * (size - len(hashed) - 3) + b"\x00" + hashed
    value = int(signature, 16)
    if value >= modulus or pow(value, EXPONENT, modulus) != int.from_bytes(expected, "big"):
        return ["签名不符：回执的内容被改过，或者不是本站签发的。"]
    return []


def entry_faults(content: Object, entry: Object) -> list[str]:
    """Give what differs between the receipt, the ledger entry in it, and the entry's hash."""
    faults = []
    if entry["algorithm"] not in ALGORITHMS:
        return [f"账本条目写明的算法「{entry['algorithm']}」不认识。"]
    if entry["algorithm"] not in hashlib.algorithms_available:
        return [f"本机的 Python 不带 {entry['algorithm']} 算法，请换一台机器核验。"]
    expected = digest(entry["algorithm"], canonical(entry))
    if content.get("hash") != expected:
        faults.append(
            f"账本条目与它的哈希不符：应为 {expected}，回执写的是 {content.get('hash')}。"
        )
    own = {name: value for name, value in content.items() if name not in ADDED}
    promised = parse(entry["details"]).get("receipts")
    stated = promised.get(content.get("number")) if isinstance(promised, dict) else None
    if stated != digest("sha256", canonical(own)):
        faults.append("回执的编号、数值等内容与账本条目记下的摘要不符，有一边被改过。")
    return faults


def form_faults(kept: Object, form: Path) -> list[str]:
    """Give what differs between the receipt and the form that is said to have been handed in."""
    stated, found = kept["receipt"].get("file_sha256"), hashlib.sha256(read(form)).hexdigest()
    if not stated:
        return [f"这张回执不是凭 Excel 表提交的，无法与 {form.name} 对照。"]
    if stated != found:
        return [f"{form.name} 不是当时上报的那一份：回执记的 SHA-256 是 {stated}，它是 {found}。"]
    return []


def head_faults(kept: Object, heads: Path) -> list[str]:
    """Give what differs between the receipt's place in the chain and a list of heads."""
    sequence, stated = kept["receipt"]["entry"]["sequence"], kept["receipt"]["hash"]
    found = set()
    for line in decode(heads).splitlines():
        parts = line.split()
        if parts and parts[0] == str(sequence):
            found.add(parts[1] if len(parts) > 1 else "")
    if not found:
        return [f"链头清单 {heads.name} 里没有第{sequence}条；清单可能早于回执，或被截短。"]
    if found != {stated}:
        return [f"链头清单里第{sequence}条是 {'、'.join(sorted(found))}，回执写的是 {stated}。"]
    return []


def summary(content: Object, given: argparse.Namespace) -> str:
    """Say what has been proven, in lines."""
    rows = [f"回执编号：{content['number']}"]
    for name, label in SHOWN.items():
        value = content.get(name)
        if value is not None:
            rows.append(f"{label}：{'是' if value is True else '否' if value is False else value}")
    rows.append(f"账本：第{content['entry']['sequence']}条 {content['hash']}")
    proven = ["签名", "账本条目", *(["上报的表"] if given.form else [])]
    proven += ["链头"] if given.heads else []
    return "核验通过：{}均相符。\n{}\n".format(
        "、".join(proven), "\n".join(f"  {row}" for row in rows)
    )


def read_json(path: Path) -> Object:
    """Read an object from a JSON file, refusing what two readers could understand in two ways."""
    try:
        return parse(decode(path))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{path.name} 读不出来（{error}）；请使用下载时的原件。") from error


def parse(text: str) -> Object:
    """Read an object from JSON text: no repeated names, no floats, no NaN."""
    value = json.loads(
        text, object_pairs_hook=no_repeats, parse_float=no_float, parse_constant=no_float
    )
    if not isinstance(value, dict):
        raise Unreadable("不是一份 JSON 对象")
    return value


def no_repeats(pairs: list[tuple[str, object]]) -> Object:
    """Make an object whose names are all different."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Unreadable("有重复的项")
    return made


def no_float(text: str) -> None:
    """Refuse a number that has no one exact text."""
    raise Unreadable(f"有浮点数 {text}")


def decode(path: Path) -> str:
    """Read a text file."""
    try:
        return read(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path.name} 不是 UTF-8 文字。") from error


def read(path: Path) -> bytes:
    """Read a file."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path} 打不开（{error.strerror}）。") from error


def is_number(text: str) -> bool:
    """Say whether this is a whole number, written the one way there is."""
    return re.fullmatch("[1-9][0-9]{0,4000}", text) is not None


def canonical(value: object) -> str:
    """Write JSON the one way that is hashed and signed."""
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )


def digest(algorithm: str, text: str) -> str:
    """Give the hash of a text."""
    return hashlib.new(algorithm, text.encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
