"""Files of every kind an office hands in."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import time
import zipfile
from pathlib import Path

import pytest
from pdfplumber.page import Page
from PIL import Image

from zhenxing.reading.__main__ import main
from zhenxing.reading.loading import load, office
from zhenxing.reading.loading.office import load_office
from zhenxing.reading.reader import read
from zhenxing.reading.tests.files import pdf_file, word_file

TEXT = "清水镇2024年工作计划\n粮食总产量1900吨以上。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]
)
def test_it_reads_text_in_the_encodings_of_offices(encoding: str) -> None:
    text = TEXT + "2024 plan 1900 2000 3000 4000\n" * 3
    loaded = load(text.encode(encoding), "计划.txt")
    assert loaded.text == text
    assert loaded.problems == ()


def test_it_asks_back_where_the_text_may_be_big5() -> None:
    data = "臨川鎮農業農村工作計劃,糧食種植面積穩定在一萬畝。".encode("big5")
    (problem,) = load(data, "計劃.txt").problems
    assert "Big5" in problem.what
    assert "糧食種植" in load(data, "計劃.txt", encoding="big5").text


@pytest.mark.parametrize("encoding", ["no-such", "idna", "hex", "unicode_escape", "a\0b"])
def test_it_says_which_encodings_there_are(encoding: str) -> None:
    assert "UTF-8" in load(b"abc", "a.txt", encoding=encoding).problems[0].next


def test_it_says_how_much_it_could_not_decode() -> None:
    (problem,) = load(b"abc\xff\xff\xff", "a.txt", encoding="utf-8").problems
    assert "3处" in problem.what


def test_it_reads_the_words_a_web_page_shows() -> None:
    page = """<html><head><meta charset="gb2312"><title>x</title></head><body><h1>2024年计划</h1>
    <p>粮食总产量<b>1900吨</b>以上。</p><script>var a="5亩"</script>
    <table><tr><th>指标</th><th>单位</th></tr><tr><td>生猪</td><td>头</td></tr></table></body></html>"""
    loaded = load(page.encode("gb18030"), "网页.html")
    assert loaded.text == "2024年计划\n粮食总产量1900吨以上。\n指标\t单位\n生猪\t头"


def test_it_reads_a_word_file_and_leads_back_to_paragraph_and_row() -> None:
    loaded = load(word_file(), "计划.docx")
    facts = read(loaded.text).facts
    assert [(fact.subject, fact.unit) for fact in facts] == [
        ("粮食总产量", "吨"),
        ("生猪出栏", "头"),
    ]
    assert [loaded.place(fact.start) for fact in facts] == ["第2段", "表1第2行"]
    assert loaded.text.endswith("说明\n")


def test_it_reads_a_pdf_with_text_page_by_page() -> None:
    loaded = load(pdf_file("Grain output 1900 tons in 2024"), "计划.pdf")
    assert "1900" in loaded.text
    assert loaded.place(3) == "第1页"


def test_a_pdf_gives_its_pages_back_once_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[Page] = []
    closing = Page.close

    def close(page: Page) -> None:
        held.append(page)
        closing(page)

    monkeypatch.setattr(Page, "close", close)
    assert "1900" in load(pdf_file("Grain output 1900 tons in 2024"), "计划.pdf").text
    assert held
    assert not [page for page in held if hasattr(page, "_layout")]


def test_a_pdf_whose_page_refers_to_itself_comes_to_an_end() -> None:
    data = pdf_file("Grain output 1900 tons")
    at, end = data.index(b"3 0 obj\n") + 8, data.index(b"\nendobj\n4 0 obj")
    loaded = load(data[:at] + b"3 0 R".ljust(end - at) + data[end:], "计划.pdf")
    assert "一页也没有" in loaded.problems[0].what


def test_a_scan_says_that_it_is_one() -> None:
    out = io.BytesIO()
    Image.new("RGB", (200, 200), "white").save(out, "PDF")
    (problem,) = load(out.getvalue(), "扫描.pdf").problems
    assert "扫描件" in problem.what


def test_a_pdf_with_one_scanned_page_names_the_page() -> None:
    pages = [Image.new("RGB", (200, 200), "white")]
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages)
    assert "扫描件" in load(out.getvalue(), "扫描.pdf").problems[0].what


def zipped(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, words in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), words)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空"),
        (b"\x89PNG\r\n", "图片"),
        (b"PK\x03\x04 broken", "压缩包损坏"),
        (b"%PDF-1.4 broken", "PDF"),
        (pdf_file("x").replace(b"/Type/Page/", b"/Type/None/"), "一页也没有"),
        (zipped(xl__workbook_xml="x"), "表格"),
        (zipped(other="x"), "不是Word文件"),
        (zipped(word__document_xml="<x"), "不是完好的Word文件"),
    ],
)
def test_it_says_why_it_cannot_read_a_file(data: bytes, words: str) -> None:
    loaded = load(data, "来文")
    assert loaded.text == ""
    assert words in loaded.problems[0].sentence


def test_it_says_what_to_do_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    (problem,) = load(b"\xd0\xcf\x11\xe0" + bytes(64), "旧.doc").problems
    assert "docx" in problem.next


def test_it_says_that_a_conversion_failed(tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    program.chmod(0o755)
    assert "转换不了" in load_office(b"x", "旧.doc", program=str(program)).problems[0].what
    program.write_text("#!/bin/sh\nexit 0\n", "utf-8")
    assert "转换不了" in load_office(b"x", "旧.doc", program=str(program)).problems[0].what


def test_a_conversion_that_hangs_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "LONGEST_SECONDS", 1)
    monkeypatch.setenv("ZHENXING_SECRET_KEY", "秘密")
    program, seen, pid = tmp_path / "soffice", tmp_path / "seen", tmp_path / "pid"
    program.write_text(f"#!/bin/sh\nenv > {seen}\nsleep 300 &\necho $! > {pid}\nwait\n", "utf-8")
    program.chmod(0o755)
    assert "转换不了" in load_office(b"x", "旧.doc", program=str(program)).problems[0].what
    assert "SECRET" not in seen.read_text("utf-8")
    left, deadline = int(pid.read_text("utf-8")), time.monotonic() + 10
    while runs(left) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not runs(left)


def runs(pid: int) -> bool:
    told = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, check=False)
    return told.stdout.strip()[:1] not in {b"", b"Z"}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice on this machine")
def test_it_reads_an_old_word_file_through_libreoffice(tmp_path: Path) -> None:
    (tmp_path / "计划.rtf").write_bytes(b"{\\rtf1\\ansi Grain output 1900 tons}")
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 's').as_uri()}",
            "--headless",
            "--convert-to",
            "doc",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "计划.rtf"),
        ],
        check=True,
        capture_output=True,
    )
    loaded = load((tmp_path / "计划.doc").read_bytes(), "计划.doc")
    assert loaded.kind == "doc"
    assert "1900" in loaded.text


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ((), "粮食总产量"),
        (("--text",), TEXT),
        (("--explain", "20"), "主语在数前"),
        (("--year", "2020"), "target"),
    ],
)
def test_the_command_prints_what_is_asked(
    tmp_path: Path, asked: tuple[str, ...], words: str
) -> None:
    path = tmp_path / "计划.txt"
    path.write_text(TEXT, "utf-8")
    out = io.StringIO()
    assert main([str(path), *asked], out) == 0
    assert words in out.getvalue()


def test_the_command_prints_json_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "计划.txt"
    path.write_text(TEXT, "utf-8")
    out = io.StringIO()
    main([str(path), "--json"], out)
    reading = json.loads(out.getvalue())
    assert reading["facts"][0]["value_base"] == 1900
    assert set(reading) == {
        "document",
        "facts",
        "groups",
        "deadlines",
        "tasks",
        "projects",
        "problems",
    }
