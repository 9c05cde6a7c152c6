"""The package as it is imported: light, with sorted doors, and without the network."""

from __future__ import annotations

import ast
import importlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = ["numba", "trafilatura", "pint", "torch", "pandas", "pyarrow", "scipy", "sklearn"]
MODULES = sorted((ROOT / "src/whence").rglob("*.py"))


def imported(code: str) -> set[str]:
    """The top-level modules that a fresh process has imported after running this code."""
    script = f"{code}\nimport json, sys\nprint(json.dumps(sorted({{m.split('.')[0] for m in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT, timeout=120)
    return set(json.loads(done.stdout.splitlines()[-1]))


class TestImports:
    def test_importing_whence_loads_nothing_heavy(self) -> None:
        assert set() == imported("import whence") & {*HEAVY, "numpy", "lxml"}

    def test_two_text_files_need_nothing_heavy(self) -> None:
        folder = ROOT / "examples/two-originals/reports"
        paths = sorted(str(p) for p in folder.iterdir())[:2]
        assert set() == imported(f"import whence; whence.read({paths!r})") & set(HEAVY)

    @pytest.mark.parametrize("room", ["read", "clean", "annotate", "group", "trace", "compare", "report"])
    def test_a_room_has_one_door_with_sorted_names(self, room: str) -> None:
        door = importlib.import_module(f"whence.{room}")
        assert sorted(door.__all__) == list(door.__all__)
        for name in door.__all__:
            assert hasattr(door, name)


class TestStyle:
    @pytest.mark.parametrize("module", MODULES, ids=lambda p: str(p.relative_to(ROOT / "src")))
    def test_a_module_is_short_and_says_what_it_is(self, module: Path) -> None:
        text = module.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 400
        assert ast.get_docstring(ast.parse(text))

    def test_what_is_imported_is_what_is_declared(self) -> None:
        names = {"charset_normalizer": "charset-normalizer", "docx": "python-docx", "mcp_types": "mcp", "vl_convert": "vl-convert-python"}
        found = set()
        for module in MODULES:
            for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    found |= {a.name.split(".")[0] for a in node.names}
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    found.add((node.module or "").split(".")[0])
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        extras = {d for extra, names in project["optional-dependencies"].items() if extra != "dev" for d in names}
        needed, optional = ({re.split(r"[>\[]", d)[0] for d in given} for given in (project["dependencies"], extras))
        imported_names = {names.get(f, f) for f in found - {*sys.stdlib_module_names, "whence"}}
        without_import = {"lxml-html-clean": "trafilatura", "python-multipart": "starlette's forms"}
        assert set() == imported_names - needed - optional
        assert set() == needed - imported_names - without_import.keys()
