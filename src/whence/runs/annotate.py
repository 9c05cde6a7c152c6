"""Annotations of a corpus: work on one article and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..codec import encode
from ..pipeline import annotate_pages
from ..types import Annotation, Failed, Refused
from .articles import rejected
from .inputs import Part, numbered, pages
from .parts import Made, Reject
from .run import Run

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["annotate", "annotated"]

PART = 4 << 20
"""Bytes of a part: a minute or less of work."""


def annotate(run: Run, *, part: int = PART) -> None:
    """Annotate the corpus: table ``annotations`` of the run."""
    run.map("annotate", annotated, run.parts(part), None, {"annotations": run.result("annotations")})
    run.reconcile("annotations", run.result("annotations"), run.total("annotate")["out"])


def annotated(part: Part, settings: None = None) -> Made:
    """The annotations of a part as rows: what lists and filters need in columns of their own, the whole as ``whence annotate`` prints it."""
    import pyarrow as pa

    rows: list[dict[str, object]] = []
    rejects: list[Reject] = []
    for read in pages(part):
        found = read.found
        if isinstance(found, Refused):
            rejects.append(Reject(step="annotate", path=found.path, place=read.place, id=found.id, why=found.why, rows=read.rows))
            continue
        try:
            made = next(annotate_pages([found], []))
        except Exception as error:  # whatever an article sets off, it is that article's fault alone, and the reason is kept
            made = Failed(id=found.id or found.path, error=f"could not be annotated: {type(error).__name__}: {error}")
        if isinstance(made, Failed):
            rejects.append(Reject(step="annotate", path=part.path, place=read.place, id=found.id, why=made.error))
        else:
            rows.append({"n": numbered(part, read.place), **_columns(made)})
    table = pa.Table.from_pylist(rows, schema=_schema())
    gone = rejected(rejects)
    return Made(tables={"annotations": table}, counts={"in": len(rows) + gone, "out": len(rows), "rejected": gone}, rejects=tuple(rejects))


def _columns(made: Annotation) -> dict[str, object]:
    report = made.reports[0]
    return {
        "id": made.id, "outlet": report.outlet, "title": report.title, "published": report.published, "url": report.url, "language": report.language,
        "wire": report.wire, "attributions": len(made.attributions), "quantities": len(made.quantities), "annotation": encode(made).decode(),
    }  # fmt: skip


def _schema() -> pa.Schema:
    import pyarrow as pa

    texts = [(name, pa.string()) for name in ("id", "outlet", "title", "published", "url", "language", "wire")]
    return pa.schema([("n", pa.int64()), *texts, ("attributions", pa.int32()), ("quantities", pa.int32()), ("annotation", pa.string())])
