"""What the surroundings decide: the database, Slack's tokens and address, the default time zone, the clock file."""

import os
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read from the environment, where each name is written in capitals. Raises pydantic's ValidationError."""

    model_config = SettingsConfigDict(case_sensitive=False, extra="ignore")

    levers_database_url: str = "sqlite:///levers.db"
    levers_time_zone: str = "America/New_York"
    levers_clock_file: Path | None = None
    levers_fonts: str = ""
    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: str = Field(default="https://slack.com/api/")

    @field_validator("levers_time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"LEVERS_TIME_ZONE is {value!r}, which is no time zone; write one like America/Chicago")
        return value

    @property
    def fonts(self) -> tuple[Path, ...]:
        """More fonts for documents: files or folders, separated as in PATH."""
        return tuple(Path(one) for one in self.levers_fonts.split(os.pathsep) if one)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of schools that name none."""
        return ZoneInfo(self.levers_time_zone)
