"""See the modules, by noun."""
