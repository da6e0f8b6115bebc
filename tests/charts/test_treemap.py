"""Areas are the displayed values; what is not shown has none and is told."""

from charts import treemap
from charts.theme import LIGHT
from data_access.access.result import State
from data_access.contract import contract
from tests.charts.cases import spread
from tests.charts.factory import protected

VALUES: dict[tuple[str, ...], int | State] = {
    ("guru", "L"): 300,
    ("guru", "P"): 700,
    ("dosen", "L"): State.SUPPRESSED,
    ("dosen", "P"): 60,
    ("nakes", "L"): State.UNAVAILABLE,
    ("nakes", "P"): State.SUPPRESSED,
}
RESULT = protected(
    ["kelompok_jabatan", "jenis_kelamin"],
    lambda _period, codes: VALUES[codes],
    members={"kelompok_jabatan": ["guru", "dosen", "nakes"]},
)


def test_areas_are_the_displayed_values_within_their_groups() -> None:
    trace = treemap.areas(RESULT, language="id").data[0]
    leaves = {key: (value, parent) for key, value, parent in zip(trace.ids, trace.values, trace.parents, strict=True)}
    assert leaves == {
        "guru": (0, ""),
        "dosen": (0, ""),
        "guru|P": (700, "guru"),
        "guru|L": (300, "guru"),
        "dosen|P": (60, "dosen"),
    }
    assert trace.branchvalues == "remainder"


def test_no_code_holds_what_stands_between_the_codes_of_an_area() -> None:
    levels = [level for dataset in contract().datasets.values() for level in dataset.levels.values()]
    assert not [code.code for level in levels for code in level.codes if treemap.JOINT in code.code]


def test_groups_tell_no_sum() -> None:
    trace = treemap.areas(RESULT, language="id").data[0]
    assert trace.hovertext[0] == "<b>Guru</b>"
    assert trace.hovertext[2] == "<b>Guru, Perempuan</b><br>31 Des 2025<br>700 orang"


def test_what_is_not_shown_is_told_in_the_note() -> None:
    note = treemap.areas(RESULT, language="id").layout.annotations[0].text.replace("<br>", " ")
    assert note == "2 sel ditekan (&lt;10) tidak digambar. 1 sel tanpa angka tidak digambar."


def test_colours_are_fixed_for_fixed_categories_and_by_value_for_many_members() -> None:
    assert treemap.areas(RESULT, language="id").data[0].marker.colors[2] == LIGHT.hues["amber"]
    many = treemap.areas(protected(["provinsi"], spread), language="id").data[0]
    assert many.marker.colors[0] == LIGHT.sequential[-1]


def test_only_the_largest_have_areas() -> None:
    chart = treemap.areas(protected(["instansi"], spread), language="id")
    assert len(chart.data[0].values) == treemap.MOST
    assert "60 terbesar dari 639." in chart.layout.annotations[0].text


def test_zeros_alone_are_a_sentence() -> None:
    assert not treemap.areas(protected(["status"], lambda _p, _c: 0), language="id").data
