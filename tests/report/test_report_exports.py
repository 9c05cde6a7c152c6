"""The story in other programs' forms: each read back by a reader of its standard that is not ours."""

from __future__ import annotations

import csv
import io
import json
import shutil
from itertools import pairwise
from pathlib import Path

import made_stories
import pytest

from whence.codec import decode_story
from whence.errors import InputError
from whence.read import read_pages
from whence.report.exports import FORMS, TABLES, export, graph_of, tables_of
from whence.types import Story

STORIES = ["two", "laundered", "hostile", "alone", "nothing", "wide"]
QUICK = [f for f in FORMS if f != "pdf"]


@pytest.fixture(scope="module")
def stories() -> dict[str, Story]:
    return {name: made_stories.ALL[name]() for name in STORIES}


class TestEveryForm:
    @pytest.mark.parametrize("form", QUICK)
    @pytest.mark.parametrize("name", STORIES)
    def test_the_same_story_gives_the_same_bytes(self, stories: dict[str, Story], name: str, form: str) -> None:
        once = export(stories[name], form)
        assert once
        assert once == export(stories[name], form)

    def test_a_form_that_is_not_known_is_an_error_that_names_those_that_are(self, stories: dict[str, Story]) -> None:
        with pytest.raises(InputError, match="graphml"):
            export(stories["two"], "word-perfect")

    def test_a_table_that_is_not_known_is_an_error_that_names_those_that_are(self, stories: dict[str, Story]) -> None:
        with pytest.raises(InputError, match="quantities"):
            export(stories["two"], "csv", table="chairs")

    def test_json_is_the_story(self, stories: dict[str, Story]) -> None:
        assert stories["two"] == decode_story(export(stories["two"], "json"))


class TestTables:
    @pytest.mark.parametrize("name", STORIES)
    def test_every_span_of_a_table_holds_its_words(self, stories: dict[str, Story], name: str) -> None:
        texts = {r.id: r.text for r in stories[name].reports}
        for table in ("cells", "quantities", "timeline"):
            found = tables_of(stories[name])[table]
            at = {c.name: i for i, c in enumerate(found.columns)}
            for row in found.rows:
                start, end = row[at["start"]], row[at["end"]]
                assert isinstance(start, int)
                assert isinstance(end, int)
                assert row[at["words"]] == texts[str(row[at["report"]])][start:end]

    def test_csv_has_the_rows_of_its_table(self, stories: dict[str, Story]) -> None:
        for table in TABLES:
            rows = list(csv.reader(io.StringIO(export(stories["two"], "csv", table=table).decode("utf-8-sig"))))
            expected = tables_of(stories["two"])[table]
            assert [c.name for c in expected.columns] == rows[0]
            assert len(expected.rows) == len(rows) - 1

    def test_words_that_begin_a_formula_are_no_formula_in_a_spreadsheet(self) -> None:
        a = made_stories.report("r1", "=HYPERLINK(1)\n\n=1+1 said the mayor", "=cmd|' /C calc'!A0")
        cell = made_stories.cell(a, "=1+1 said the mayor", ["p1"], "own")
        made = made_stories.story(
            [a], [made_stories.party("p1", "=2+2", wrote="r1")], [made_stories.claim("c1", "=3", [cell], made_stories.counted(1, 1, 1, "p1"), ["p1"])]
        )
        rows = list(csv.reader(io.StringIO(export(made, "csv").decode("utf-8-sig"))))
        assert not [value for row in rows for value in row if value.startswith("=")]
        from openpyxl import load_workbook

        book = load_workbook(io.BytesIO(export(made, "xlsx")))
        assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]

    def test_parquet_is_read_by_duckdb_with_the_types_of_its_columns(self, stories: dict[str, Story]) -> None:
        import duckdb
        from pyarrow import parquet

        for table in TABLES:
            raw = export(stories["two"], "parquet", table=table)
            read = parquet.read_table(io.BytesIO(raw))
            expected = tables_of(stories["two"])[table]
            assert [list(r) for r in expected.rows] == [list(r.values()) for r in read.to_pylist()]
            assert [(len(expected.rows),)] == duckdb.sql("select count(*) from read").fetchall()


