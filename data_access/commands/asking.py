"""ask: a question through the same door and audit as the pages."""

from datetime import date
from typing import Annotated, Literal

import typer

from data_access.access.gateway import ask as ask_gateway
from data_access.access.gateway import gateway
from data_access.access.query import Query
from data_access.access.result import Protected, State
from data_access.access.viewer import viewer_named
from data_access.commands import output
from data_access.commands.operator import operator
from data_access.contract import contract
from data_access.errors import AsnError, InvalidQuery
from data_access.settings import settings
from data_access.words import mark as _
from data_access.words import number, text

Format = Literal["table", "csv", "json"]
SIGNS = {State.SUPPRESSED: "<10", State.UNAVAILABLE: "–"}


def ask(
    dataset: Annotated[str, typer.Argument(help="himpunan data, misalnya pegawai")],
    account: Annotated[str, typer.Option("--as", help="akun yang bertanya")],
    by: Annotated[str, typer.Option(help="dimensi, dipisah koma")] = "",
    where: Annotated[list[str] | None, typer.Option(help="saringan: dimensi=kode,kode (boleh berulang)")] = None,
    period: Annotated[str, typer.Option(help="tanggal acuan dipisah koma, latest, atau all")] = "latest",
    order: Annotated[Literal["kode", "nilai"], typer.Option(help="urutan baris")] = "kode",
    output_format: Annotated[Format, typer.Option("--format", help="bentuk keluaran")] = "table",
) -> None:
    """Tanyakan data terlindung sebagai sebuah akun."""
    asked = f"{dataset} --by {by} --where {' '.join(where or [])} --period {period}"
    try:
        viewer = viewer_named(account, settings(), operator=operator())
        filters = _filters(where or [])
        query = Query(dataset, tuple(n for n in by.split(",") if n), filters, _periods(period, dataset), order=order)
    except AsnError as error:
        gateway(settings()).refuse(account, asked, error)
        raise
    PRINTERS[output_format](ask_gateway(viewer, query))


def _filters(options: list[str]) -> dict[str, tuple[str, ...]]:
    """Codes by level; a level named twice keeps the codes of both."""
    found: dict[str, tuple[str, ...]] = {}
    for option in options:
        level, codes = _filter(option)
        found[level] = (*found.get(level, ()), *codes)
    return found


def _filter(option: str) -> tuple[str, tuple[str, ...]]:
    level, equals, codes = option.partition("=")
    if not equals:
        template = _("Saringan {filter} keliru: tulis dimensi=kode,kode.")
        raise InvalidQuery("filter-form", template, filter=option)
    return level, tuple(code for code in codes.split(",") if code)


def _periods(option: str, dataset: str) -> tuple[date, ...]:
    if option == "latest":
        return ()
    if option == "all":
        return gateway(settings()).reader().periods(dataset)
    try:
        return tuple(date.fromisoformat(part) for part in option.split(","))
    except ValueError as error:
        template = _("Periode {period} keliru: tulis tanggal seperti 2025-11-01, latest, atau all.")
        raise InvalidQuery("period-form", template, period=option) from error


def _print_table(result: Protected) -> None:
    language = settings().language
    names = [axis.labels(language) for axis in result.axes]
    headings = [_("Tanggal acuan"), *(axis.label.text(language) for axis in result.axes), _("Jumlah")]
    rows = [
        (row[0], *(labels[code] for labels, code in zip(names, row[1:-2], strict=True)), _cell(row[-2], row[-1]))
        for row in result.frame.iter_rows()
    ]
    if result.source.example:
        output.say(_("DATA CONTOH – bukan angka sebenarnya."))
    output.table(headings, rows)
    output.say(_note(result), release=result.source.release)


def _cell(value: int | None, state: str) -> str:
    return SIGNS[State(state)] if value is None or state in SIGNS else number(value, settings().language)


def _note(result: Protected) -> str:
    if contract().datasets[result.source.dataset].exact:
        return _("Angka tepat: datanya tentang formasi dan instansi, bukan orang. Rilis {release}.")
    if result.official:
        return _("Angka resmi. Rilis {release}.")
    return _(
        "Angka terlindung, dibulatkan ke kelipatan 5; <10 ditekan. "
        "Penjumlahan rincian dapat berbeda dari totalnya. Rilis {release}."
    )


def _print_csv(result: Protected) -> None:
    head = [f"# {text(_note(result), settings().language, release=result.source.release)}"]
    head += [f"# DATA CONTOH ({output.word(_('Semua angka rekaan.'))})"] if result.source.example else []
    typer.echo("\n".join(head) + "\n" + result.frame.write_csv(), nl=False)


def _print_json(result: Protected) -> None:
    """One JSON object per row (NDJSON), led by one with the source."""
    source = result.source
    typer.echo(
        f'{{"dataset":"{source.dataset}","release":"{source.release}","example":{str(source.example).lower()},'
        f'"official":{str(result.official).lower()},"query":{result.query}}}'
    )
    typer.echo(result.frame.write_ndjson(), nl=False)


PRINTERS = {"table": _print_table, "csv": _print_csv, "json": _print_json}
