"""What pages about members show."""

from __future__ import annotations

from sqlalchemy import Select, select

from ..models import Member, Organisation


def by_email(address: str) -> Select:
    """The open account with this address."""
    return select(Member).where(Member.email == address.strip().casefold(), Member.status == "active")


def below(organisation: Organisation) -> Select:
    """The organisations below one, at any depth, itself left out."""
    return select(Organisation).where(Organisation.path.startswith(organisation.path, autoescape=True), Organisation.id != organisation.id)


def sample_people() -> Select:
    """The people of the sample network one can sign in as."""
    return select(Member).where(Member.email.endswith("@paraugs.example"), Member.status == "active").order_by(Member.id)
