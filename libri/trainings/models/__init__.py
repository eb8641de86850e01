"""What is true of events, registrations and attendance (product.md, trainings)."""

from .attendance import Attendance, CalendarFeed, Certificate, Feedback, FeedbackGiven, Reminder
from .events import Event, Material, Question, Session
from .exports import Export
from .registrations import Answer, HeldLetter, Registration, RegistrationEntry

__all__ = ["Answer", "Attendance", "CalendarFeed", "Certificate", "Event", "Export", "Feedback", "FeedbackGiven", "HeldLetter", "Material",
           "Question", "Registration", "RegistrationEntry", "Reminder", "Session"]
