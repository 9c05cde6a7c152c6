"""Every kind of document in a gold case, and what each says of input that is damaged, empty or made to do harm."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import pypdf
import pytest

from whence.read import pages
from whence.types import Page, Refused

FIRST = "A ferry ran aground off Tarn on Sunday morning, the coast guard said, and all 41 passengers were taken off by fishing boats before noon."
SECOND = "The harbour office said that the ferry’s steering had failed twice in the same month."


def read(folder: Path, name: str, data: bytes | str) -> list[Page | Refused]:
    (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return list(pages([str(folder / name)]))


def page(found: list[Page | Refused]) -> Page:
    assert len(found) == 1, found
    assert isinstance(found[0], Page), found
    return found[0]


def why(found: list[Page | Refused]) -> str:
    assert len(found) == 1, found
    assert isinstance(found[0], Refused), found
    return found[0].why


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page with these lines, or a page without a text layer where there are none."""
    shown = "".join(f"({line}) Tj T* " for line in lines)
    stream = f"BT /F1 12 Tf 72 720 Td 14 TL {shown} ET" if lines else "0 0 100 100 re f"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return f"{out}xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF".encode("latin-1")


class TestPdf:
    LINES = ("A ferry ran aground off Tarn on Sunday morning, the coast guard", "said, and all 41 pas-", "sengers were safe.")
    WIDE = ("Fishing boats took the passengers off the ferry before it was noon.", "The owner gave no comment.")

    def test_lines_become_paragraphs_again(self, tmp_path: Path) -> None:
        lines = ["Fishing boats took the passengers off the ferry before it was after-", "noon on Sunday, and the owner of the ferry gave no comment.", "More."]
        found = page(read(tmp_path, "a.pdf", pdf(lines)))
        assert "before it was afternoon on Sunday, and the owner of the ferry gave no comment" in found.text
        assert "joined into paragraphs" in found.notes[0]

    def test_a_short_line_ends_its_paragraph(self, tmp_path: Path) -> None:
        found = page(read(tmp_path, "a.pdf", pdf([*self.WIDE, self.LINES[0]])))
        assert " ".join(self.WIDE) + "\n\n" + self.LINES[0] == found.text

    def test_encrypted(self, tmp_path: Path) -> None:
        writer, out = pypdf.PdfWriter(io.BytesIO(pdf(list(self.WIDE)))), io.BytesIO()
        writer.encrypt("secret", algorithm="RC4-128")
        writer.write(out)
        assert "is encrypted: open it with its password" in why(read(tmp_path, "a.pdf", out.getvalue()))

    def test_without_a_text_layer(self, tmp_path: Path) -> None:
        assert "has no text layer: its 1 pages are pictures" in why(read(tmp_path, "a.pdf", pdf([])))

    @pytest.mark.parametrize("data", [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", pdf(["x"])[:200]])
    def test_damaged(self, tmp_path: Path, data: bytes) -> None:
        assert "is a damaged PDF" in why(read(tmp_path, "a.pdf", data))


class TestDocx:
    def made(self) -> bytes:
        document, out = docx.Document(), io.BytesIO()
        document.add_heading("Ferry aground", 1)
        document.add_paragraph(FIRST)
        table = document.add_table(1, 2)
        table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Passengers", "41"
        document.add_paragraph(SECOND)
        document.save(out)
        return out.getvalue()

    def test_paragraphs_and_tables_in_order(self, tmp_path: Path) -> None:
        assert "\n\n".join(["Ferry aground", FIRST, "Passengers · 41", SECOND]) == page(read(tmp_path, "a.docx", self.made())).text

    def test_a_bomb_is_not_unpacked(self, tmp_path: Path) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("word/document.xml", b" " * 150_000_000)
        assert "unpacks to 150 MB: no report does" in why(read(tmp_path, "a.docx", out.getvalue()))

    def test_damaged_or_another_kind(self, tmp_path: Path) -> None:
        assert "is a damaged Word document" in why(read(tmp_path, "a.docx", self.made()[:-400]))

    def test_a_document_under_a_password_is_refused(self, tmp_path: Path) -> None:
        locked = re.sub(rb"(PK\x03\x04..|PK\x01\x02....)\x00", lambda m: m[1] + b"\x01", self.made(), flags=re.DOTALL)  # the first flag of an entry: encrypted
        said = why(read(tmp_path, "a.docx", locked))
        assert "is a damaged Word document" in said
        assert "password required" in said
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("xl/workbook.xml", "<workbook/>")
        assert "another kind of office document" in why(read(tmp_path, "a.docx", out.getvalue()))


class TestMessages:
    def test_a_newsletter(self, tmp_path: Path) -> None:
        message = EmailMessage()
        message["Subject"], message["From"], message["Date"] = "Ferry – aground", "Tarn Post <news@tarn.example>", "Sun, 03 Mar 2024 09:30:00 +0100"
        message.set_content(FIRST)
        message.add_alternative(f"<html><body><p>{FIRST}</p></body></html>", subtype="html", charset="iso-8859-15")
        message.add_attachment(b"\0", maintype="image", subtype="png", filename="a.png")
        found = page(read(tmp_path, "a.eml", message.as_bytes()))
        assert ("html", "Ferry – aground", "2024-03-03T09:30:00+01:00") == (found.media, found.title, found.published)
        assert FIRST in found.text
        assert ("1 attachments were not read",) == found.notes

    def test_a_saved_page(self, tmp_path: Path) -> None:
        head = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://tarn.example/a\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        related = 'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\n'
        part = "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://tarn.example/a\r\n\r\n"
        data = f"{head}{related}{part}<html><body><p>The caf=C3=A9 was shut.</p></body></html>\r\n--b--\r\n"
        found = page(read(tmp_path, "a.mhtml", data))
        assert ("html", "https://tarn.example/a", None) == (found.media, found.url, found.title)
        assert "The café was shut." in found.text

    def test_broken_headers_are_left_out(self, tmp_path: Path) -> None:
        found = page(read(tmp_path, "a.eml", f"Subject: x\r\nDate: Sun, 03 Mar 99999999999 09:30:00 +0100\r\nMIME-Version: 1.0\r\n\r\n{FIRST}"))
        assert (None, "x") == (found.published, found.title)

    def test_messages_in_messages(self, tmp_path: Path) -> None:
        data = "".join(f'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(3_000))
        assert "again and again" in why(read(tmp_path, "a.eml", data)) or "damaged message" in why(read(tmp_path, "a.eml", data))

    def test_without_a_text(self, tmp_path: Path) -> None:
        assert "without text or HTML" in why(read(tmp_path, "a.eml", "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nx"))


def rss(*items: str) -> str:
    head = '<?xml version="1.0"?>\n<rss version="2.0"><channel><title>Tarn Post – World</title><language>en-gb</language>'
    return f"{head}{''.join(items)}</channel></rss>"


class TestFeeds:
    def test_rss(self, tmp_path: Path) -> None:
        head = "<title>Ferry &amp;amp; rocks</title><link>https://tarn.example/a</link><guid>g1</guid><pubDate>Sun, 03 Mar 2024 09:30:00 +0100</pubDate>"
        found = page(read(tmp_path, "a.xml", rss(f"<item>{head}<description><![CDATA[<p>{FIRST}</p>]]></description></item>")))
        assert ("html", 1, "g1", "https://tarn.example/a") == (found.media, found.line, found.id, found.url)
        assert ("Tarn Post – World", "Ferry & rocks", "2024-03-03T08:30:00Z", "en-gb") == (found.outlet, found.title, found.published, found.language)
        assert "perhaps not the whole report" in found.notes[0]

    def test_atom_with_the_source_that_an_aggregator_names(self, tmp_path: Path) -> None:
        head = '<id>e</id><title>T</title><link href="https://a.example/1"/><updated>2024-03-03T09:30:00Z</updated><source><title>Tarn Post</title></source>'
        entry = f'<entry>{head}<content type="text">{FIRST}</content></entry>'
        found = page(read(tmp_path, "a.atom", f'<feed xmlns="http://www.w3.org/2005/Atom"><title>All</title>{entry}</feed>'))
        assert ("Tarn Post", FIRST, "text", "2024-03-03T09:30:00Z") == (found.outlet, found.text, found.media, found.published)

    def test_an_entry_that_only_points_elsewhere_is_named(self, tmp_path: Path) -> None:
        pointer, whole = "<item><title>T</title><link>https://tarn.example/a</link></item>", f"<item><description>{SECOND}</description></item>"
        found = read(tmp_path, "a.rss", rss(pointer, whole))
        assert isinstance(found[0], Refused)
        assert "entry 1 holds no text; it points to https://tarn.example/a" in found[0].why
        assert isinstance(found[1], Page)

    def test_a_feed_that_is_html(self, tmp_path: Path) -> None:
        assert "is a web page (HTML), not a feed" in why(read(tmp_path, "a.rss", f"<!DOCTYPE html><html><body><p>{FIRST}</p></body></html>"))

    def test_a_feed_cut_short_keeps_what_was_whole(self, tmp_path: Path) -> None:
        found = read(tmp_path, "a.rss", rss(*[f"<item><title>T{n}</title><description>{n}. {FIRST}</description></item>\n" for n in range(3)])[:-150])
        assert [True, True] == [isinstance(item, Page) for item in found[:2]]
        assert isinstance(found[-1], Refused)
        assert "is damaged here" in found[-1].why
        assert found[-1].line is not None

    def test_ten_thousand_entries(self, tmp_path: Path) -> None:
        found = read(tmp_path, "a.rss", rss(*[f"<item><title>T{n}</title><description>{n}. {SECOND}</description></item>" for n in range(10_000)]))
        assert [f"{n}. {SECOND}" for n in range(10_000)] == [item.text for item in found if isinstance(item, Page)]

    def test_a_billion_laughs(self, tmp_path: Path) -> None:
        entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10))
        body = '<rss version="2.0"><channel><item><title>&a9;</title></item></channel></rss>'
        found = read(tmp_path, "a.xml", f'<?xml version="1.0"?><!DOCTYPE rss [{entities}]>{body}')
        assert all(isinstance(item, Refused) or len(item.text) < 100_000 for item in found)
        assert found

    def test_a_sitemap_on_disk_is_not_followed(self, tmp_path: Path) -> None:
        data = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://tarn.example/a</loc></url></urlset>'
        assert "lists 1 addresses and holds no text: give the sitemap by its own address" in why(read(tmp_path, "sitemap.xml", data))

    def test_xml_of_another_kind(self, tmp_path: Path) -> None:
        assert "is XML of a kind that is not read, <plist>" in why(read(tmp_path, "a.xml", '<?xml version="1.0"?><plist/>'))


class TestNewsAgencies:
    def test_ninjs_1(self, tmp_path: Path) -> None:
        item = {
            "uri": "urn:tarn:1", "type": "text", "headline": "Ferry aground", "body_text": FIRST, "language": "en",
            "versioncreated": "2024-03-03T09:30:00Z", "infosource": [{"name": "Tarn News Agency"}],
        }  # fmt: skip
        found = page(read(tmp_path, "a.json", json.dumps(item)))
        assert (FIRST, "text", "Ferry aground", "en", "urn:tarn:1") == (found.text, found.media, found.title, found.language, found.id)
        assert ("2024-03-03T09:30:00Z", "Tarn News Agency") == (found.published, found.outlet)

    def test_ninjs_3_as_a_list(self, tmp_path: Path) -> None:
        bodies = [{"role": "summary", "contenttype": "text/plain", "value": "Short."}, {"role": "main", "contenttype": "text/html", "value": f"<p>{FIRST}</p>"}]
        items = [{"uri": "https://tarn.example/1", "headlines": [{"value": "Ferry"}], "bodies": bodies}, {"uri": "u2", "type": "picture", "headlines": []}]
        first, second = read(tmp_path, "a.json", json.dumps(items))
        assert isinstance(first, Page)
        assert (f"<p>{FIRST}</p>", "html", "Ferry", "https://tarn.example/1") == (first.text, first.media, first.title, first.url)
        assert isinstance(second, Refused)
        assert "item 2 holds no text" in second.why

    def newsml(self, content: str) -> str:
        head = '<itemMeta><provider literal="TNA"><name>Tarn News Agency</name></provider><versionCreated>2024-03-03T09:30:00Z</versionCreated></itemMeta>'
        meta = '<contentMeta><headline>Ferry aground</headline><language tag="en"/></contentMeta>'
        item = f'<newsItem guid="tag:tna,1" version="1">{head}{meta}<contentSet>{content}</contentSet></newsItem>'
        items = f"<itemSet>{item}{item.replace('tna,1', 'tna,2')}</itemSet>"
        return f'<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">{items}</newsMessage>'

    @pytest.mark.parametrize(
        ("content", "media", "text"),
        [
            (
                f'<inlineXML><nitf xmlns="n"><body><body.content><p>{FIRST}</p><p>{SECOND}</p></body.content></body></nitf></inlineXML>',
                "text",
                f"{FIRST}\n\n{SECOND}",
            ),
            (f'<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{FIRST}</p></body></html></inlineXML>', "html", f"<p>{FIRST}</p>"),
            (f'<inlineData contenttype="text/plain">{FIRST}</inlineData>', "text", FIRST),
        ],
        ids=["NITF", "XHTML", "plain"],
    )  # fmt: skip
    def test_newsml_g2(self, tmp_path: Path, content: str, media: str, text: str) -> None:
        first, second = read(tmp_path, "a.xml", self.newsml(content))
        assert isinstance(first, Page)
        assert isinstance(second, Page)
        assert text in first.text
        assert (media, "Ferry aground", "Tarn News Agency", "en") == (first.media, first.title, first.outlet, first.language)
        assert ("2024-03-03T09:30:00Z", "tag:tna,1", "tag:tna,2") == (first.published, first.id, second.id)

    def test_newsml_whose_text_is_elsewhere_or_cut_short(self, tmp_path: Path) -> None:
        found = read(tmp_path, "a.xml", self.newsml('<remoteContent href="a.jpg"/>'))
        assert ["item 1 holds no text: it stands elsewhere (a.jpg)", "item 2 holds no text: it stands elsewhere (a.jpg)"] == [
            item.why for item in found if isinstance(item, Refused)
        ]
        first, last = read(tmp_path, "a.xml", self.newsml(f"<inlineData>{FIRST}</inlineData>")[:-60])
        assert isinstance(first, Page)
        assert isinstance(last, Refused)
        assert "is damaged here" in last.why


MESSAGE = f"Subject: x\r\nDate: Sun, 03 Mar 2024 09:30:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>{FIRST}</p>"
WHOLE = {
    "a.pdf": pdf(list(TestPdf.WIDE)),
    "a.docx": TestDocx().made(),
    "a.eml": MESSAGE.encode(),
    "a.rss": rss(*[f"<item><title>F</title><link>https://tarn.example/a</link><description>&lt;p&gt;{FIRST}</description></item>\n"] * 3).encode(),
    "a.xml": TestNewsAgencies().newsml(f"<inlineData>{FIRST}</inlineData>").encode(),
    "a.json": json.dumps([{"uri": "u", "headline": "h", "body_text": FIRST, "bodies": [{"value": "x"}]}]).encode(),
    "a.csv": f'text,id\n"{FIRST}",1\n"two\nlines",2\n'.encode(),
}


@pytest.mark.parametrize("name", WHOLE)
def test_no_damage_raises_or_goes_without_a_word(tmp_path: Path, name: str) -> None:
    draw = random.Random(name)
    for _ in range(60):
        data = bytearray(WHOLE[name])
        for _ in range(draw.choice((1, 2, 8))):
            at = draw.randrange(len(data) or 1)
            end = at + draw.randrange(40)
            data[at:end] = draw.choice((
                b"", b"\0", b"<", b"&", b'"', b"\xff\xfe", b"-1", b"99999999999", bytes(data[at:end]) * 9, bytes([draw.randrange(256)]),
            ))  # fmt: skip
        found = read(tmp_path, name, bytes(data))
        assert found, data
        assert not [item for item in found if isinstance(item, Refused) and "does not know" in item.why], data
