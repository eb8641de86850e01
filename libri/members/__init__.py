"""Organisations, members, memberships and invitations; signing in; one's own profile, data and languages."""
