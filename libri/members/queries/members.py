"""What pages about members show."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Select, select

from ..models import Member


def by_email(address: str) -> Select:
    """The open account with this address."""
    return select(Member).where(Member.email == address.strip().casefold(), Member.status == "active")


def sample_people() -> Select:
    """The people of the sample network one can sign in as."""
    return select(Member).where(Member.email.endswith("@paraugs.example"), Member.status == "active").order_by(Member.id)


def names(numbers: Collection[int]) -> Select:
    """(id, name) of those among these members whose account is in use."""
    return select(Member.id, Member.name).where(Member.id.in_(numbers), Member.status == "active")
