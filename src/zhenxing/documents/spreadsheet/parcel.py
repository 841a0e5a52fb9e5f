"""The zip around a workbook, looked over before anything in it is parsed."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.kernel.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_ENTRIES = 500
MOST_BYTES = 96 * 1024 * 1024
MOST_RATIO = 300
SMALL = 1024 * 1024  # a small part may be as regular as it likes
CHUNK = 64 * 1024
ENCRYPTED = 0x1
AGAIN = "请下载本专班的空表，在表里填好后存为 .xlsx 再传"
# A RuntimeError is how zipfile refuses passwords and ways of compression it does not know.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)


class UnreadableError(Exception):
    """Raised inside the reader to stop at the first thing that makes reading pointless."""

    def __init__(self, where: str, what: str, next_: str = AGAIN) -> None:
        super().__init__(what)
        self.problem = Problem(where, what, next_)


@dataclass(frozen=True)
class Parcel:
    """An opened zip whose listing has been found harmless; parts are read in bounded pieces."""

    zip: zipfile.ZipFile
    names: frozenset[str]

    def has(self, part: str) -> bool:
        """Say whether the part is there."""
        return part in self.names

    def pieces(self, part: str) -> Iterator[bytes]:
        """Give a part piece by piece, never more than the whole parcel may hold."""
        given = 0
        try:
            with self.zip.open(part) as stream:
                while piece := stream.read(CHUNK):
                    given += len(piece)
                    if given > MOST_BYTES:
                        raise UnreadableError("", *_bomb(part))
                    yield piece
        except (*_BROKEN, KeyError) as error:
            raise UnreadableError("", *_damaged(f"「{part}」解不开")) from error


def opened(data: bytes) -> Parcel:
    """Open the zip and look its listing over; raises UnreadableError."""
    try:
        parcel = zipfile.ZipFile(io.BytesIO(data))
        entries = parcel.infolist()
    except _BROKEN as error:
        raise UnreadableError("", *_damaged("压缩包的目录读不出")) from error
    if len(entries) > MOST_ENTRIES:
        raise UnreadableError("", f"包里有{len(entries)}个部件，正常的表不到{MOST_ENTRIES}个")
    names = frozenset(entry.filename for entry in entries)
    if len(names) < len(entries):
        raise UnreadableError("", "包里有同名的部件，无法判断以哪个为准")
    for entry in entries:
        _check(entry)
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise UnreadableError("", *_bomb("全部部件"))
    return Parcel(parcel, names)


def _check(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name:
        raise UnreadableError("", f"包里有指向包外的部件「{name[:60]}」，不是 Excel 存出来的文件")
    if entry.flag_bits & ENCRYPTED:
        raise UnreadableError("", "压缩包设了密码，系统读不了", "请去掉密码后再传")
    if entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
        raise UnreadableError("", *_bomb(posixpath.basename(name)))


def _bomb(part: str) -> tuple[str, str]:
    return (
        f"「{part}」展开后大得不正常，可能是大片空白格式或恶意文件，没有读",
        "请下载空表，只把数复制过去（选择性粘贴→数值）再传",
    )


def _damaged(what: str) -> tuple[str, str]:
    return (
        f"文件已损坏：{what}",
        "请在 Excel 里重新打开、另存为 .xlsx 后再传；打不开时请下载空表重填",
    )
