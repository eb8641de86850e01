"""Stories of notices."""
