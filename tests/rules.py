"""What the tests of the house read: its templates, its Python files, what git keeps."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"


@cache
def templates() -> dict[str, str]:
    """Every template by its name."""
    return {str(file.relative_to(TEMPLATES)): file.read_text("utf-8") for file in sorted(TEMPLATES.rglob("*")) if file.is_file()}


@cache
def python_files() -> dict[str, str]:
    """Every Python file of ours by its path, but for the written migrations."""
    found = [*ROOT.glob("*.py"), *(ROOT / "libri").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    return {str(file.relative_to(ROOT)): file.read_text("utf-8") for file in sorted(found) if file.parent.name != "versions"}


@cache
def kept_files() -> dict[str, str]:
    """Every text file in the care of git by its path."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    kept = {}
    for name in listed.splitlines():
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        if b"\0" not in content:
            kept[name] = content.decode("utf-8")
    return kept


@cache
def calls(function: str) -> list[tuple[str, ast.Call]]:
    """Every call of a function of that name in libri/: (file, call)."""
    found = []
    for file, source in python_files().items():
        if file.startswith("libri/"):
            found += [(file, node) for node in ast.walk(ast.parse(source))
                      if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == function]
    return found
