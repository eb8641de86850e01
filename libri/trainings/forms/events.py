"""What organisers type about an event: in as many languages as it needs, with as many sessions."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField, URLField

from ...directory.forms.fields import ChoiceField, DayField, LanguagesForm, WholeNumberField, in_language, in_order, named, offered, sent, text_in
from ...directory.forms.organisation import TIMEZONES, country_choices
from ...exchange.forms.fields import AmountField
from ...exchange.words import TARGET_GROUPS
from ...forms import CheckboxesField, LibriForm, at_most, line, required, web_address
from ...i18n import LANGUAGES, language_name
from ...vocabularies import ORGANISATION_KINDS, ROLES, THEMES, WRITTEN_LANGUAGES
from .. import editing, times
from ..models import Event
from ..words import ACCESSIBILITY, AUDIENCES, EVENT_KINDS, EVENT_MODES, PARTICIPANT_LISTS
from .fields import ClockField, MomentField

MOST_SESSIONS = 30
MOST_SEATS = 100_000
DECIMAL = {"inputmode": "decimal", "maxlength": 10}
TEXTS = {"title": (_l("Title"), 150), "description": (_l("Description"), 4000), "programme": (_l("Programme"), 8000)}
"""Texts in several languages: what they are called, and how long they may be."""


class NewEventForm(LibriForm):
    """The least an event needs to become a draft."""

    kind = ChoiceField(_l("Kind of event"), choices=offered(EVENT_KINDS), default="training")
    organiser_id = ChoiceField(_l("Organiser"))
    title = StringField(_l("Title"), [required(), at_most(150)], filters=[line])
    language = ChoiceField(_l("Language of this title"))
    mode = ChoiceField(_l("On site or online"), choices=offered(EVENT_MODES), default="onsite")
    day = DayField(_l("Day"), [required()])
    starts = ClockField(_l("Begins at"), [required()])
    ends = ClockField(_l("Ends at"), [required()])

    zone = "Europe/Riga"

    def __init__(self, organisers: list, languages: list[str], **kwargs):
        super().__init__(**kwargs)
        self.organiser_id.choices = named(organisers)
        self.language.choices = offered([(code, language_name(code)) for code in dict.fromkeys([*languages, *LANGUAGES])])

    def validate(self, extra_validators=None):
        good = super().validate(extra_validators)
        return _times_are_good(self.day, self.starts, self.ends, self.zone) and good


def _times_are_good(day, starts, ends, zone: str) -> bool:
    """Whether the clocks of the zone show these times; says so at the field that is wrong."""
    if day.data is None or starts.data is None or ends.data is None:
        return False
    try:
        times.session_of(day.data, starts.data, ends.data, zone)
    except times.NoSuchTime:
        starts.errors = [_l("The clocks change that night and skip this time. Choose another one.")]
        return False
    return True


class EventForm(LanguagesForm):
    """The whole event; `form_for` adds the texts of each language and the rows of sessions."""

    autosave = True
    version = HiddenField(validators=[sent])
    rows = HiddenField()
    kind = ChoiceField(_l("Kind of event"), choices=offered(EVENT_KINDS))
    organiser_id = ChoiceField(_l("Organiser"))
    themes = CheckboxesField(_l("Themes"), choices=offered(THEMES))
    target_groups = CheckboxesField(_l("For whom"), choices=offered(TARGET_GROUPS))
    mode = ChoiceField(_l("On site or online"), choices=offered(EVENT_MODES))
    place = StringField(_l("Place"), [at_most(200)], filters=[line])
    city = StringField(_l("City or municipality"), [at_most(100)], filters=[line])
    country = ChoiceField(_l("Country"))
    online_url = URLField(_l("Link to the online meeting"), [at_most(500), web_address], filters=[line])
    timezone = ChoiceField(_l("Time zone"), choices=named([(name, name.replace("_", " ")) for name in TIMEZONES]))
    languages = CheckboxesField(_l("Languages of the event"))
    interpretation = CheckboxesField(_l("Interpretation into"))
    accessibility = CheckboxesField(_l("Accessibility"), choices=offered(ACCESSIBILITY))
    fee_eur = AmountField(_l("Fee in EUR"), low=0, high=10_000, places=2, render_kw=DECIMAL)
    audience = ChoiceField(_l("Who may come"), choices=offered(AUDIENCES))
    audience_kinds = CheckboxesField(_l("Only people who work here"), choices=offered(ORGANISATION_KINDS))
    audience_roles = CheckboxesField(_l("Only people with this role"), choices=offered(ROLES))
    show_participants = ChoiceField(_l("List of participants"), choices=offered(PARTICIPANT_LISTS))
    capacity = WholeNumberField(_l("Seats in all"), low=1, high=MOST_SEATS)
    reserved_seats = WholeNumberField(_l("Seats you give yourself"), low=0, high=MOST_SEATS)
    waiting_limit = WholeNumberField(_l("Longest waiting list"), low=0, high=MOST_SEATS)
    partnership_seats = WholeNumberField(_l("Most seats of one local partnership"), low=1, high=MOST_SEATS)
    partnership_until = MomentField(_l("This holds until"))
    needs_approval = BooleanField(_l("The organiser decides who gets a seat"))
    changes_need_approval = BooleanField(_l("Answers changed later need approval again"))
    offer_hours = WholeNumberField(_l("Hours to accept an offered seat"), low=1, high=720)
    registration_opens = MomentField(_l("Registration opens"))
    registration_closes = MomentField(_l("Registration closes"))
    cancel_until = MomentField(_l("Last moment to cancel"))
    answers_until = MomentField(_l("Answers can be changed until"))
    gives_certificate = BooleanField(_l("Participants get a certificate"))
    min_attendance_percent = WholeNumberField(_l("Least attendance in percent"), low=1, high=100)

    count = 1
    session_ids: frozenset[str] = frozenset()

    # -- what was typed

    def in_order(self, name: str, present: list[str]) -> list[str]:
        """What was chosen, those already there first."""
        return in_order(self[name].data or [], present)

    def session_rows(self) -> list[dict]:
        """The fields of each session by name, with `title` as fields by language."""
        return [{name: self[f"session_{number}_{name}"] for name in ("id", "day", "starts", "ends", "hours", "room")}
                | {"title": self.texts(f"session_{number}_title")} for number in range(self.count)]

    def typed_sessions(self) -> list[dict]:
        """What was typed in the rows that have a day."""
        return [{name: row[name].data for name in ("id", "day", "starts", "ends", "hours", "room")}
                | {"title": {code: field.data for code, field in row["title"].items()}}
                for row in self.session_rows() if row["day"].data is not None]

    # -- whether it is right

    def validate(self, extra_validators=None):
        good = super().validate(extra_validators)
        good = all([self._title_is_there(), *map(self._session_is_good, self.session_rows()), *self._dates_are_good()]) and good
        if good and not self.typed_sessions():
            self.session_0_day.errors = [_l("An event has at least one session. Choose its day.")]
            return False
        return good

    def _title_is_there(self) -> bool:
        fields = list(self.texts("title").values())
        if not any(field.data for field in fields):
            fields[0].errors = [_l("Write the title in at least one language.")]
            return False
        return True

    def _session_is_good(self, row: dict) -> bool:
        if row["id"].data and row["id"].data not in self.session_ids:
            row["id"].data = ""
        typed = [row[name].data for name in ("day", "starts", "ends")]
        if not any(value is not None for value in typed):
            return not row["day"].errors
        for name in ("day", "starts", "ends"):
            if row[name].data is None and not row[name].errors:
                row[name].errors = [_l("Fill in this field.")]
        return _times_are_good(row["day"], row["starts"], row["ends"], self.timezone.data) if self.timezone.data in TIMEZONES else True

    def _dates_are_good(self) -> list[bool]:
        opens, closes = self.registration_opens, self.registration_closes
        if opens.data and closes.data and closes.data <= opens.data:
            closes.errors = [_l("Registration closes before it opens.")]
        if (self.capacity.data or 0) < (self.reserved_seats.data or 0) and self.capacity.data:
            self.reserved_seats.errors = [_l("There are fewer seats in all.")]
        for name in editing.MOMENTS:
            self._check_moment(self[name])
        return [not self[name].errors for name in (*editing.MOMENTS, "reserved_seats")]

    def _check_moment(self, field) -> None:
        if field.data is None or self.timezone.data not in TIMEZONES:
            return
        try:
            times.instant(field.data.date(), field.data.time(), self.timezone.data)
        except times.NoSuchTime:
            field.errors = [_l("The clocks change that night and skip this time. Choose another one.")]


def form_for(event: Event, organisers: list[tuple[str, str]]) -> EventForm:
    """The form with the values of an event; `organisers` as (id, name)."""
    count = EventForm.asked_rows("rows", MOST_SESSIONS) or max(len(event.sessions), 1)
    more = (code for column in TEXTS for code in getattr(event, column))
    codes = tuple(dict.fromkeys([*LANGUAGES, *event.organiser.languages, *more]))
    form = _with_fields(count, codes)(data=editing.values(event) | {"version": str(event.version)})
    form.rows.data = str(count)
    form.session_ids = frozenset(str(session.id) for session in event.sessions)
    form.organiser_id.choices = named(organisers)
    form.country.choices = [*offered([("", _l("None"))]), *country_choices(event.country)]
    for field, present in ((form.languages, event.languages), (form.interpretation, event.interpretation)):
        field.choices = offered([(code, language_name(code)) for code in dict.fromkeys([*WRITTEN_LANGUAGES, *present])])
    if event.timezone not in TIMEZONES:
        form.timezone.choices = [*form.timezone.choices, *named([(event.timezone, event.timezone)])]
    return form


def _with_fields(count: int, codes: tuple[str, ...]) -> type[EventForm]:
    fields: dict = {"count": count, "codes": codes}
    for column, (label, most) in TEXTS.items():
        for code in codes:
            fields[f"{column}_{code}"] = text_in(code, in_language(label, code), most, rows=0 if column == "title" else 5)
    for number in range(count):
        row = f"session_{number}_"
        fields |= {
            f"{row}id": HiddenField(), f"{row}day": DayField(_l("Day")), f"{row}starts": ClockField(_l("Begins at")),
            f"{row}ends": ClockField(_l("Ends at")), f"{row}hours": AmountField(_l("Training hours"), low=0, high=100, places=2, render_kw=DECIMAL),
            f"{row}room": StringField(_l("Room"), [at_most(120)], filters=[line])}
        fields |= {f"{row}title_{code}": text_in(code, in_language(_l("Name of the session"), code), 150) for code in codes}
    return type("EventFormWithRows", (EventForm,), fields)


class CancelEventForm(LanguagesForm):
    """Why an event is cancelled, in the languages of its participants."""


def cancel_form() -> CancelEventForm:
    """The form with a field of each language of the interface."""
    fields: dict = {f"reason_{code}": text_in(code, in_language(_("Why"), code), 1000, rows=3) for code in LANGUAGES}
    return type("CancelEventFormInLanguages", (CancelEventForm,), fields | {"codes": tuple(LANGUAGES)})()
