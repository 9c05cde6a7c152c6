"""The graph of a story as GraphML (graphml.graphdrawing.org), which Gephi, yEd, Cytoscape and networkx read."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from ... import expressions as re
from ...types import Story
from .graph import graph_of

__all__ = ["to_bytes"]

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_KEYS = (
    ("node", "name", "string"), ("node", "kind", "string"), ("node", "reports", "string"), ("node", "claims", "int"),
    ("edge", "claim", "string"), ("edge", "question", "string"), ("edge", "report", "string"), ("edge", "start", "int"), ("edge", "end", "int"),
    ("edge", "basis", "string"),
)  # fmt: skip
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_bytes(story: Story) -> bytes:
    """GraphML of parties and who has what from whom; an edge runs from the party that tells to the party it has it from."""
    graph = graph_of(story)
    root = ET.Element("graphml", {"xmlns": _NAMESPACE})
    for domain, name, kind in _KEYS:
        ET.SubElement(root, "key", {"id": f"{domain}-{name}", "for": domain, "attr.name": name, "attr.type": kind})
    drawn = ET.SubElement(root, "graph", {"id": "lineage", "edgedefault": "directed"})
    for v in graph.vertices:
        values = {"name": v.name, "kind": v.kind, "reports": " ".join(v.reports), "claims": str(v.claims)}
        _data(ET.SubElement(drawn, "node", {"id": v.id}), "node", values)
    for i, e in enumerate(graph.edges, 1):
        values = {"claim": e.claim, "question": e.question, "report": e.report, "start": str(e.start), "end": str(e.end), "basis": e.basis}
        _data(ET.SubElement(drawn, "edge", {"id": f"e{i}", "source": e.downstream, "target": e.upstream}), "edge", values)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _data(element: ET.Element, domain: str, values: dict[str, str]) -> None:
    for name, value in values.items():
        ET.SubElement(element, "data", {"key": f"{domain}-{name}"}).text = _NOT_XML.sub("\ufffd", value)
