"""Every setting of LiBri, its default, and the environment variable that sets it."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


class BadSetting(RuntimeError):
    """A setting is missing or cannot be used; the message says which and how to mend it."""


@dataclass(frozen=True)
class Setting:
    """One line of the settings page: configuration key, environment variable, default and meaning."""

    key: str
    variable: str
    default: str
    meaning: str


SETTINGS = (
    Setting("ENVIRONMENT", "LIBRI_ENV", "development",
            "`development` or `production`; production refuses to start without its secret and base address"),
    Setting("SECRET_KEY", "LIBRI_SECRET_KEY", "",
            "signs cookies and links; at least 32 characters; in development made once and kept in the data folder"),
    Setting("SECRET_KEY_FALLBACKS", "LIBRI_SECRET_KEY_FALLBACKS", "",
            "earlier secrets, separated by spaces, still accepted while sessions move to the new one"),
    Setting("DATA_FOLDER", "LIBRI_DATA", "data", "the folder of the SQLite database, the files and, in development, the letters"),
    Setting("SQLALCHEMY_DATABASE_URI", "DATABASE_URL", "",
            "another database, such as postgresql://libri@/libri; empty means libri.sqlite in the data folder"),
    Setting("BASE_URL", "LIBRI_BASE_URL", "", "the public address, such as https://libri.example; links in letters begin with it"),
    Setting("TRUSTED_HOSTS", "LIBRI_HOSTS", "",
            "host names the site answers to, separated by spaces; empty means that of the base address"),
    Setting("PROXY_HOPS", "LIBRI_PROXY_HOPS", "0", "how many proxies of our own stand in front and set X-Forwarded-*; 0 trusts none"),
    Setting("HOST", "HOST", "127.0.0.1", "the address `libri serve` listens on"),
    Setting("PORT", "PORT", "8000", "the port `libri serve` listens on"),
    Setting("THREADS", "LIBRI_THREADS", "8", "threads of `libri serve`"),
    Setting("SMTP_URL", "LIBRI_SMTP_URL", "",
            "smtp://user:password@host:587 (STARTTLS), smtps://host:465, or smtp://host:25?plain=1; "
            "empty writes letters into the data folder"),
    Setting("MAIL_FROM", "LIBRI_MAIL_FROM", "LiBri <libri@kisc.example>", "the sender of every letter"),
    Setting("OFFICE_EMAIL", "LIBRI_OFFICE_EMAIL", "libri@kisc.example",
            "where people write to the office; in the footer and the privacy notice"),
    Setting("SECOND_FACTOR", "LIBRI_SECOND_FACTOR", "on",
            "`on` asks office and coordinators for a second factor (never in the sample network); `off` only offers it"),
    Setting("SAMPLE_PASSWORD", "LIBRI_SAMPLE_PASSWORD", "",
            "the password of the sample people; empty makes a random one for each database"),
    Setting("TRANSLATE_URL", "LIBRI_TRANSLATE_URL", "",
            "a LibreTranslate server, such as http://127.0.0.1:5000, that suggests translations and gets the texts; empty means none"),
    Setting("TRANSLATE_KEY", "LIBRI_TRANSLATE_KEY", "", "the key of that server, if it asks for one"),
    Setting("FILES", "LIBRI_FILES", "",
            "where stored files lie: a folder, or s3://bucket/prefix; empty means the folder files in the data folder"),
    Setting("S3_ENDPOINT", "LIBRI_S3_ENDPOINT", "", "the address of the S3 server, such as https://s3.library.example; empty means Amazon's"),
    Setting("S3_KEY", "LIBRI_S3_KEY", "", "the access key of the bucket; empty leaves it to the environment of the S3 client"),
    Setting("S3_SECRET", "LIBRI_S3_SECRET", "", "the secret of that key"),
    Setting("FILE_MB", "LIBRI_FILE_MB", "250", "the largest file anybody may upload, in megabytes; some kinds of files have lower limits"),
    Setting("ORGANISATION_MB", "LIBRI_ORGANISATION_MB", "5000", "how many megabytes of files one organisation may store"),
    Setting("CLAMAV", "LIBRI_CLAMAV", "",
            "a ClamAV daemon that scans uploads: tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl; empty means none"),
    Setting("CLAMAV_ABSENT", "LIBRI_CLAMAV_ABSENT", "refuse",
            "when that daemon does not answer: `refuse` takes no file, `hold` keeps it unseen until the worker could ask"),
    Setting("GRANT_NUMBER", "LIBRI_GRANT", "", "the number of the grant agreement, printed on attendance sheets"),
    Setting("LOG_LEVEL", "LIBRI_LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR"),
)

SESSION_IDLE_MINUTES = {"member": 60, "office": 30}
"""Minutes without a request after which a session ends (S3: drafts and a warning pay for the longer one)."""
SESSION_HOURS = {"member": 12, "office": 8}
"""Hours after which a session ends whatever happens (S3: a working day)."""
FRESH_MINUTES = 5
"""Minutes a sign-in counts as fresh for changing e-mail, password or second factor (S7)."""
INVITATION_DAYS = 30
CONFIRM_AFTER_DAYS = 182
"""A contact person is asked twice a year whether the entry is still correct (N1)."""
STALE_AFTER_DAYS = 365
"""A contact person not confirmed for so long is flagged (N1, product.md, directory)."""
NOTICE_VERSION = "2026-11-22"
"""Version of the privacy notice; a change asks everyone to read it again (X4)."""
UPLOAD_BYTES = 8 * 1024 * 1024
"""The largest request body outside file storage: a picture or a table to import (S40)."""


def from_environment(environ=os.environ) -> dict:
    """Return the Flask configuration read from `environ`; raises BadSetting for what cannot be used."""
    values = {s.key: environ.get(s.variable, s.default).strip() for s in SETTINGS}
    folder = Path(values["DATA_FOLDER"]).resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    production = values["ENVIRONMENT"] == "production"
    if values["ENVIRONMENT"] not in ("development", "production"):
        raise BadSetting("LIBRI_ENV must be development or production.")
    values["DATA_FOLDER"] = str(folder)
    values["SECRET_KEY"] = values["SECRET_KEY"] or _secret(folder, production)
    if len(values["SECRET_KEY"]) < 32:
        raise BadSetting("LIBRI_SECRET_KEY must have at least 32 characters.")
    if production and not values["BASE_URL"].startswith("https://"):
        raise BadSetting("LIBRI_BASE_URL must be set to the public https:// address in production.")
    if values["TRANSLATE_URL"] and not _is_web_address(values["TRANSLATE_URL"]):
        raise BadSetting("LIBRI_TRANSLATE_URL must be an address such as http://127.0.0.1:5000.")
    _check_files(values)
    if production and environ.get("FLASK_DEBUG", "0") not in ("", "0"):
        raise BadSetting("FLASK_DEBUG must not be on in production: it shows the inside of LiBri to everybody.")
    for key, low, high in (("PORT", 1, 65535), ("THREADS", 1, 256), ("PROXY_HOPS", 0, 5), ("FILE_MB", 1, 1024),
                           ("ORGANISATION_MB", 1, 10**8)):
        values[key] = _number(values[key], key, low, high)
    values["SECRET_KEY_FALLBACKS"] = values["SECRET_KEY_FALLBACKS"].split()
    values["BASE_URL"] = (values["BASE_URL"] or f"http://{_reachable(values['HOST'])}:{values['PORT']}").rstrip("/")
    values["SQLALCHEMY_DATABASE_URI"] = _database(values["SQLALCHEMY_DATABASE_URI"], folder)
    values["TRUSTED_HOSTS"] = values["TRUSTED_HOSTS"].split() or _hosts_of(values, production)
    secure = values["BASE_URL"].startswith("https://")
    return values | {
        "SESSION_COOKIE_NAME": "__Host-libri" if secure else "libri",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PREFERRED_URL_SCHEME": "https" if secure else "http",
        "MAX_CONTENT_LENGTH": UPLOAD_BYTES,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "MAX_FORM_PARTS": 1000,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,  # pages of links send no referrer; Origin and Sec-Fetch-Site are checked instead
    }


def _secret(folder: Path, production: bool) -> str:
    if production:
        raise BadSetting("LIBRI_SECRET_KEY is missing. Set it to at least 32 random characters.")
    file = folder / "secret"
    if not file.exists():
        descriptor, part = tempfile.mkstemp(dir=folder)
        with os.fdopen(descriptor, "w") as fresh:
            fresh.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):  # another process that started at the same moment was first, and wrote its own whole
            os.link(part, file)
        os.unlink(part)
    return file.read_text().strip()


def _number(text: str, key: str, low: int, high: int) -> int:
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        variable = next(s.variable for s in SETTINGS if s.key == key)
        raise BadSetting(f"{variable} must be a whole number from {low} to {high}.")
    return int(text)


def _database(address: str, folder: Path) -> str:
    if not address:
        return f"sqlite:///{folder / 'libri.sqlite'}"
    return address.replace("postgres://", "postgresql://", 1)


def _hosts_of(values: dict, production: bool) -> list[str]:
    hosts = [values["BASE_URL"].split("://", 1)[1].split("/")[0].rsplit(":", 1)[0]]
    return hosts if production else [*hosts, values["HOST"], "localhost", "127.0.0.1", "[::1]"]


def _check_files(values: dict) -> None:
    if "://" in values["FILES"] and not values["FILES"].startswith("s3://"):
        raise BadSetting("LIBRI_FILES must be a folder or an address such as s3://bucket/prefix.")
    if values["FILES"].startswith("s3://") and importlib.util.find_spec("s3fs") is None:
        raise BadSetting("LIBRI_FILES names S3, but its library is missing. Install it: pip install s3fs")
    if values["S3_ENDPOINT"] and not _is_web_address(values["S3_ENDPOINT"]):
        raise BadSetting("LIBRI_S3_ENDPOINT must be an address such as https://s3.library.example.")
    if values["CLAMAV"] and not values["CLAMAV"].startswith(("tcp://", "unix:")):
        raise BadSetting("LIBRI_CLAMAV must be an address such as tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl.")
    if values["CLAMAV_ABSENT"] not in ("refuse", "hold"):
        raise BadSetting("LIBRI_CLAMAV_ABSENT must be refuse or hold.")


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query and (parts.port or 1) > 0
    except ValueError:
        return False


def _reachable(host: str) -> str:
    """A host name for addresses: `localhost` stands for every address of this machine, IPv6 is bracketed."""
    if host in ("0.0.0.0", "::"):
        return "localhost"
    return f"[{host}]" if ":" in host else host
