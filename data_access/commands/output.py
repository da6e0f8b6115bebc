"""What the command line prints: tables, progress, findings, and the sentence behind a refusal."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from data_access.errors import AsnError
from data_access.intake.findings import Finding
from data_access.settings import settings
from data_access.words import mark as _
from data_access.words import text

WIDE = 240  # into a file or a pipe nothing is broken at the width of a screen
out = Console(width=None if sys.stdout.isatty() else WIDE)
err = Console(stderr=True)
MARKS = {"error": "[red]✗[/red]", "warning": "[yellow]![/yellow]", "info": "[cyan]i[/cyan]"}
FINDINGS_SHOWN = 50


def say(msgid: str, **facts: object) -> None:
    """A sentence in the language of the command line."""
    line(text(msgid, settings().language, **facts))


def line(sentence: str) -> None:
    """A sentence that is already in the language of the command line."""
    out.print(sentence, markup=False, highlight=False, soft_wrap=True)


def warn(msgid: str, **facts: object) -> None:
    """A sentence on standard error: what was done is not all that was wanted."""
    err.print(text(msgid, settings().language, **facts), style="red", markup=False, highlight=False, soft_wrap=True)


def word(msgid: str) -> str:
    return text(msgid, settings().language)


def refusing(app: typer.Typer) -> int:
    """Runs the command line; an expected failure is one sentence on standard error and exit code 1."""
    try:
        app(standalone_mode=True)
    except AsnError as error:
        err.print(error.sentence(settings().language), style="red", markup=False, highlight=False, soft_wrap=True)
        return 1
    except ValidationError as error:
        names = ", ".join(f"ASN_{'_'.join(map(str, one['loc'])).upper()}" for one in error.errors())
        err.print(
            text(_("Setelan keliru: {names}. Lihat docs/reference.md."), "id", names=names), style="red", markup=False
        )
        return 1
    except OSError as error:
        sentence = text(
            _("Berkas atau folder tidak dapat dipakai: {reason}. Periksa izin dan ruang disk."),
            settings().language,
            reason=error.strerror,
        )
        err.print(sentence, style="red", markup=False, highlight=False, soft_wrap=True)
        return 1
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0


def table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table with headings in the language of the command line; numbers to the right."""
    drawn = Table(show_lines=False, header_style="bold")
    numeric = [bool(rows) and all(isinstance(row[i], int) for row in rows) for i in range(len(headings))]
    for heading, right in zip(headings, numeric, strict=True):
        drawn.add_column(word(heading), justify="right" if right else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*("" if cell is None else str(cell) for cell in row))
    out.print(drawn, markup=False)


def findings(found: Sequence[Finding]) -> None:
    """Each finding with where it is; beyond the first ones only their number."""
    for finding in found[:FINDINGS_SHOWN]:
        place = ":".join(str(part) for part in (finding.file, finding.row, finding.column) if part not in ("", None))
        value = f" [{finding.value}]" if finding.value else ""
        out.print(MARKS[finding.severity], end=" ")
        line = f"{place}{' ' if place else ''}{finding.sentence(settings().language)}{value} ({finding.rule})"
        out.print(line, markup=False, highlight=False, soft_wrap=True)
    if len(found) > FINDINGS_SHOWN:
        say("… dan {count} temuan lain.", count=len(found) - FINDINGS_SHOWN)


@contextmanager
def progress() -> Iterator[Callable[[str, float], None]]:
    """A bar on standard error that names the step and how far it is."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("", total=1.0)

        def moved(step: str, share: float) -> None:
            bar.update(task, description=word(step), completed=share)

        yield moved
