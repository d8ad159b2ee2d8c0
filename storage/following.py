"""What people asked of the follow-up, kept: preferences, absences, departures, and the next session's day."""

from datetime import date, datetime

from planning.preferences import Preferences, Topic
from storage.tables.following import absences, departures, looks, preferences, session_days
from storage.view import View


class Following:
    """The preferences and absences of one workspace's people."""

    def __init__(self, view: View) -> None:
        self._view = view

    def preferences(self, person: str) -> Preferences:
        """What `person` chose, or the defaults."""
        for row in self._view.rows(preferences, person=person):
            return Preferences(person, row.digest_weekday, row.digest_at, frozenset(map(Topic, row.declined)))
        return Preferences(person)

    def save_preferences(self, chosen: Preferences) -> None:
        """Keep what a person chose."""
        self._view.upsert(
            preferences,
            {
                "person": chosen.person,
                "digest_weekday": chosen.digest_weekday,
                "digest_at": chosen.digest_at,
                "declined": sorted(topic.value for topic in chosen.declined),
            },
        )

    def away_until(self, person: str) -> date | None:
        """The local date on which `person` is back, or None where they are not away."""
        return next((row.until for row in self._view.rows(absences, person=person)), None)

    def set_away(self, person: str, until: date | None) -> None:
        """Keep that `person` is away until that local date; None where they are back."""
        if until is None:
            self._view.delete_rows(absences, person=person)
        else:
            self._view.upsert(absences, {"person": person, "until": until})

    def departed(self, person: str) -> bool:
        """Whether the account of `person` is deactivated."""
        return bool(self._view.rows(departures, person=person))

    def set_departed(self, person: str, at: datetime | None) -> None:
        """Keep that the account of `person` was found deactivated at `at`; None where it is active again."""
        if at is None:
            self._view.delete_rows(departures, person=person)
        else:
            self._view.upsert(departures, {"person": person, "at": at}, keep=("at",))

    def session_day(self, school: str) -> date | None:
        """The day of the next session of `school`, where somebody has set it."""
        return next((row.day for row in self._view.rows(session_days, school_id=school)), None)

    def set_session_day(self, school: str, day: date, by: str) -> None:
        """Keep the day of the next session of `school`."""
        self._view.upsert(session_days, {"school_id": school, "day": day, "set_by": by})

    def looked(self, person: str, today: date) -> date | None:
        """The day (UTC) before `today` on which `person` last looked at their schools, None where they never did."""
        found = (row.before if row.day == today else row.day for row in self._view.rows(looks, person=person))
        return next(found, None)

    def look(self, person: str, today: date) -> None:
        """Keep that `person` looks at their schools on `today` (UTC)."""
        before = self.looked(person, today)
        self._view.upsert(looks, {"person": person, "day": today, "before": before})
