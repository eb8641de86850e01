"""Fields of the forms about events: times of day, and moments in the zone of the event."""

from __future__ import annotations

import re
from datetime import datetime, time

from flask_babel import lazy_gettext as _l
from wtforms import StringField, widgets


class ClockField(StringField):
    """A time of day, typed as 14:00, 14.00 or picked; empty is None."""

    widget = widgets.TimeInput()

    def process_formdata(self, valuelist):
        text = (valuelist or [""])[0].strip()
        self.data = None
        if not text:
            return
        found = re.fullmatch(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(?::[0-9]{2})?", text, re.ASCII)
        if found is None:
            raise ValueError(_l("Write the time as hours and minutes, for example 14:00."))
        self.data = time(int(found[1]), int(found[2]))

    def _value(self):
        if self.raw_data:
            return self.raw_data[0]
        return "" if self.data is None else self.data.strftime("%H:%M")


class MomentField(StringField):
    """A day and a time of day in the time zone of the event, without saying the zone; empty is None."""

    widget = widgets.DateTimeLocalInput()

    def process_formdata(self, valuelist):
        text = (valuelist or [""])[0].strip()
        self.data = None
        if not text:
            return
        try:
            found = datetime.fromisoformat(text.replace(" ", "T")) if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}", text) else None
        except ValueError:
            found = None
        if found is None or found.tzinfo is not None or not 1900 <= found.year <= 2100:
            raise ValueError(_l("Write the day and time as 2027-01-28 14:00."))
        self.data = found.replace(second=0, microsecond=0)

    def _value(self):
        if self.raw_data:
            return self.raw_data[0]
        return "" if self.data is None else self.data.strftime("%Y-%m-%dT%H:%M")
