"""Annotations of a corpus: work on one article and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

from ..codec import encode
from ..pipeline import annotate_pages
from ..types import Annotation, Failed, Page, Refused
from .articles import rejected
from .inputs import Part, numbered, pages
from .parts import Made, Reject
from .run import Run

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["annotate", "annotated"]

PART = 4 << 20
"""Bytes of a part: a minute or less of work."""

_TOGETHER = 16  # articles that are annotated side by side, as many as `annotate_pages` takes at once


def annotate(run: Run, *, part: int = PART) -> None:
    """Annotate the corpus: table ``annotations`` of the run."""
    run.map("annotate", annotated, run.parts(part), None, {"annotations": run.result("annotations")})
    run.reconcile("annotations", run.result("annotations"), run.total("annotate")["out"])


def annotated(part: Part, settings: None = None) -> Made:
    """The annotations of a part as rows: what lists and filters need in columns of their own, the whole as ``whence annotate`` prints it."""
    import pyarrow as pa

    rows: list[dict[str, object]] = []
    rejects: list[Reject] = []
    stream = pages(part)
    while together := list(islice(stream, _TOGETHER)):
        marked = iter(_marked([read.found for read in together if isinstance(read.found, Page)]))
        for read in together:
            found = read.found
            if isinstance(found, Refused):
                rejects.append(Reject(step="annotate", path=found.path, place=read.place, id=found.id, why=found.why, rows=read.rows))
                continue
            made = next(marked)
            if isinstance(made, Failed):
                rejects.append(Reject(step="annotate", path=part.path, place=read.place, id=found.id, why=made.error))
            else:
                rows.append({"n": numbered(part, read.place), **_columns(made)})
    table = pa.Table.from_pylist(rows, schema=_schema())
    gone = rejected(rejects)
    return Made(tables={"annotations": table}, counts={"in": len(rows) + gone, "out": len(rows), "rejected": gone}, rejects=tuple(rejects))


def _marked(given: Sequence[Page]) -> list[Annotation | Failed]:
    """Each page's annotation or why there is none: side by side, which costs half, and one by one where that sets anything off."""
    try:
        return list(annotate_pages(given, []))
    except Exception:  # it is one article's fault, and the others are to be had
        return [_alone(page) for page in given]


def _alone(page: Page) -> Annotation | Failed:
    try:
        return next(annotate_pages([page], []))
    except Exception as error:  # whatever an article sets off, it is that article's fault alone, and the reason is kept
        return Failed(id=page.id or page.path, error=f"could not be annotated: {type(error).__name__}: {error}")


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
