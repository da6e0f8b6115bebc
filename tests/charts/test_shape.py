"""Which chart is proposed for which shape, and that every chart named can be drawn."""

import pytest

from charts import BUILDERS, dates_drawn, draw, proposed, suitable
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
    (("kelompok_jabatan", "status"), YEARS, "multiples"),
    (("tahun_bup",), (DAY,), "columns"),
    (("kelompok_jabatan", "tahun_bup"), (DAY,), "columns"),
]


@pytest.mark.parametrize(("levels", "periods", "name"), SHAPES)
def test_proposed_chart(levels: tuple[str, ...], periods: tuple[object, ...], name: str) -> None:
    assert proposed(protected(levels, periods=periods)) == name  # type: ignore[arg-type]


@pytest.mark.parametrize(("levels", "periods", "name"), SHAPES)
def test_every_suitable_chart_can_be_drawn(levels: tuple[str, ...], periods: tuple[object, ...], name: str) -> None:
    result = protected(levels, periods=periods)  # type: ignore[arg-type]
    assert all(draw(one, result, language="id").data for one in suitable(result))


def test_every_builder_is_suitable_for_some_shape() -> None:
    names = {name for levels, periods, _name in SHAPES for name in suitable(protected(levels, periods=periods))}
    assert names == set(BUILDERS)


def test_two_dates_of_one_dimension_may_be_compared() -> None:
    assert "dumbbell" in suitable(protected(["provinsi"], periods=YEARS))
    assert "dumbbell" not in suitable(protected(["provinsi"]))


def test_a_distribution_needs_many_members_without_an_order() -> None:
    assert "strip" in suitable(protected(["instansi"]))
    assert "strip" not in suitable(protected(["kelompok_jabatan"]))
    assert "strip" not in suitable(protected(["golongan_ruang"]))


def test_areas_are_for_parts_of_a_whole() -> None:
    persons = protected(["provinsi"], periods=YEARS)
    assert "treemap" in suitable(persons)
    assert "treemap" not in suitable(derive.change(persons, DAY, YEARS[0]))
    assert "treemap" not in suitable(protected(["umur_5"]))


def test_dates_that_a_chart_shows() -> None:
    result = protected(["umur_5", "jenis_kelamin"], periods=YEARS)
    assert dates_drawn("multiples", result) == YEARS
    assert dates_drawn("dumbbell", result) == (YEARS[0], DAY)
    assert dates_drawn("pyramid", result) == dates_drawn("heatmap", result) == (DAY,)
    assert dates_drawn("pyramid", protected(["umur_5", "jenis_kelamin"], periods=YEARS[1:])) == YEARS[1:]
    assert dates_drawn("dumbbell", protected(["status"])) == (DAY,)


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
    assert suitable(of_all) == ("heatmap", "treemap")


def test_a_pyramid_has_no_changes() -> None:
    persons = protected(["umur_5", "jenis_kelamin"], periods=YEARS)
    assert suitable(derive.change(persons, DAY, YEARS[0])) == ("heatmap",)
