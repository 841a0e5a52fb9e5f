"""PDF files that hold text; a scan is said to be one."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

from zhenxing.kernel.problems import Problem
from zhenxing.reading.loading.loaded import Gathered, Loaded, gathering, unreadable

FEWEST_CHARACTERS = 20


def load_pdf(data: bytes, name: str) -> Loaded:
    """Extract the text page by page, tables as rows of cells below their page's text."""
    gathered = gathering()
    try:
        with _library().open(BytesIO(data)) as document:
            empty = [
                number
                for number, page in enumerate(document.pages, 1)
                if not _page(page, number, gathered)
            ]
            pages = len(document.pages)
    except Exception as error:  # noqa: BLE001  # a broken file may fail anywhere inside the library
        return unreadable(name, "pdf", f"不是完好的PDF，或加了密码（{type(error).__name__}）")
    if not pages:
        return unreadable(name, "pdf", "里面一页也没有")
    if len(empty) == pages:
        what = "是扫描件，页面上只有图像，没有文字"
        return Loaded("", "pdf", (Problem(name, what, "请先做文字识别，或向来文单位要电子版"),))
    if empty:
        shown = "、".join(map(str, empty))
        what = f"第{shown}页没有文字，可能是扫描页，没有读到"
        return gathered.loaded("pdf", (Problem(name, what, "请对照原件补看这几页", "warning"),))
    return gathered.loaded("pdf")


@cache
def _library() -> Any:  # noqa: ANN401  # the library carries no types
    """Load the library, and keep it from following references that lead back to themselves.

    It follows a reference to a mere reference without end; no sound file has such an object, so
    one counts as absent. The library has no other door to say so.
    """
    import pdfplumber  # noqa: PLC0415  # heavy: only where a PDF is read
    from pdfminer.pdfdocument import PDFDocument  # noqa: PLC0415  # heavy as well
    from pdfminer.pdftypes import PDFObjectNotFound, PDFObjRef  # noqa: PLC0415  # heavy as well

    class Document(PDFDocument):
        def getobj(self, objid: int) -> object:
            found = super().getobj(objid)
            if isinstance(found, PDFObjRef):
                raise PDFObjectNotFound(objid)
            return found

    pdfplumber.pdf.PDFDocument = Document  # type: ignore[attr-defined]  # imported there, not exported
    return pdfplumber


def _page(page: Any, number: int, gathered: Gathered) -> bool:  # noqa: ANN401  # the library carries no types
    """Add one page; return whether it held words."""
    tables = page.find_tables()
    outside = page
    for table in tables:
        outside = outside.outside_bbox(table.bbox)
    text = outside.extract_text() or ""
    rows = [row for table in tables for row in table.extract()]
    cells = ["\t".join(" ".join((cell or "").split()) for cell in row) for row in rows]
    words = "\n".join([text, *cells]).strip()
    is_scan = len(words) < FEWEST_CHARACTERS and bool(page.images)
    page.close()
    if is_scan:
        return False
    gathered.add(words, f"第{number}页")
    return bool(words)
