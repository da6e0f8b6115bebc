"""Every page as each role finds it, run through `ui/main.py` as the server does."""

import pytest
from streamlit.testing.v1 import AppTest

from data_access.words import LANGUAGES, text
from tests.ui_world import (
    ACCOUNT_LIST,
    AGENCY,
    AGREEMENT,
    ANALYSES,
    COOPERATION,
    DATA_PAGES,
    DATA_TEAM,
    DICTIONARY,
    EVALUATION,
    EXPLORER,
    FLOWS,
    HISTORY,
    INCIDENTS,
    INDICES,
    LEADERS,
    LETTERS,
    MAKE_UP,
    PAGES,
    PLACES,
    POSTS,
    PROFILE,
    QUALITY,
    REFRESH,
    REQUESTS,
    RETIRING,
    ROLES,
    SESSIONS,
    SUMMARY,
    TOPICS,
    TREND,
    WATCHING,
    YEARLY,
    is_sign_in,
    numbers,
    offered,
    opened,
    plain,
    tab,
    token,
    words,
)
from tests.world import World
from ui.result import FORMS, TABLE

# account -> the pages of its role, in the order of the menu
ANALYST = (SUMMARY, AGENCY, *ANALYSES, HISTORY, DICTIONARY, REQUESTS, PROFILE)
OFFERED = {
    # reads summaries, crosses nothing; decides in the name of its party
    "pimpinan": (SUMMARY, AGENCY, RETIRING, *YEARLY, HISTORY, DICTIONARY, *COOPERATION, WATCHING, PROFILE),
    "analis": ANALYST,
    "wilayah": ANALYST,  # within own provinces
    "tim-data": (*DATA_TEAM, REQUESTS, PROFILE),  # publishes, and verifies what it published
    # watches the exchange
    "tim-teknis": (SUMMARY, HISTORY, QUALITY, DICTIONARY, *COOPERATION, WATCHING, ROLES, PROFILE),
    "pemilik": ANALYST,  # an analyst of the owner of the data
    "pengelola": (DICTIONARY, ROLES, ACCOUNT_LIST, SESSIONS, PROFILE),  # manages accounts, needs no data
}
TITLES = {
    SUMMARY: "Ringkasan ASN nasional",
    AGENCY: "Profil instansi",
    EXPLORER: "Eksplorasi",
    LEADERS: "Siapa memimpin, dan siapa berikutnya?",
    FLOWS: "Siapa masuk, pindah, dan keluar?",
    RETIRING: "Siapa yang pensiun, dan kapan?",
    POSTS: "Apakah formasi terisi?",
    INDICES: "Seberapa profesional instansi?",
    MAKE_UP: "Siapa ASN Indonesia?",
    TREND: "Bagaimana jumlah dan susunan ASN berubah?",
    PLACES: "Di mana ASN bekerja?",
    REFRESH: "Penyegaran data",
    HISTORY: "Riwayat rilis",
    QUALITY: "Mutu data",
    DICTIONARY: "Kamus data",
    AGREEMENT: "Perjanjian",
    REQUESTS: "Permintaan",
    EVALUATION: "Evaluasi dan koordinasi",
    LETTERS: "Korespondensi",
    INCIDENTS: "Insiden dan keadaan kahar",
    WATCHING: "Bagaimana pihak lain memakai data kita?",
    ROLES: "Siapa boleh melihat apa, dan mengapa?",
    ACCOUNT_LIST: "Siapa punya akun, dan dengan hak apa?",
    SESSIONS: "Siapa yang sedang masuk?",
    PROFILE: "Profil dan hak akses",
}
# page -> the fewest elements of each kind that make it complete
CONTENT = {
    SUMMARY: {"metric": 6, "plotly_chart": 4, "selectbox": 2, "subheader": 4},
    EXPLORER: {"plotly_chart": 1, "dataframe": 1, "selectbox": 6, "multiselect": 2, "subheader": 1},
    AGENCY: {"metric": 5, "selectbox": 2, "subheader": 3},  # a small release admits few figures of one place
    LEADERS: {"metric": 3, "plotly_chart": 4, "selectbox": 2, "subheader": 6},
    FLOWS: {"info": 1},  # the common world holds no movements; see test_topics
    RETIRING: {"plotly_chart": 1, "selectbox": 3, "subheader": 3},  # see test_pensiun
    POSTS: {"info": 1},  # the common world holds neither posts nor indices; see test_yearly
    INDICES: {"info": 1},
    MAKE_UP: {"plotly_chart": 5, "selectbox": 3, "subheader": 5},
    TREND: {"plotly_chart": 5, "selectbox": 4, "subheader": 5},
    PLACES: {"plotly_chart": 5, "selectbox": 3, "subheader": 5},
    REFRESH: {"expander": 1},
    HISTORY: {"dataframe": 2, "tab": 2},
    QUALITY: {"tab": 4, "selectbox": 1},
    DICTIONARY: {"text_input": 1, "dataframe": 1},
    AGREEMENT: {"expander": 2, "page_link": 1, "dataframe": 2},
    REQUESTS: {"info": 1},  # nothing was asked yet; see test_kerja_sama
    EVALUATION: {"dataframe": 1, "info": 1},
    LETTERS: {"html": 2, "info": 1},
    INCIDENTS: {"info": 1},
    WATCHING: {"info": 1},  # the party of these accounts owns no data yet; see test_pemantauan
    ROLES: {"dataframe": 4, "subheader": 4, "expander": 1},
    ACCOUNT_LIST: {"dataframe": 1, "selectbox": 3, "expander": 1, "text_input": 1},
    SESSIONS: {"selectbox": 1},
    PROFILE: {"tab": 3, "text_input": 3},
}
MARKED = (*DATA_PAGES, REFRESH, QUALITY)  # these speak of the data and so of their being made up
SEEN = [(account, page) for account, pages in OFFERED.items() for page in pages]
REFUSED = [(account, page) for account, pages in OFFERED.items() for page in PAGES if page not in pages]


