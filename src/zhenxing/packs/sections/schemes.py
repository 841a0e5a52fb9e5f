"""schemes/index.yaml: which file is whose scheme, for whom, issued when."""

from __future__ import annotations

from datetime import date

from zhenxing.assessment.choices import SchemeKind, Subjects
from zhenxing.packs import shapes
from zhenxing.packs.records import Record, record, written
from zhenxing.packs.sections.county import UNIT_CODE

FOLDER = "schemes/"
INDEX = f"{FOLDER}index.yaml"


@record
class SchemeFile(Record):
    """An edition of a scheme: its file beside the index, and the file of the edition before."""

    file: str = written(shapes.text(80))
    kind: str = written(shapes.one_of(SchemeKind.values))
    subjects: str = written(shapes.one_of(Subjects.values))
    owner: str = written(UNIT_CODE)
    issued: date = written(shapes.day)
    previous: str = written(shapes.text(80), default="")

    @property
    def path(self) -> str:
        """The file's name inside the pack."""
        return f"{FOLDER}{self.file}"
