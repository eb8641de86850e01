"""The two stores of files: a folder, and a server that speaks S3 on this machine."""

import contextlib
import os
import resource
import signal

import pytest

from libri.i18n import speaking

KEYS = {"S3_KEY": "reader", "S3_SECRET": "a secret"}


@pytest.fixture(autouse=True)
def in_english(world):
    """Sentences outside a request are English here."""
    with speaking("en"):
        yield


@pytest.fixture(scope="session")
def s3_address():
    """A real S3 server on loopback with one bucket."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3(world, s3_address):
    """The application with its files in a bucket of its own."""
    import s3fs

    bucket = f"libri-{os.urandom(6).hex()}"
    s3fs.S3FileSystem(key="reader", secret="a secret", endpoint_url=s3_address).mkdir(bucket)
    yield from _with(world, FILES=f"s3://{bucket}/files", S3_ENDPOINT=s3_address, **KEYS)


@pytest.fixture
def folder(world, tmp_path):
    """The application with its files in an empty folder."""
    yield from _with(world, FILES=str(tmp_path / "files"))


@pytest.fixture(params=["folder", "s3"])
def store(request):
    """Both stores, one after the other."""
    request.getfixturevalue(request.param)
    from libri.files.store import the_store

    return the_store()


def _with(app, **settings):
    before = {name: app.config[name] for name in settings}
    app.config.update(settings)
    app.extensions.pop("files", None)
    yield app
    app.config.update(before)
    app.extensions.pop("files", None)


@pytest.fixture
def limit_of_files():
    """`with limit_of_files(1000):` no file of this process may grow beyond so many bytes, as on a full disk."""

    @contextlib.contextmanager
    def limited(size: int):
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            signal.signal(signal.SIGXFSZ, handler)

    return limited
