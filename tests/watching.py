"""Watching the whole suite: with `--whole`, a template that no test has drawn fails the run."""

from __future__ import annotations

import pytest

from .rules import templates

SEEN = pytest.StashKey[set]()


def pytest_addoption(parser) -> None:
    parser.addoption("--whole", action="store_true", help="this run is the whole suite: every template must have been drawn")


def pytest_configure(config) -> None:
    config.stash[SEEN] = set()


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef, request):
    """Note which templates the application of the tests loads."""
    made = yield
    if fixturedef.argname == "app":
        _watch(made.jinja_env.loader, request.config.stash[SEEN])
    elif fixturedef.argname == "site":
        _watch(made.app.jinja_env.loader, request.config.stash[SEEN])
    return made


def _watch(loader, seen: set) -> None:
    load = loader.get_source

    def get_source(environment, name):
        seen.add(name)
        return load(environment, name)

    loader.get_source = get_source


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node) -> None:
    """Gather what the processes of pytest-xdist have seen."""
    node.config.stash[SEEN] |= set(node.workeroutput.get("templates", ()))


def pytest_sessionfinish(session) -> None:
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput["templates"] = sorted(config.stash[SEEN])
    elif config.option.whole and session.exitstatus == 0 and _undrawn(config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config) -> None:
    if config.option.whole and (names := _undrawn(config)):
        terminalreporter.section("templates that no test draws")
        terminalreporter.write_line("\n".join(names))


def _undrawn(config) -> list[str]:
    return sorted(set(templates()) - config.stash[SEEN])