class TestOffice:
    @pytest.mark.parametrize("name", STORIES)
    def test_the_workbook_has_a_sheet_a_table_and_links_that_lead_to_a_row(self, stories: dict[str, Story], name: str) -> None:
        from openpyxl import load_workbook

        book = load_workbook(io.BytesIO(export(stories[name], "xlsx")))
        assert ["summary", *TABLES] == book.sheetnames
        links = [(c, c.hyperlink) for sheet in book for row in sheet.iter_rows() for c in row if c.hyperlink is not None]
        assert links
        for cell, link in links:
            if link.location is None:
                assert link.target.startswith(("http://", "https://"))
                continue
            sheet, _, place = link.location.rpartition("!")
            target = book[sheet.strip("'")][place]
            if cell.parent.title != "summary":
                assert target.value == cell.value

    @pytest.mark.parametrize("name", STORIES)
    def test_the_document_says_the_line_and_what_was_not_checked(self, stories: dict[str, Story], name: str) -> None:
        import docx

        page = docx.Document(io.BytesIO(export(stories[name], "docx")))
        said = "\n".join(p.text for p in page.paragraphs)
        assert stories[name].summary.split("·")[0].strip() in said
        assert said.endswith("This says where the reports come from, not whether they are true.")

    def test_the_pdf_is_the_page_printed(self, stories: dict[str, Story]) -> None:
        if shutil.which("chromium") is None:
            pytest.skip("no Chromium on this machine")
        from pypdf import PdfReader

        pages = PdfReader(io.BytesIO(export(stories["two"], "pdf"))).pages
        assert "2 reports" in pages[0].extract_text()


class TestGraphs:
    @pytest.mark.parametrize("name", STORIES)
    def test_networkx_reads_the_graphml_and_finds_every_step_of_every_chain(self, stories: dict[str, Story], name: str) -> None:
        import networkx

        graph = networkx.parse_graphml(export(stories[name], "graphml").decode(), force_multigraph=True)
        steps = sorted((a, b) for c in stories[name].claims for x in c.cells for a, b in pairwise(x.chain))
        assert steps == sorted((a, b) for a, b, _ in graph.edges(keys=True))
        assert {v.id for v in graph_of(stories[name]).vertices} == set(graph.nodes)


