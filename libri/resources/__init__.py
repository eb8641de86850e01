"""Guides, templates and recordings: one resource in several languages, its versions, who asked for it, and collections to take away."""
