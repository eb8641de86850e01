"""The order of contact persons to confirm."""

from __future__ import annotations

from sqlalchemy import func

from ...directory.models import ContactPerson

SORT = (func.coalesce(ContactPerson.confirmed_on, ContactPerson.created_at), ContactPerson.id)