@pytest.mark.parametrize("page", ["", *PAGES, "tidak-ada"])
def test_signed_out_every_address_leads_to_the_form_only(stage: World, page: str) -> None:
    at = opened(tab(), page)
    assert is_sign_in(at)
    assert at.title[0].value == "Dasbor Kebijakan ASN"
    assert not at.exception
    assert "DATA CONTOH" not in words(at)


@pytest.mark.parametrize(("account", "page"), SEEN)
def test_page_is_complete_for_each_role_that_has_it(stage: World, account: str, page: str) -> None:
    at = opened(tab(token(stage, account)), page)
    assert [
        title.value.startswith(TITLES[page].removesuffix(" nasional").removesuffix(" Indonesia?")) for title in at.title
    ] == [True]
    assert not at.exception
    assert not at.error
    # In so small a world some combinations of one instansi or province are not published: the figure gives its reason.
    assert not at.warning, [warning.value for warning in at.warning]
    left_out = [told.value for told in at.caption if told.value.startswith("Kombinasi ini tidak diterbitkan")]
    assert (
        not left_out or page in (AGENCY, RETIRING) or (account == "wilayah" and page in (*TOPICS, LEADERS, RETIRING))
    ), left_out
    for kind, least in CONTENT[page].items():
        missing = len(left_out) if kind == "plotly_chart" else 0
        assert len(at.main.get(kind)) + missing >= least, kind
    assert ("DATA CONTOH" in words(at)) == (page in MARKED)
    assert offered(at) == set(OFFERED[account])
    assert plain(at.session_state.to_dict())


@pytest.mark.parametrize(("account", "page"), REFUSED)
def test_refused_page_looks_like_one_that_does_not_exist(stage: World, account: str, page: str) -> None:
    session = token(stage, account)
    refused, unknown = opened(tab(session), page), opened(tab(session), "tidak-ada")
    assert not refused.title[0].value.startswith(TITLES[page])
    assert words(refused) == words(unknown)
    with pytest.raises(ValueError, match="page"):
        refused.switch_page(f"../pages/{page}.py")


