"""One index for everything, in any inflection: features register kinds of things, pages ask find(), lists ask matching()."""

from .finding import Found, Results, find
from .folding import fold, like, words
from .indexing import KINDS, Entry, Kind, Places, Watch, put, register
from .marking import Piece, marked
from .models import POSTGRES, SQLITE, SearchDocument, SearchGram, SearchWord
from .querying import asked, matching, query_text, visible
from .tending import commands, rebuild, tend

__all__ = ["Entry", "Found", "KINDS", "Kind", "POSTGRES", "Piece", "Places", "Results", "SQLITE", "SearchDocument", "SearchGram", "SearchWord",
           "Watch", "asked", "commands", "find", "fold", "like", "marked", "matching", "put", "query_text", "rebuild", "register", "tend",
           "visible", "words"]
