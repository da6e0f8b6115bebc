"""Which chart is proposed for which shape, and that every chart named can be drawn."""

import pytest

from charts import BUILDERS, draw, proposed, suitable
from data_access.access import derive
from data_access.errors import InvalidQuery
from tests.charts.factory import DAY, YEARS, protected

SHAPES = [
    ((), YEARS, "lines"),
    ((), (DAY,), "lines"),  # a single number: one marked point
    (("status",), YEARS, "lines"),
    (("status",), (DAY,), "ranking"),
    (("instansi",), YEARS, "lines"),  # of the largest
    (("provinsi",), (DAY,), "tiles"),
    (("umur_5", "jenis_kelamin"), (DAY,), "pyramid"),
    (("jenis_kelamin", "umur_bkn"), YEARS, "pyramid"),
    (("provinsi", "jenis_kelamin"), (DAY,), "stacked"),
    (("jenjang", "pendidikan"), (DAY,), "heatmap"),
]


@pytest.mark.parametrize(("levels", "periods", "name"), SHAPES)
def test_proposed_chart(levels: tuple[str, ...], periods: tuple[object, ...], name: str) -> None:
    assert proposed(protected(levels, periods=periods)) == name  # type: ignore[arg-type]


@pytest.mark.parametrize(("levels", "periods", "name"), SHAPES)
def test_every_suitable_chart_can_be_drawn(levels: tuple[str, ...], periods: tuple[object, ...], name: str) -> None:
    result = protected(levels, periods=periods)  # type: ignore[arg-type]
    assert all(draw(one, result, language="id").data for one in suitable(result))


def test_every_builder_is_proposed_for_some_shape() -> None:
    assert {name for _levels, _periods, name in SHAPES} == set(BUILDERS)


def test_three_dimensions_have_no_chart() -> None:
    result = protected(["status", "jenis_kelamin", "kelompok_instansi"])
    assert suitable(result) == ()
    with pytest.raises(InvalidQuery, match="paling banyak dua dimensi"):
        proposed(result)


def test_a_chart_that_does_not_fit_is_refused() -> None:
    with pytest.raises(InvalidQuery) as refusal:
        draw("pyramid", protected(["status"]), language="id")
    assert refusal.value.reason == "no-chart"


def test_only_parts_of_a_whole_are_stacked() -> None:
    persons = protected(["provinsi", "jenis_kelamin"])
    of_rows = derive.share_of(persons, protected(["provinsi"], lambda _period, _codes: 2_500))
    of_all = derive.share_of(persons, protected((), lambda _period, _codes: 97_500))
    assert "stacked" in suitable(of_rows)
    assert suitable(of_all) == ("heatmap",)


def test_a_pyramid_has_no_changes() -> None:
    persons = protected(["umur_5", "jenis_kelamin"], periods=YEARS)
    assert suitable(derive.change(persons, DAY, YEARS[0])) == ("heatmap",)