class TestStandards:
    @pytest.mark.parametrize("name", STORIES)
    def test_prov_holds_only_terms_of_prov_and_every_chain_is_a_way_of_derivations(self, stories: dict[str, Story], name: str) -> None:
        from rdflib import RDF, Graph, URIRef
        from rdflib.namespace import PROV

        graph = Graph().parse(data=export(stories[name], "prov"), format="json-ld")
        terms = {t for s, p, o in graph for t in (p, o if p == RDF.type else p) if str(t).startswith(str(PROV))}
        for term in terms:
            assert URIRef(term) == getattr(PROV, str(term).removeprefix(str(PROV)))  # a closed vocabulary: an unknown term raises
        agents = set(graph.subjects(RDF.type, PROV.Agent))
        for claim in stories[name].claims:
            for i, cell in enumerate(claim.cells, 1):
                at = next(s for s in graph.subjects(RDF.type, PROV.Entity) if str(s).endswith(f"#{claim.id}-{i}"))
                assert cell.text == str(graph.value(at, PROV.value))
                way = [str(at)]
                while (farther := graph.value(at, PROV.wasDerivedFrom)) is not None:
                    at = farther
                    way.append(str(at))
                    assert set(graph.objects(at, PROV.wasAttributedTo)) <= agents
                assert len(cell.chain[1:]) == len(way) - 1

    @pytest.mark.parametrize("name", STORIES)
    def test_schema_org_holds_only_types_and_properties_of_schema_org(self, stories: dict[str, Story], name: str) -> None:
        from rdflib.namespace import SDO

        def terms(node: object) -> list[str]:
            if isinstance(node, list):
                return [t for n in node for t in terms(n)]
            if not isinstance(node, dict):
                return []
            own = [k for k in node if not k.startswith("@")] + ([str(node["@type"])] if "@type" in node else [])
            return own + [t for n in node.values() for t in terms(n)]

        document = json.loads(export(stories[name], "schema.org"))
        found = terms(document["@graph"])
        assert len(stories[name].reports) == found.count("NewsArticle")
        assert len(stories[name].claims) == found.count("Claim")
        for term in set(found):
            assert getattr(SDO, term)  # a closed vocabulary: an unknown term raises

    @pytest.mark.parametrize("name", STORIES)
    def test_web_annotations_have_what_the_model_requires_and_select_the_words(self, stories: dict[str, Story], name: str) -> None:
        """After w3.org/TR/annotation-model, sections 3.1, 4.2.4, 4.2.5, 5.1, 5.2."""
        document = json.loads(export(stories[name], "annotations"))
        assert document["@context"] == "http://www.w3.org/ns/anno.jsonld"
        assert (document["type"], document["first"]["type"]) == ("AnnotationCollection", "AnnotationPage")
        items = document["first"]["items"]
        assert document["total"] == len(items) == len({i["id"] for i in items})
        texts = {r.text for r in stories[name].reports}
        motives = {"classifying", "describing", "identifying", "linking"}  # four of the thirteen of section 3.3.5
        for item in items:
            assert item["type"] == "Annotation"
            assert item["motivation"] in motives
            assert item["body"]["type"] == "TextualBody"
            for target in item["target"] if isinstance(item["target"], list) else [item["target"]]:
                position, words = target["selector"]
                assert words["exact"] in {t[position["start"] : position["end"]] for t in texts}

    @pytest.mark.parametrize("name", STORIES)
    def test_ninjs_keeps_to_the_names_and_types_of_version_3(self, stories: dict[str, Story], name: str) -> None:
        import jsonschema

        facts = {"name": {"type": "string"}, "uri": {"type": "string"}}
        named = {"type": "array", "items": {"type": "object", "properties": facts, "additionalProperties": False}}
        valued = {"type": "array", "items": {"type": "object", "required": ["value"], "properties": {"value": {"type": "string"}}}}
        item = {
            "type": "object",
            "required": ["name", "uri"],
            "additionalProperties": False,
            "properties": {
                "name": {"type": "string"}, "uri": {"type": "string", "minLength": 1}, "type": {"enum": ["text"]}, "language": {"type": "string"},
                "versionCreated": {"type": "string", "format": "date-time"}, "headlines": valued, "bodies": valued, "by": {"type": "string"},
                "people": named, "organisations": named, "infoSources": named,
            },
        }  # fmt: skip
        document = json.loads(export(stories[name], "ninjs"))
        for report in document["associations"]:
            jsonschema.validate(report, item, format_checker=jsonschema.FormatChecker())
        assert {"standard", "uri", "type", "headlines", "associations"} == set(document)
        assert [r.text.encode("utf-8", "replace").decode() for r in stories[name].reports] == [r["bodies"][0]["value"] for r in document["associations"]]

    def test_ninjs_is_read_back_as_the_reports_it_was_made_of(self, stories: dict[str, Story], tmp_path: Path) -> None:
        file = tmp_path / "story.json"
        file.write_bytes(export(stories["two"], "ninjs"))
        pages, refused = read_pages([str(file)])
        assert [] == refused
        assert [(r.outlet, r.title, r.text) for r in stories["two"].reports] == [(p.outlet, p.title, p.text) for p in pages]
