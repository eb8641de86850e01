"""The public pages, the first page after signing in, the language switch, health."""
