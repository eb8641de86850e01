"""`python -m libri …` is the command line of LiBri."""

from .cli import main

main()
