"""Every block of a table is a question of its own within the scope; measures are made of answers; the nearest view answers."""

from functools import partial
from itertools import permutations

import pytest

from data_access.access.offered import hindrance
from data_access.access.query import Query
from data_access.access.result import Kind, Protected
from data_access.access.scope import Scope, scope
from data_access.contract import contract
from data_access.errors import InvalidQuery
from reports import pivot
from reports.pivot import Order, Piece
from tests.charts.factory import protected
from tests.world import EARLY, LATE, MIDDLE, OWN, World
from ui.exploring.measures import MEASURES
from ui.exploring.nearest import Lattice, nearest
from ui.exploring.questions import Asker, blocks
from ui.exploring.view import View

HELD = (EARLY, MIDDLE, LATE)
HOME = {"provinsi": OWN}


def asker(world: World, view: View, account: str = "analis") -> Asker:
    return Asker(view, partial(world.gateway().ask, world.viewer(account)), HELD)


def lattice(world: World) -> Lattice:
    return Lattice(HELD, world.gateway().reader().admitted("pegawai"))


def test_blocks_are_the_cells_every_subtotal_and_the_total() -> None:
    view = View(rows=("provinsi", "status"), columns="jenis_kelamin")
    assert [piece.levels for piece in blocks(view)] == [
        ("provinsi", "status", "jenis_kelamin"),
        ("provinsi", "status"),
        ("provinsi", "jenis_kelamin"),
        ("provinsi",),
        ("jenis_kelamin",),
        (),
    ]


def test_a_total_is_the_answer_to_its_own_question(world: World) -> None:
    view = View(rows=("status",), columns="golongan", filters={"jenis_kelamin": ("P",)})
    pieces = asker(world, view).pieces()
    for piece, found in pieces.items():
        alone = world.gateway().ask(world.viewer("analis"), Query("pegawai", piece.levels, view.filters))
        assert found.frame.equals(alone.frame)


OF_PERSONS = [name for name, way in MEASURES.items() if way.extra in ("", *contract().datasets["pegawai"].levels)]


# Those of posts and indices: tests/pages/test_yearly.
@pytest.mark.parametrize("measure", OF_PERSONS)
def test_every_measure_answers_for_every_block(world: World, measure: str) -> None:
    view = View(rows=("provinsi",), columns="status", measure=measure)
    pieces = asker(world, view).pieces()
    assert set(pieces) == set(blocks(view))
    for piece, found in pieces.items():
        assert tuple(axis.level for axis in found.axes) == piece.levels
        assert measure == "jumlah" or found.measure.kind != Kind.PERSONS


def test_shares_have_the_denominator_that_they_name(world: World) -> None:
    cell = Piece(("provinsi",), ("status",))
    row, column = Piece(("provinsi",)), Piece((), ("status",))

    def share(measure: str, piece: Piece) -> float:
        found = asker(world, View(rows=("provinsi",), columns="status", measure=measure)).pieces()[piece]
        shown = found.frame.filter(provinsi="33") if "provinsi" in piece.levels else found.frame
        shown = shown.filter(status="PNS") if "status" in piece.levels else shown
        return float(shown["nilai"][0])

    def number(*levels: str) -> int:
        where = {level: {"provinsi": ["33"], "status": ["PNS"]}[level] for level in levels}
        return int(world.gateway().ask(world.viewer("analis"), Query("pegawai", (), where)).frame["nilai"][0])

    both = number("provinsi", "status")
    assert share("pangsa-baris", cell) == pytest.approx(both / number("provinsi"))
    assert share("pangsa-kolom", cell) == pytest.approx(both / number("status"))
    assert share("pangsa-total", cell) == pytest.approx(both / number())
    assert share("pangsa-baris", row) == 1
    assert share("pangsa-kolom", column) == 1


def test_the_rest_is_asked_with_the_codes_that_are_left(world: World) -> None:
    view = View(rows=("provinsi",), top=5)
    found = asker(world, view)
    pieces = found.pieces()
    rest = pivot.layout(pieces, Order(top=5)).rest
    alone = world.gateway().ask(world.viewer("analis"), Query("pegawai", (), {"provinsi": rest}))
    assert found.rest(rest)[Piece()].frame.equals(alone.frame)


def test_a_change_is_that_of_the_chosen_dates(world: World) -> None:
    view = View(rows=("status",), measure="selisih", against=EARLY)
    found = asker(world, view).pieces()[Piece()]
    now, before = (
        world.gateway().ask(world.viewer("analis"), Query("pegawai", periods=(day,))).frame["nilai"][0]
        for day in (LATE, EARLY)
    )
    assert found.frame["nilai"][0] == now - before


def test_three_levels_are_drawn_by_two(world: World) -> None:
    view = View(rows=("provinsi", "status"), columns="jenis_kelamin")
    assert drawn_levels(asker(world, view)) == ["provinsi", "jenis_kelamin"]


def drawn_levels(found: Asker) -> list[str]:
    drawn = found.drawn(found.pieces())
    return [axis.level for axis in drawn.axes] if drawn else []


def test_where_the_first_level_needs_its_place_the_second_is_drawn(world: World) -> None:
    view = View(rows=("umur_5", "provinsi"), columns="status")
    found = asker(world, view, "wilayah")
    assert Piece(("umur_5",), ("status",)) not in found.pieces()
    assert drawn_levels(found) == ["provinsi", "status"]


def test_every_admitted_triple_of_a_viewer_limited_to_places_is_drawn_or_a_table_alone(world: World) -> None:
    reach, held = scope(world.viewer("wilayah"), "pegawai"), lattice(world)

    def ask(query: Query) -> Protected:
        reason = hindrance(query, reach, (LATE,), held.admitted)
        if reason:
            raise InvalidQuery(reason, "")
        return protected(query.by, members={level: reach.members(level)[:2] for level in query.by})

    drawn = set()
    for rows, columns in triples(reach):
        view = View(rows=rows, columns=columns)
        if held.against(view, reach):
            continue
        levels = drawn_levels(Asker(view, ask, HELD))
        assert levels in ([rows[0], columns], [rows[1], columns], [])
        drawn.add(rows.index(levels[0]) if levels else None)
    assert drawn >= {0, 1}


def triples(reach: Scope) -> list[tuple[tuple[str, str], str]]:
    return [((one, other), column) for one, other, column in permutations(sorted(reach.levels), 3)]


@pytest.mark.parametrize(
    ("account", "view"),
    [
        ("analis", View(rows=("instansi",), columns="tahun_bup")),
        ("analis", View(rows=("instansi", "pendidikan"), columns="golongan_ruang", filters={"status": ("PNS",)})),
        ("tim-data", View(rows=("status", "golongan"), columns="jenis_kelamin")),
        ("wilayah", View(rows=("status",), columns="golongan_ruang")),
        ("wilayah", View(rows=("golongan_ruang", "pendidikan"), columns="jenjang", filters=HOME, measure="perempuan")),
    ],
    ids=str,
)
def test_the_nearest_views_answer_and_stay_within_reach(world: World, account: str, view: View) -> None:
    with pytest.raises(InvalidQuery):
        asker(world, view, account).pieces()
    reach = scope(world.viewer(account), "pegawai")
    found = nearest(view, reach, lattice(world))
    assert found
    for near in found:
        assert set(near.view.needed) <= reach.levels
        assert asker(world, near.view, account).pieces()
    assert len({str(near.view.params()) for near in found}) == len(found)
