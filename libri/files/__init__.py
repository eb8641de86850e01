"""Stored files: taken, checked, kept under their content's digest in a folder or S3, sent, read, previewed, swept.

Adding one has two halves: `take()` streams, checks, scans and stores outside any transaction; `add()` writes the row
inside write_tx(). Taking one away too: `remove()` inside, and `forget()` of what it returns after the transaction.
"""

from .kinds import ATTACHMENT, PICTURES, PORTRAIT, RESOURCE, Allowed, NoRoom, NotTaken, suffix_of
from .models import StoredBlob, StoredFile, StoredFileText
from .previews import excerpt, first_rows, has_preview
from .reading import when_read, work_one
from .receiving import init_app, takes
from .sending import open_blob, read, send, send_preview
from .store import Missing
from .sweeping import check, sweep
from .taking import Taken, add, clean_name, forget, made, remove, take

__all__ = [
    "ATTACHMENT", "Allowed", "Missing", "NoRoom", "NotTaken", "PICTURES", "PORTRAIT", "RESOURCE", "StoredBlob", "StoredFile",
    "StoredFileText", "Taken", "add", "check", "clean_name", "excerpt", "first_rows", "forget", "has_preview", "init_app", "made", "open_blob",
    "read", "remove", "send", "send_preview", "suffix_of", "sweep", "take", "takes", "when_read", "work_one",
]
