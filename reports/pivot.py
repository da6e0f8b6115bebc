"""A pivot table from its blocks: cells, subtotals and totals, each a protected answer of its own, put side by side.

Order and top N follow displayed values. Nothing is added up here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from data_access.access.result import Axis, Kind, Protected, State
from data_access.words import mark as _
from data_access.words import short_day, text
from reports import origin
from reports.table import Row, Table, TableCell, table_cell

BY_TOTAL = "total"
LONG = 40  # rows from which those without any number are left out
Place = tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """A block of the table: the levels on its rows and on its columns; fewer levels are subtotals and totals."""

    rows: Place = ()
    columns: Place = ()

    @property
    def levels(self) -> Place:
        return self.rows + self.columns


Pieces = Mapping[Piece, Protected]
Cells = Mapping[tuple[Piece, date, Place], TableCell]


@dataclass(frozen=True)
class Order:
    """`sort`: empty (order of the code list), `BY_TOTAL`, or a code of the columns; `top` 0: all members of the first level."""

    sort: str = ""
    top: int = 0


@dataclass(frozen=True)
class Layout:
    """The members on rows and columns, in order; `rest` are the codes of the first level that the top leaves out."""

    rows: tuple[Axis, ...]
    columns: Axis | None
    periods: tuple[date, ...]
    rest: Place = ()

    @property
    def by_date(self) -> bool:
        """Dates stand side by side; beside a level on the columns they stand on the rows instead."""
        return len(self.periods) > 1 and self.columns is None

    @property
    def row_dates(self) -> tuple[date, ...]:
        return self.periods if self.columns else self.periods[-1:]

    @property
    def side(self) -> Place:
        return (self.columns.level,) if self.columns else ()

    @property
    def levels(self) -> Place:
        return tuple(axis.level for axis in self.rows)


def layout(pieces: Pieces, order: Order) -> Layout:
    """What stands where. `pieces` holds the body, and the totals that are published."""
    body = max(pieces, key=lambda piece: len(piece.levels))
    axes = {axis.level: axis for axis in pieces[body].axes}
    periods = tuple(sorted(set(pieces[body].frame["periode"].to_list())))
    rows = [axes[level] for level in body.rows]
    if order.sort or order.top:
        rows[0] = _by_size(rows[0], _sizes(pieces, body, order, periods[-1]))
    rest: Place = ()
    # A rest of one member would be that member without its name.
    if order.top and len(rows[0].members) > order.top + 1:
        rest = tuple(code for code, _label in rows[0].members[order.top :])
        rows[0] = replace(rows[0], members=rows[0].members[: order.top])
    return Layout(tuple(rows), axes[body.columns[0]] if body.columns else None, periods, rest)


@dataclass(frozen=True)
class Line:
    """A row of the table with the place of its cells: a date and the codes of its levels (None: the group of the rest)."""

    row: Row
    day: date
    codes: Place | None


@dataclass(frozen=True)
class Pivot:
    """The table, what stands where, and where each of its rows comes from."""

    table: Table
    shape: Layout
    lines: tuple[Line, ...]

    def place(self, row: int, column: int) -> tuple[date, dict[str, str]] | None:
        """The date and the codes by level of one cell; `column` counts the cells of a row. None in the group of the rest."""
        line, members = self.lines[row], self.shape.columns.members if self.shape.columns else ()
        if line.codes is None:
            return None
        found = dict(zip(self.shape.levels, line.codes, strict=False))
        if self.shape.columns and column < len(members):
            found[self.shape.columns.level] = members[column][0]
        return (self.shape.periods[column] if self.shape.by_date else line.day), found


def table(pieces: Pieces, rest: Pieces, order: Order, language: str, *, title: str) -> Pivot:
    """The table of a view. `rest` holds the blocks of the members outside the top, keyed like the totals."""
    shape = layout(pieces, order)
    body = pieces[Piece(shape.levels, shape.side)]
    cells, kind = _cells(pieces, language), body.measure.kind
    rows = list(_body(shape, pieces, cells, order, language, kind))
    if rest:
        words = text(_("{count} lainnya"), language, count=len(shape.rest))
        others = _closing(shape, _cells(rest, language), words, language, kind, total=False)
        rows += [replace(line, codes=None) for line in others]
    rows += _closing(shape, cells, _total_word(kind, language), language, kind, total=True)
    kept, notes = _with_numbers(rows, language)
    if not body.official and any(piece.official for piece in pieces.values()):
        notes = (text(_("Sebagian jumlah adalah angka resmi, tepat sampai orang terakhir."), language), *notes)
    notes = (origin.protection(body, language), *notes)
    filters, heads = origin.filters(body, language), (_heads(shape, body, language),)
    return Pivot(Table(title, filters, heads, tuple(line.row for line in kept), notes), shape, kept)


def _by_size(axis: Axis, sizes: Mapping[Place, float], above: Place = ()) -> Axis:
    """The axis with the largest displayed value first; what is not shown comes last, in the order of the code list."""
    ordered = sorted(axis.members, key=lambda member: -sizes.get((*above, member[0]), float("-inf")))
    return replace(axis, members=tuple(ordered))


def _sizes(pieces: Pieces, body: Piece, order: Order, day: date, depth: int = 1) -> dict[Place, float]:
    """Codes of the first `depth` levels on the rows -> the displayed value that they are ordered by."""
    column = order.sort if body.columns and order.sort not in ("", BY_TOTAL) else ""
    piece = Piece(body.rows[:depth], body.columns if column else ())
    if piece not in pieces:
        return {}
    rows = pieces[piece].frame.select("periode", "keadaan", "nilai", *piece.levels).iter_rows()
    shown = [(value, codes) for period, state, value, *codes in rows if (period, state) == (day, State.SHOWN)]
    return {tuple(codes[:depth]): value for value, codes in shown if not column or codes[-1] == column}


def _cells(pieces: Pieces, language: str) -> dict[tuple[Piece, date, Place], TableCell]:
    found = {}
    for piece, result in pieces.items():
        base = ["dasar"] if "dasar" in result.frame.columns else []
        for day, value, state, *codes in result.frame.select(
            "periode", "nilai", "keadaan", *piece.levels, *base
        ).iter_rows():
            whole = codes.pop() if base else None
            found[piece, day, tuple(codes)] = table_cell(value, state, result.measure, language, whole)
    return found


def _body(shape: Layout, pieces: Pieces, cells: Cells, order: Order, language: str, kind: Kind) -> Iterator[Line]:
    sizes = _sizes(pieces, Piece(shape.levels, shape.side), order, shape.periods[-1], len(shape.rows))
    for day in shape.row_dates:
        dated = _dated(shape, day, language)
        for code, label in shape.rows[0].members:
            head = label.text(language)
            if len(shape.rows) == 1:
                yield Line(Row((*dated, head), _line(shape, cells, (code,), day, kind)), day, (code,))
                continue
            inner = _by_size(shape.rows[1], sizes, (code,)) if order.sort or order.top else shape.rows[1]
            for under, name in inner.members:
                row = Row((*dated, head, name.text(language)), _line(shape, cells, (code, under), day, kind))
                yield Line(row, day, (code, under))
            word = _total_word(kind, language)
            yield Line(Row((*dated, head, word), _line(shape, cells, (code,), day, kind), total=True), day, (code,))


def _closing(shape: Layout, cells: Cells, words: str, language: str, kind: Kind, *, total: bool) -> Iterator[Line]:
    """One row per date without levels on the rows: the total, or the rest."""
    blank = ("",) * (len(shape.rows) - 1)
    for day in shape.row_dates:
        heads = (*_dated(shape, day, language), words, *blank)
        yield Line(Row(heads, _line(shape, cells, (), day, kind), total=total), day, ())


def _line(shape: Layout, cells: Cells, codes: Place, day: date, kind: Kind) -> tuple[TableCell, ...]:
    """The cells of one row, the total of the row last where there are columns."""
    missing = TableCell("–", None, kind)
    levels = shape.levels[: len(codes)]
    if shape.by_date:
        return tuple(cells.get((Piece(levels), day, codes), missing) for day in shape.periods)
    members = shape.columns.members if shape.columns else ()
    across = [cells.get((Piece(levels, shape.side), day, (*codes, code)), missing) for code, _label in members]
    return (*across, cells.get((Piece(levels), day, codes), missing))


def _dated(shape: Layout, day: date, language: str) -> Place:
    return (short_day(day, language),) if len(shape.row_dates) > 1 else ()


def _heads(shape: Layout, body: Protected, language: str) -> Place:
    dated = (text(_("Tanggal acuan"), language),) if len(shape.row_dates) > 1 else ()
    left = (*dated, *(axis.label.text(language) for axis in shape.rows))
    if shape.by_date:
        return (*left, *(short_day(day, language) for day in shape.periods))
    if shape.columns is None:
        return (*left, body.measure.label.text(language))
    names = tuple(label.text(language) for _code, label in shape.columns.members)
    axis = shape.columns.label.text(language)
    apart = tuple(f"{name} ({axis})" if name in left or names.count(name) > 1 else name for name in names)
    return (*left, *apart, _total_word(body.measure.kind, language))


def _total_word(kind: Kind, language: str) -> str:
    """What stands at the head of a total: persons are counted together, a mean or a share is one of all."""
    return text(_("Jumlah") if kind in (Kind.PERSONS, Kind.CHANGE) else _("Semua"), language)


def _with_numbers(lines: list[Line], language: str) -> tuple[tuple[Line, ...], Place]:
    """The rows; of a long table without those that hold no number, and a note that says so."""
    kept = [line for line in lines if line.row.total or any(cell.value is not None for cell in line.row.cells)]
    left_out = len(lines) - len(kept)
    if len(lines) <= LONG or not left_out:
        return tuple(lines), ()
    note = _("{count} baris tanpa angka (semua selnya <10 atau –) tidak ditampilkan.")
    return tuple(kept), (text(note, language, count=left_out),)
