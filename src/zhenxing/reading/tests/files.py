"""Small files of the kinds an office hands in, made where they are needed."""

from __future__ import annotations

import io

import docx


def word_file() -> bytes:
    document = docx.Document()
    document.add_heading("清水镇2024年工作计划")
    document.add_paragraph("粮食总产量1900吨以上。")
    table = document.add_table(2, 3, style="Table Grid")
    for row, cells in enumerate((("指标", "单位", "2024年目标"), ("生猪出栏", "头", "6800"))):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    merged = table.add_row().cells
    merged[0].merge(merged[2]).text = "说明"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf_file(words: str) -> bytes:
    """Write the smallest PDF that shows these words."""
    stream = f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET".encode()
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources 6 0 R>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Font<</F1 5 0 R>>>>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    ends = b"trailer\n<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    return data + b"xref\n0 7\n0000000000 65535 f \n" + table + ends
