"""gunicorn for LiBri: `gunicorn -c deploy/gunicorn.conf.py wsgi:app`, only behind a proxy that buffers (nginx.conf)."""

bind = "127.0.0.1:8000"
worker_class = "gthread"
workers = 2
threads = 8
keepalive = 75  # longer than the proxy's, so that no request meets a closing line
timeout = 60
graceful_timeout = 20
umask = 0o077
max_requests = 10_000
max_requests_jitter = 1_000


def post_fork(server, worker) -> None:
    """Let each worker open its own connections to the database, also under --preload."""
    from wsgi import app

    with app.app_context():
        app.extensions["sqlalchemy"].engine.dispose(close=False)
