"""Whatever stands in the explorer's address: a view within reach comes of it, which can be written and read again."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.broken import FEARED
from tests.world import EARLY, LATE, MIDDLE, World
from ui.exploring import address
from ui.exploring.view import View

FUZZ = settings.get_profile("fuzz")
HELD = (EARLY, MIDDLE, LATE)
NAMES = ("baris", "kolom", "saring", "periode", "banding", "ukuran", "urut", "teratas", "grafik", "data", "lain")
WORDS = (
    *("provinsi", "jenis_kelamin", "status", "golongan", "instansi", "nip", "provinsi:33,34", "provinsi:12", "status:"),
    *("2025-06-30", "2022-06-30", "semua", "all", "persen", "jumlah", "nilai", "kode", "10", "-1", "batang", *FEARED),
)
PARAMS = st.dictionaries(
    st.sampled_from(NAMES) | st.text(max_size=6), st.lists(st.sampled_from(WORDS) | st.text(max_size=12), max_size=6)
)


@settings(FUZZ)
@given(params=PARAMS, name=st.sampled_from(["analis", "wilayah", "pimpinan"]))
def test_an_address_is_a_view_within_reach(world: World, params: dict[str, list[str]], name: str) -> None:
    scope = world.gateway().reach(world.viewer(name), "pegawai")
    view, _kept = address.read(params, scope, HELD)
    assert isinstance(view, View)
    assert set(view.rows) <= set(scope.levels)
    assert not view.columns or view.columns in scope.levels
    assert all(set(codes) <= set(scope.members(level)) for level, codes in view.filters.items())
    assert set(view.periods) <= set(HELD)
    again, _kept = address.read(
        {n: [v] if isinstance(v, str) else list(v) for n, v in view.params().items()}, scope, HELD
    )
    assert again == view
