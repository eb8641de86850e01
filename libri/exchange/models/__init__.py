"""What is true of practices, adoptions, discussions, following and reports (product.md, exchange)."""

from .practices import (
    FULL,
    LIMITS,
    REQUIRED,
    SECTIONS,
    STEPS,
    Adoption,
    FieldQuestion,
    Practice,
    PracticeText,
    PracticeVersion,
    SectionComment,
    TranslationWish,
    WrongState,
)
from .topics import Attachment, Follow, Locked, ReadMark, Reply, ReplyTranslation, ReplyVersion, Report, ReportNote, Thanks, Topic, TopicLink

__all__ = ["FULL", "LIMITS", "REQUIRED", "SECTIONS", "STEPS", "Adoption", "Attachment", "FieldQuestion", "Follow", "Locked", "Practice",
           "PracticeText", "PracticeVersion", "ReadMark", "Reply", "ReplyTranslation", "ReplyVersion", "Report", "ReportNote",
           "SectionComment", "Thanks", "Topic", "TopicLink", "TranslationWish", "WrongState"]
