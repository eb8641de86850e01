"""The name somebody takes: those above are asked to look at it, because members are below and may not call upwards."""

from __future__ import annotations

from flask import current_app

from .models import Member


def named(member: Member) -> None:
    """Say, inside write_tx(), that a member has just taken a name, so that one like another's is noticed (S53)."""
    for look in current_app.extensions.get("when_a_member_is_named", ()):
        look(member)
