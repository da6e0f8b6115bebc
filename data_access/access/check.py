"""Checks a question against contract and scope before anything is compiled. Hidden and unknown names get the same answer."""

from datetime import date

from data_access.access.plan import free_dimensions
from data_access.access.query import Query
from data_access.access.scope import Scope
from data_access.contract import contract
from data_access.errors import InvalidQuery, Refused
from data_access.words import mark as _

MAX_BY = 3


def check(query: Query, scope: Scope) -> None:
    """Raises Refused for a name or code outside the scope, InvalidQuery for a question that has no meaning."""
    dataset = contract().datasets[scope.dataset]
    for level in (*query.by, *query.filters):
        if level not in scope.levels:
            raise Refused("level-unknown", _("Dimensi {level} tidak tersedia untuk Anda."), level=level)
    if query.measure != dataset.measure:
        raise Refused("measure-unknown", _("Ukuran {measure} tidak tersedia untuk Anda."), measure=query.measure)
    if query.order not in ("kode", "nilai"):
        raise InvalidQuery(
            "order-unknown", _("Urutan {order} tidak dikenal: pilih kode atau nilai."), order=query.order
        )
    _check_size(query, scope)
    _check_apart(query, scope)
    for level, codes in query.filters.items():
        _check_codes(level, codes, scope)


def chosen_periods(query: Query, held: tuple[date, ...]) -> tuple[date, ...]:
    """The reference dates asked for, the latest if none is named; InvalidQuery for one that is not held, or if none is."""
    if not held:
        template = _("Belum ada snapshot himpunan data {dataset} pada rilis ini.")
        raise InvalidQuery("period-none", template, dataset=contract().datasets[query.dataset].label)
    for day in query.periods:
        if day not in held:
            template = _("Tidak ada snapshot untuk {day}. Snapshot terbaru: {latest}.")
            raise InvalidQuery("period-unknown", template, day=day, latest=held[-1])
    return query.periods or held[-1:]


def _check_size(query: Query, scope: Scope) -> None:
    dataset = contract().datasets[scope.dataset]
    crossed = [dataset.dimension_of[level] for level in query.by]
    if len(crossed) != len(set(crossed)):
        template = _("Satu dimensi hanya dapat dipakai sekali: pilih satu tingkat untuk setiap dimensi.")
        raise InvalidQuery("dimension-twice", template)
    used = free_dimensions(dataset, (*query.by, *query.filters))
    limit = min(MAX_BY, scope.max_dims)
    # A filter is a dimension too: asked code by code, it would rebuild the larger table. A place comes on top.
    if max(len(crossed), len(used)) > limit:
        template = _("Terlalu banyak dimensi: paling banyak {limit} sekaligus untuk peran Anda.")
        raise InvalidQuery("too-many-dimensions", template, limit=limit)


def _check_apart(query: Query, scope: Scope) -> None:
    """Codes that count different things are named one at a time, or crossed."""
    dataset = contract().datasets[scope.dataset]
    for level in dataset.apart:
        if level not in query.by and len(query.filters.get(level, ())) != 1:
            template = _("Pilih satu {level}, atau sertakan di baris atau kolom: angkanya tidak dapat dijumlahkan.")
            raise InvalidQuery("level-needed", template, level=dataset.levels[level].label)


def _check_codes(level: str, codes: tuple[str, ...], scope: Scope) -> None:
    if not codes:
        raise InvalidQuery("filter-empty", _("Saringan {level} kosong: pilih paling sedikit satu kode."), level=level)
    reach = set(scope.members(level))
    for code in codes:
        if code not in reach:
            template = _("Kode {code} tidak tersedia untuk Anda pada dimensi {level}.")
            raise Refused("code-unknown", template, code=code, level=level)
