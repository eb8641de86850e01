"""Our style and script files, put together at start and served under a name that changes with their content."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

import brotli
from markupsafe import Markup
from whitenoise import WhiteNoise

STATIC = Path(__file__).parent.parent / "static"
ORDER = ("tokens", "reset", "base", "layout", "components", "utilities", "print")
COPIED = ("img", "vendor")
DRAWINGS = 500
"""Drawings kept as HTML, each with its label."""


def init_app(app, headers: dict[str, str]) -> None:
    """Build the static files of this version once, serve them compressed and `immutable`, and give templates static_url()."""
    version = _version()
    folder = _build(Path(app.config["DATA_FOLDER"]) / "static", version)
    prefix = f"/static/{version}/"
    app.jinja_env.globals["static_url"] = lambda name: prefix + name
    app.jinja_env.globals["svg"] = _drawings(prefix)
    app.config["STATIC_PREFIX"] = prefix

    def add_headers(answer, path, url):
        for name, value in headers.items():
            answer[name] = value

    app.wsgi_app = WhiteNoise(
        app.wsgi_app, root=str(folder), prefix=prefix, add_headers_function=add_headers, charset="utf-8",
        immutable_file_test=lambda path, url: url.startswith(prefix),
        mimetypes={".js": "text/javascript", ".svg": "image/svg+xml"}, allow_all_origins=False)


def _drawings(prefix: str):
    """One drawing from icons.svg; without a label it is hidden from screen readers."""
    @lru_cache(DRAWINGS)
    def svg(name: str, label: str | None = None) -> Markup:
        heard = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
        return Markup('<svg class="icon" {}><use href="{}img/icons.svg#{}"/></svg>').format(heard, prefix, name)

    return svg


def _version() -> str:
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for file in sorted(p for p in STATIC.rglob("*") if p.is_file()):
        digest.update(str(file.relative_to(STATIC)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def _build(parent: Path, version: str) -> Path:
    folder = parent / version
    if folder.is_dir():
        return folder
    parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=parent))
    (work / "style.css").write_text(_style(), "utf-8")
    (work / "app.js").write_text(_script(), "utf-8")
    for name in COPIED:
        if (STATIC / name).is_dir():
            shutil.copytree(STATIC / name, work / name)
    for file in [p for p in work.rglob("*") if p.suffix in (".css", ".js", ".svg")]:
        content = file.read_bytes()
        file.with_name(file.name + ".br").write_bytes(brotli.compress(content, quality=11))
        file.with_name(file.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))
    work.chmod(0o755)
    try:
        os.rename(work, folder)
    except OSError:  # another process built the same version first
        shutil.rmtree(work)
    for old in parent.iterdir():
        if old.name != version and re.fullmatch("[0-9a-f]{12}", old.name) and len(list(parent.iterdir())) > 5:
            shutil.rmtree(old, ignore_errors=True)
    return folder


def _style() -> str:
    files = []
    for name in ORDER:
        file = STATIC / "css" / f"{name}.css"
        files += sorted((STATIC / "css" / "components").glob("*.css")) if name == "components" else [file] if file.is_file() else []
    return "\n".join(re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.S) for file in files)


def _script() -> str:
    files = sorted((STATIC / "js").glob("*.js"))
    texts = [re.sub(r"^\s*//.*\n", "", file.read_text("utf-8"), flags=re.M) for file in files]
    return '"use strict";\n' + "\n".join("{\n" + text + "\n}" for text in texts)
