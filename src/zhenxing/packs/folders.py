"""Which files a pack's folder holds, and their bytes and text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from zhenxing.packs import nodes, tables
from zhenxing.packs.nodes import Fields, Listing, Node
from zhenxing.packs.places import Findings, Place, nearest
from zhenxing.packs.tables import Table

REQUIRED = (
    "pack.yaml", "units.yaml", "groups.yaml", "people.yaml", "indicators.yaml", "lamps.yaml",
    "calendar.yaml",
)  # fmt: skip
OPTIONAL = (
    "curves.yaml", "villages.yaml", "labels.yaml", "responsibility.yaml", "grades.yaml",
    "calls.yaml", "demo.yaml", "figures/history.csv",
)  # fmt: skip
# How demo figures were made: kept beside them, read by the generator alone.
CARRIED = ("sources.yaml", "synthetic.yaml")
# Schemes, each named by their index, and facts to try them on, read by the scoring engine alone.
CARRIED_FOLDERS = ("schemes/", "facts/", "papers/")
# Papers that a demo reads; a county that is not shown off has none.
PAPERS = "papers/"
WAITING = "waiting/"  # what was read in a paper and has no part yet that takes it
DATED = {
    "targets": re.compile(r"targets/(?P<year>[12]\d{3})(?:-[a-z0-9-]+)?\.(?:yaml|csv)"),
    "results": re.compile(r"results/(?P<year>[12]\d{3})\.yaml"),
    "totals": re.compile(r"figures/year-(?P<year>[12]\d{3})\.yaml"),
    "figures": re.compile(r"figures/(?P<year>[12]\d{3})\.csv"),
    "growths": re.compile(r"figures/(?P<year>[12]\d{3})-growth\.csv"),
}
_READ = {".yaml", ".yml", ".csv"}


@dataclass(slots=True)
class Folder:
    """The files of a pack as they are read; each is read once."""

    path: Path
    findings: Findings
    bytes_of: dict[str, bytes] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    def names(self) -> list[str]:
        """List the YAML and CSV files of the pack, by their name inside the folder."""
        found = (path for path in self.path.rglob("*") if path.is_file())
        names = (path.relative_to(self.path).as_posix() for path in found)
        return sorted(name for name in names if _is_ours(name) and not _is_passed_over(name))

    def survey(self) -> None:
        """Note files that are missing, and files that nobody reads."""
        names = self.names()
        for name in REQUIRED:
            if name not in names:
                self.findings.add(Place(name), "没有这个文件", "补上这个文件")
                self.unread.add(name)
        for name in (*CARRIED, *(name for name in names if name.startswith(PAPERS))):
            self.text(name)
        known = (*REQUIRED, *OPTIONAL)
        for name in names:
            if name not in known and not is_carried(name) and kind_of(name) is None:
                near = nearest(name, known)
                advice = f"改名为{near}" if near else "删去，或改成 docs/guide/packs.md 里的文件名"
                self.findings.add(Place(name), "没有哪一部分读这个文件", advice)

    def dated(self, kind: str) -> Iterator[tuple[str, int]]:
        """List the files of one kind with the year in their names."""
        for name in self.names():
            match = DATED[kind].fullmatch(name)
            if match:
                yield name, int(match["year"])

    def text(self, name: str) -> str | None:
        """Read a file; None where it is not there or is no UTF-8 text."""
        path = self.path / name
        if not path.is_file():
            return None
        try:
            data = path.read_bytes()
        except OSError as error:
            self._refuse(name, f"打不开（{error.strerror}）", "核对文件的权限")
            return None
        self.bytes_of[name] = data
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            self._refuse(name, "不是 UTF-8 文字", "另存为 UTF-8（电子表格里选“CSV UTF-8”）", line)
            return None

    def yaml(self, name: str) -> Node | None:
        """Read a YAML file."""
        written = self.text(name)
        root = None if written is None else nodes.parse(written, name, self.findings)
        if written is not None and root is None:
            self.unread.add(name)
        return root

    def items(self, name: str, heading: str) -> tuple[Node, ...]:
        """Read a YAML file that is a list, bare or under its heading."""
        root = self.yaml(name)
        if isinstance(root, Fields) and [entry.key for entry in root] == [heading]:
            root = root.entries[0].value
        if isinstance(root, Listing):
            return root.items
        if root is not None and not (isinstance(root, nodes.Scalar) and root.text is None):
            self._refuse(
                name,
                f"应是列表「{heading}」",
                f"写成「{heading}:」，下面每行一个「- …」",
                root.place.line,
            )
        return ()

    def table(self, name: str) -> Table | None:
        """Read a CSV file."""
        written = self.text(name)
        table = None if written is None else tables.parse(written, name, self.findings)
        if written is not None and table is None:
            self.unread.add(name)
        return table

    def _refuse(self, name: str, what: str, advice: str, line: int = 0) -> None:
        self.findings.add(Place(name, line), what, advice)
        self.unread.add(name)


def digest_of_folder(path: Path) -> str:
    """Give the digest of a folder's pack without reading what its files say."""
    folder = Folder(path, Findings())
    known = (*REQUIRED, *OPTIONAL)
    names = (name for name in folder.names() if name in known or is_carried(name) or kind_of(name))
    return digest_of(
        {name: hashlib.sha256((path / name).read_bytes()).hexdigest() for name in names}
    )


def digest_of(hashes: Mapping[str, str]) -> str:
    """Give one SHA-256 for files by name and hash.

    >>> digest_of({"b": "2", "a": "1"}) == digest_of({"a": "1", "b": "2"})
    True
    """
    lines = "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes))
    return hashlib.sha256(lines.encode()).hexdigest()


def kind_of(name: str) -> str | None:
    """Say which kind of dated file a name is.

    >>> kind_of("targets/2023-towns.csv"), kind_of("figures/2023.csv"), kind_of("figures/x.csv")
    ('targets', 'figures', None)
    """
    return next((kind for kind, shape in DATED.items() if shape.fullmatch(name)), None)


def is_carried(name: str) -> bool:
    """Say whether a file belongs to the pack without being read into the site.

    >>> is_carried("schemes/town-hill.yaml"), is_carried("lamps.yaml")
    (True, False)
    """
    return name in CARRIED or name.startswith(CARRIED_FOLDERS)


def _is_ours(name: str) -> bool:
    return Path(name).suffix in _READ or (name.startswith(PAPERS) and name.endswith(".txt"))


def _is_passed_over(name: str) -> bool:
    return name.startswith(WAITING) or any(part.startswith(".") for part in name.split("/"))
