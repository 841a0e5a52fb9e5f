"""The zip around the files."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, timedelta, timezone

import pytest

from zhenxing.writing.archive import Label, settle
from zhenxing.writing.tests.make import AT, part


def zipped(*names: str, at: tuple[int, int, int, int, int, int] = (2020, 5, 5, 1, 2, 4)) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name, at), name)
    return file.getvalue()


def test_neither_the_hour_nor_the_order_of_writing_shows() -> None:
    label = Label("月报", "考核办", AT)
    early = settle(zipped("b.xml", "[Content_Types].xml", "a.xml"), label)
    late = settle(zipped("a.xml", "[Content_Types].xml", "b.xml", at=(2023, 1, 1, 0, 0, 0)), label)
    assert early == late
    assert zipfile.ZipFile(io.BytesIO(early)).namelist()[0] == "[Content_Types].xml"


def test_a_part_can_be_replaced() -> None:
    settled = settle(zipped("a.xml"), Label("月报", "考核办", AT), {"a.xml": "<甲/>"})
    assert part(settled, "a.xml") == "<甲/>"


def test_the_moment_is_written_in_universal_time() -> None:
    local = datetime(2023, 10, 20, 17, 30, tzinfo=timezone(timedelta(hours=8)))
    assert settle(zipped(), Label("月报", "考核办", local)) == settle(
        zipped(), Label("月报", "考核办", AT)
    )


def test_names_with_signs_of_xml_are_written_whole() -> None:
    core = part(settle(zipped(), Label("甲 <乙> & 丙", "考核办", AT)), "docProps/core.xml")
    assert "甲 &lt;乙&gt; &amp; 丙" in core


def test_it_refuses_a_moment_without_time_zone() -> None:
    with pytest.raises(ValueError, match="须带时区"):
        Label("月报", "考核办", AT.replace(tzinfo=None))
