"""The map's layout and what a tile shows."""

from charts import tiles
from charts.places import edges, places, regions
from charts.theme import CLEAR, LIGHT
from data_access.access.result import State
from data_access.contract import contract
from tests.charts.factory import protected

VALUES: dict[str, int | State] = {
    "32": 1_200_000,
    "11": 345_000,
    "12": State.SUPPRESSED,
    "13": State.UNAVAILABLE,
    "99": 1_235,
    "14": 995,
}


def province(place: str) -> int:
    return [one.code for one in places()].index(place)


def test_each_of_the_38_provinces_has_one_tile_of_its_own() -> None:
    codes = [place.code for place in places()]
    known = set(contract().datasets["pegawai"].levels["provinsi"].by_code) - {"99"}
    assert sorted(codes) == sorted(known)
    assert len(codes) == len({(p.column, p.row) for p in places()}) == len({p.label for p in places()}) == 38


def test_the_archipelago_lies_as_on_the_map() -> None:
    at = {place.code: place for place in places()}
    assert at["11"].column < at["31"].column < at["35"].column < at["51"].column < at["53"].column < at["93"].column
    assert at["65"].row < at["63"].row < at["33"].row  # north Kalimantan, south Kalimantan, Java
    assert at["61"].column < at["73"].column < at["81"].column < at["96"].column + 1  # Kalimantan to Papua
    assert {at[code].column for code in ("91", "92", "93", "94", "95", "96")} <= {10, 11, 12}


def test_tiles_carry_letters_and_value_and_the_name_in_the_hover_text() -> None:
    result = protected(["provinsi"], lambda _period, codes: VALUES.get(codes[0], 5_000))
    tile = tiles.provinces(result, language="id").data[0]
    assert "JBR" in tile.text[province("32")]
    assert "1,2jt" in tile.text[province("32")]
    assert "995" in tile.text[province("14")]
    assert tile.hovertext[province("32")] == "<b>Jawa Barat</b><br>31 Des 2025<br>1.200.000 orang"


def test_suppressed_is_hatched_and_not_available_is_blank() -> None:
    result = protected(["provinsi"], lambda _period, codes: VALUES.get(codes[0], 5_000))
    tile = tiles.provinces(result, language="id").data[0]
    for code, word, shape in (("12", "&lt;10", "/"), ("13", "–", "")):
        assert word in tile.text[province(code)]
        assert tile.marker.color[province(code)] == CLEAR
        assert tile.marker.pattern.shape[province(code)] == shape


def test_the_largest_has_the_full_colour() -> None:
    result = protected(["provinsi"], lambda _period, codes: VALUES.get(codes[0], 5_000))
    tile = tiles.provinces(result, language="id").data[0]
    assert tile.marker.color[province("32")] == LIGHT.sequential[-1]


def test_abroad_is_told_in_a_note() -> None:
    result = protected(["provinsi"], lambda _period, codes: VALUES.get(codes[0], 5_000))
    note = tiles.provinces(result, language="id").layout.annotations[0].text
    assert "Luar negeri (tidak di peta): 1.235." in note.replace("<br>", " ")


def test_provinces_out_of_reach_are_empty_tiles() -> None:
    tile = tiles.provinces(protected(["provinsi"], members={"provinsi": ["51"]}), language="id").data[0]
    assert tile.text[province("32")] == "JBR"
    assert "di luar pilihan atau cakupan Anda" in tile.hovertext[province("32")]
    assert [colour for colour in tile.marker.color if colour != CLEAR] == [LIGHT.sequential[-1]]


def test_every_province_belongs_to_a_named_group_of_islands() -> None:
    assert {place.region for place in places()} == {region.key for region in regions()}
    assert {place.region for place in places() if place.code.startswith("9")} == {"papua"}
    assert {place.region for place in places() if place.code.startswith("5")} == {"nusa"}


def test_outlines_run_round_the_groups_and_not_within_them() -> None:
    bali, aceh = (next(place for place in places() if place.code == code) for code in ("51", "11"))
    assert (bali.column - 0.5, bali.row - 0.5, bali.column - 0.5, bali.row + 0.5) in edges()  # Java ends here
    assert (bali.column + 0.5, bali.row - 0.5, bali.column + 0.5, bali.row + 0.5) not in edges()
    assert (aceh.column - 0.5, aceh.row + 0.5, aceh.column + 0.5, aceh.row + 0.5) not in edges()  # Sumatera Utara
    assert len(set(edges())) == len(edges())


def test_names_of_groups_stand_on_free_places_in_the_language_of_the_reader() -> None:
    chart = tiles.provinces(protected(["provinsi"]), language="en")
    named = {note.text: (note.x, note.y) for note in chart.layout.annotations if note.xref == "x"}
    assert {"Sumatra", "Java", "Papua"} < set(named)
    taken = {(place.column, place.row) for place in places()}
    assert not {(round(x), round(y)) for x, y in named.values()} & taken
