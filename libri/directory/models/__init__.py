"""What is true of contact persons and venue offers (product.md, directory)."""

from .contacts import ContactPerson
from .venues import Room, VenueOffer

__all__ = ["ContactPerson", "Room", "VenueOffer"]
