"""What `levers import` says: refusals and warnings as they come, and a summary at the end."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from bot.cli.importing import ImportLine

_ROWS_NAMED = 10


@dataclass
class ImportReport:
    """Counts lines as they go by. `file` is how the sentences call the file."""

    file: str
    outcomes: Counter[str] = field(default_factory=Counter)
    ratings: int = 0
    skipped: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def sentences(self, line: ImportLine) -> list[str]:
        """Take `line` in; the sentences that it puts on standard error, if any."""
        self.outcomes[line.outcome] += 1
        if line.outcome in ("imported", "replaced"):
            self.ratings += line.ratings
        said = line.warning
        if line.outcome == "skipped":
            self.skipped[line.reason or ""].append(line.row)
        if line.outcome == "refused":
            said = line.reason
        kind = "refused" if line.outcome == "refused" else "warning"
        return [f"{kind}: {self.file}, {sentence}" for sentence in (said or "").splitlines()]

    @property
    def any_kept(self) -> bool:
        """Whether anything went in."""
        return bool(self.outcomes["imported"] or self.outcomes["replaced"])

    @property
    def any_refused(self) -> bool:
        """Whether a review was refused."""
        return bool(self.outcomes["refused"])

    def summary(self, dry_run: bool) -> list[str]:
        """The lines that close the import."""
        will = "would be " if dry_run else ""
        counts = self.outcomes
        lines = [
            f"{_many(counts['imported'], 'review')} {will}imported, {counts['unchanged']:,} unchanged, "
            f"{counts['replaced']:,} {will}replaced, {counts['refused']:,} refused, {counts['skipped']:,} skipped; "
            f"{_many(self.ratings, 'rating')} {will}stored."
        ]
        for reason, rows in self.skipped.items():
            named = ", ".join(str(row) for row in rows[:_ROWS_NAMED])
            more = f" and {len(rows) - _ROWS_NAMED:,} more" if len(rows) > _ROWS_NAMED else ""
            lines.append(f"Skipped {len(rows):,}: {reason} ({'row' if len(rows) == 1 else 'rows'} {named}{more}).")
        if dry_run:
            lines.append("Nothing was written: this was a dry run.")
        elif counts["imported"] or counts["replaced"]:
            lines.append("Imported reviews are held: their teams see nothing of them until they are released.")
        return lines


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
