"""The picture says what it shows and where it comes from, and changes no trace of the figure."""

import pytest

from charts import ranking
from data_access.access.export import Form
from data_access.words import LANGUAGES
from reports import picture
from tests.charts.cases import spread
from tests.charts.factory import protected
from tests.reports.exports import export
from tests.reports.test_csv_file import by_status


@pytest.mark.parametrize("language", LANGUAGES)
def test_title_above_and_source_below(language: str) -> None:
    result = protected(["provinsi"], spread)
    figure = ranking.bars(result, language=language, dark=False)
    made = picture.signed(
        export(result, purpose="<b>rapat</b> formasi"), figure, title="Judul <i>x</i>", language=language
    )
    foot = made.layout.annotations[-1].text.replace("<br>", " ")
    assert "DATA CONTOH" in foot
    assert "analis" in foot
    assert "WIB" in foot
    assert "<b>" not in foot
    assert "<i>" not in made.layout.title.text
    assert made.data == figure.data
    assert made.layout.height > figure.layout.height
    assert len(figure.layout.annotations) + 1 == len(made.layout.annotations)


def test_the_only_button_saves_under_the_name_of_the_export() -> None:
    result = by_status()
    made = export(result, form=Form.PICTURE)
    figure = picture.signed(made, ranking.bars(result, language="id", dark=False), title="x", language="id")
    config = picture.config(made, figure, "id")
    assert config["modeBarButtons"] == [["toImage"]]
    assert config["toImageButtonOptions"]["filename"] == made.stem
    assert config["locales"]["id"]["dictionary"]["Download plot as a PNG"] == "Unduh gambar (PNG)"
