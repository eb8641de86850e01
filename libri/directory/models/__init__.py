"""What is true of contact persons and venue offers (product.md, directory)."""

from .contacts import ContactPerson
from .imports import ImportDraft
from .venues import Reservation, Room, VenueOffer

__all__ = ["ContactPerson", "ImportDraft", "Reservation", "Room", "VenueOffer"]
