"""Contact persons, venue offers, finding partners, the map."""