@pytest.mark.parametrize("account", ["tanpa-wilayah", "salah-wilayah"])
@pytest.mark.parametrize("page", [SUMMARY, EXPLORER])
def test_limited_account_without_places_gets_a_sentence(stage: World, account: str, page: str) -> None:
    at = opened(tab(token(stage, account)), page)
    assert [warning.value for warning in at.warning] == [
        "Akun Anda belum memiliki wilayah kerja. Mintalah administrator menetapkan provinsinya."
    ]
    assert numbers(at) == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_language_of_the_tab_is_that_of_the_page(stage: World, language: str, page: str) -> None:
    account = next(name for name in ("tim-data", "tim-teknis", "pengelola") if page in OFFERED[name])
    at = opened(tab(token(stage, account), language=language), page)
    assert at.title[0].value.startswith(text(TITLES[page], language))
    assert [button.label for button in at.sidebar.button] == [text("Keluar", language)]
    assert not at.exception
    assert not at.error
    if page in MARKED:
        assert text("DATA CONTOH", language) in words(at)


def test_language_switch_stays_from_page_to_page_and_after_sign_out(stage: World) -> None:
    at = opened(tab(token(stage, "analis")), PROFILE)
    at.sidebar.segmented_control[0].set_value("en").run()
    assert at.session_state["asn_language"] == "en"
    opened(at, HISTORY)
    assert at.title[0].value == text(TITLES[HISTORY], "en")
    at.sidebar.button[0].click().run()
    assert is_sign_in(at)
    assert at.text_input[0].label == text("Nama akun", "en")


def test_numbers_follow_the_language(stage: World) -> None:
    metric = {language: _first_metric(stage, language) for language in LANGUAGES}
    assert metric["id"].replace(".", ",") == metric["en"]
    assert "." in metric["id"]


def _first_metric(world: World, language: str) -> str:
    return str(tab(token(world, "analis"), language=language).run().metric[0].value)


def test_pickers_of_a_limited_analyst_list_only_own_places(stage: World) -> None:
    at = tab(token(stage, "wilayah")).run()
    places = at.selectbox(key="summary_place").options
    assert places == ["Seluruh provinsi Anda", "Jawa Tengah", "DI Yogyakarta"]
    opened(at, EXPLORER)
    assert at.multiselect(key="x_codes_provinsi").options == ["Jawa Tengah", "DI Yogyakarta"]
    at.multiselect(key="x_filters").set_value(["instansi"]).run()
    agencies = at.multiselect(key="x_codes_instansi").options
    assert agencies
    assert not any("Papua" in name or "Aceh" in name or "Sumatera" in name for name in agencies)


def test_summary_of_a_limited_analyst_stays_within_own_places(stage: World) -> None:
    whole, own = (tab(token(stage, name)).run().metric[0].value for name in ("analis", "wilayah"))
    assert int(own.replace(".", "")) < int(whole.replace(".", ""))


@pytest.mark.parametrize("period", [0, 1, 2])
def test_summary_at_each_date_and_place(stage: World, period: int) -> None:
    at = tab(token(stage, "pimpinan")).run()
    dates = at.selectbox(key="summary_period")
    at.selectbox(key="summary_period").select_index(period).run()
    at.selectbox(key="summary_place").select_index(13).run()
    assert len(at.metric) == 6
    assert dates.options[period] in words(at)
    assert not at.error


@pytest.mark.parametrize("form", FORMS)
def test_explorer_shows_each_form_that_the_address_asks_for(stage: World, form: str) -> None:
    """A form that does not fit the data gives way to one that does."""
    query = {"baris": ["umur_5"], "kolom": ["jenis_kelamin"], "grafik": [form]}
    at = opened(tab(token(stage, "analis"), query=query), EXPLORER)
    assert numbers(at) == ["dataframe"] if form == TABLE else ["plotly_chart", "dataframe"]
    assert not at.error
    assert not at.info


