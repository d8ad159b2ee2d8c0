"""Files that a command names: read as text, or made anew, with a sentence for what can go wrong."""

from pathlib import Path

from rubric.errors import LeversError


class FileError(LeversError):
    """A file that cannot be read or made."""


def read_text(path: Path) -> str:
    """The UTF-8 text of the file at `path`; raises `FileError` that names it."""
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise FileError(f"{path}: the file cannot be read ({error.strerror or error}).") from error
    except UnicodeDecodeError as error:
        raise FileError(f"{path}: this is not UTF-8 text (byte {error.start}); save it as UTF-8.") from error


def write_new(path: Path, content: bytes) -> None:
    """Make a file at `path`; raises `FileError` where one stands already or none can be made."""
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise FileError(f"{path} is there already; choose another name, so that nothing is lost.") from error
    except OSError as error:
        raise FileError(f"{path}: the file cannot be written ({error.strerror or error}).") from error


def write_whole(path: Path, content: bytes) -> None:
    """Write the file at `path` whole or not at all, in place of one that is there; raises `FileError`."""
    if not path.name:
        raise FileError(f"{path}: this names no file; add a file name.")
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise FileError(f"{path}: the file cannot be written ({error.strerror or error}).") from error
