"""Practices and their translations, adoptions, discussions, following, moderation."""