def test_explorer_of_a_single_level_over_all_dates_as_a_table(stage: World) -> None:
    query = {"baris": ["status"], "periode": ["semua"], "grafik": [TABLE]}
    at = opened(tab(token(stage, "analis"), query=query), EXPLORER)
    table = at.dataframe[0].value
    assert list(table.columns) == ["Status ASN", "30 Jun 2022", "30 Jun 2023", "30 Jun 2025"]
    assert len(table) == 4 + 1


def test_question_that_is_not_admitted_gets_a_sentence_and_keeps_the_choosers(stage: World) -> None:
    at = opened(tab(token(stage, "analis"), query={"baris": ["instansi"], "kolom": ["tahun_bup"]}), EXPLORER)
    assert len(at.warning) == 1
    assert numbers(at) == []
    assert at.selectbox(key="x_rows").value == "instansi"


def test_address_of_a_view_out_of_reach_falls_back_with_the_same_note(stage: World) -> None:
    """For a level and a code that the role does not see, and for some that nobody has."""
    seen = {}
    for name, saring in {
        "hidden level": ["kanreg:I"],
        "unknown level": ["rahasia:I"],
        "foreign code": ["provinsi:12"],
        "unknown code": ["provinsi:00"],
    }.items():
        at = opened(tab(token(stage, "wilayah"), query={"baris": ["status"], "saring": saring}), EXPLORER)
        assert len(at.info) == 1
        seen[name] = (words(at), str(at.query_params))
    assert len(set(seen.values())) == 1


def test_view_is_written_to_the_address_and_read_again(stage: World) -> None:
    at = opened(tab(token(stage, "analis")), EXPLORER)
    assert at.query_params == {"baris": "provinsi"}
    at.selectbox(key="x_columns").set_value("jenis_kelamin").run()
    at.selectbox(key="x_rows").set_value("status").run()
    at.multiselect(key="x_filters").set_value(["provinsi"]).run()
    at.multiselect(key="x_codes_provinsi").set_value(["33", "34"]).run()
    assert at.query_params == {"baris": "status", "kolom": "jenis_kelamin", "saring": "provinsi:33,34"}
    again = tab(token(stage, "tim-data"), query={name: [value] for name, value in at.query_params.items()})
    opened(again, EXPLORER)
    assert again.selectbox(key="x_rows").value == "status"
    assert again.multiselect(key="x_codes_provinsi").value == ["33", "34"]
    assert [title.value for title in again.subheader] == [title.value for title in at.subheader]
    assert not again.info


STRANGE: list[dict[str, list[str]]] = [
    {"baris": [""]},
    {"baris": ["provinsi", "status"], "kolom": ["status", "status"]},
    {"baris": ["provinsi"], "periode": ["2025-06-30", "2025-06-30"]},
    {"baris": ["provinsi"], "periode": ["semua"]},
    {"baris": ["provinsi"], "saring": ["provinsi:33,33", "provinsi:34"]},
    {"baris": ["provinsi"], "saring": ["status:PNS,PNS"]},
    {"baris": ["' OR 1=1 --"], "kolom": ["<script>alert(1)</script>"], "saring": [":", ",", "a:b:c"]},
    {"grafik": ["x" * 5000], "periode": ["9999-99-99"], "\u202e": ["\x00"]},
]


@pytest.mark.parametrize("query", STRANGE, ids=str)
def test_strange_address_never_breaks_the_page(stage: World, query: dict[str, list[str]]) -> None:
    at = opened(tab(token(stage, "analis"), query=query), EXPLORER)
    assert [title.value for title in at.title] == ["Eksplorasi"]
    assert not at.error, words(at)
    assert not at.exception
    assert "dataframe" in numbers(at)


def test_history_names_every_snapshot(stage: World) -> None:
    at: AppTest = opened(tab(token(stage, "tim-teknis")), HISTORY)
    snapshots, _technical, releases, *_rest = (frame.value for frame in at.dataframe)
    assert list(snapshots["Tanggal acuan"]) == ["30 Juni 2025", "30 Juni 2023", "30 Juni 2022"]
    assert list(releases["Keadaan"]) == ["disajikan", "", ""]
