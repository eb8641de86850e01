"""The application for any WSGI server: `gunicorn -c deploy/gunicorn.conf.py wsgi:app`, `waitress-serve wsgi:app`."""

from libri import create_app
from libri.config import BadSetting

try:
    app = create_app()
except BadSetting as wrong:
    raise SystemExit(f"LiBri cannot start: {wrong}") from None
