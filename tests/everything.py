"""Running the tests: linters, both databases, load and browser; the last run of pytest has the last word.

Nothing is skipped: what is missing on this machine is brought by apt-get, or named, and then the run fails.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PYTEST = [str(BIN / "python"), "-m", "pytest", "-q", "-p", "no:cacheprovider"]
PARALLEL = ["-n", "3"]
"""One more than the cores of a small machine: a browser and a database are waited for."""
DATABASES = ("gw0", "gw1", "gw2")
"""One for each process of pytest-xdist; see conftest.py."""
LOAD = ["-n", "2", "--dist", "loadfile", "tests/load"]
"""Two files of it at once, each in a process of its own; what they measure is CPU time, or a limit with room."""
APART = ["--ignore=tests/browser", "--ignore=tests/load"]
LEFT_OUT = ("DATABASE_URL", "LIBRI_TEST_DATABASE", "PYTHONDONTWRITEBYTECODE")
"""Settings of the caller that the tests do not take over; without compiled files every process would compile all of them anew."""


def lint() -> None:
    """Style, import contracts and templates."""
    run([str(BIN / "ruff"), "check", "--no-cache", "-q", "."])
    run([str(BIN / "lint-imports"), "--no-cache"], quiet=True)
    run([str(BIN / "djlint"), "templates", "--lint", "--quiet"], quiet=True)


def check() -> None:
    """What about a minute allows: linters, and the suite on SQLite without what is marked as long."""
    lint()
    run([*PYTEST, "-n", "2", *APART, "-m", "not long", "tests"])


def everything() -> None:
    """Linters; load, then the suite on PostgreSQL; load on SQLite; then the suite with the browser on SQLite."""
    need("Chromium", "chromium", lambda: Path("/usr/bin/chromium").exists())
    need("PostgreSQL", "postgresql", postgresql_programs)
    lint()
    with postgresql() as address:
        run([*PYTEST, *LOAD], LIBRI_TEST_DATABASE=address)
        run([*PYTEST, *PARALLEL, *APART, "tests"], LIBRI_TEST_DATABASE=address)
    run([*PYTEST, *LOAD])
    run([*PYTEST, *PARALLEL, "--whole", "--ignore=tests/load", "tests"])


def run(command: list[str], quiet: bool = False, **more: str) -> None:
    """Run a command in the root folder; leave with its exit code when it fails. A quiet one speaks only then."""
    sys.stdout.flush()
    environment = {k: v for k, v in os.environ.items() if k not in LEFT_OUT} | more
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True} if quiet else {}
    done = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, **output)  # type: ignore[call-overload]
    if done.returncode:
        if quiet:
            print(done.stdout)
        sys.exit(done.returncode)


# ---- what Debian brings ----------------------------------------------------------------------------------------------


def need(what: str, package: str, is_there) -> None:
    """Bring a Debian package unless `is_there()`; leave with a plain sentence when that cannot be done."""
    if is_there():
        return
    print(f"{what} is missing; installing the Debian package {package} …", flush=True)
    if os.getuid() == 0 and shutil.which("apt-get"):
        for order in (["update"], ["install", "-y", "--no-install-recommends", package]):
            subprocess.run(["apt-get", "-qq", *order], env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
                           stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    if not is_there():
        sys.exit(f"The tests need {what}. Please install it: apt-get install {package}")


def postgresql_programs() -> Path | None:
    """The folder of the newest initdb, which Debian keeps off the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


@contextlib.contextmanager
def postgresql():
    """A PostgreSQL of our own in a temporary folder, reachable by a socket only; yields its address, NUMBER for the database."""
    folder = Path(tempfile.mkdtemp(prefix="libri-postgresql-"))
    programs = postgresql_programs()
    as_postgres: list[str] = []
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres")
        as_postgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]

    def do(program: str, *arguments: str) -> None:
        subprocess.run([*as_postgres, str(programs / program), *arguments], check=True, cwd=folder, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C.UTF-8"})

    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c max_connections=200"
    try:
        do("initdb", "-D", f"{folder}/data", "-U", "libri", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        do("pg_ctl", "-D", f"{folder}/data", "-w", "-l", f"{folder}/log", "-o", options, "start")
        for number in DATABASES:
            do("createdb", "-h", str(folder), "-U", "libri", f"libri_{number}")
        yield f"postgresql+psycopg://libri@/libri_NUMBER?host={folder}"
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            do("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    {"lint": lint, "check": check, "everything": everything}[sys.argv[1]]()
