"""The fixed colour of each category, so that PNS or women look the same on every page."""

from charts.colour import along
from charts.theme import Theme
from data_access.access.result import Axis

HUES = {
    "status": {"PNS": "teal", "CPNS": "sky", "PPPK": "amber", "PPPK-PW": "brick"},
    "jenis_kelamin": {"L": "teal", "P": "amber"},
    "kelompok_instansi": {"pusat": "navy", "daerah": "teal"},
    "jenis_instansi": {
        "kementerian": "navy",
        "lembaga": "sky",
        "provinsi": "amber",
        "kabupaten": "teal",
        "kota": "plum",
    },
    "kelompok_jabatan": {
        "guru": "teal",
        "dosen": "navy",
        "nakes": "amber",
        "teknis": "sky",
        "penyuluh": "brick",
        "lainnya": "grey",
    },
    "sifat_jabatan": {"manajerial": "amber", "non-manajerial": "teal"},
    "jenis_jabatan": {
        "jpt": "navy",
        "administrator": "amber",
        "pengawas": "sky",
        "eselon_v": "grey",
        "fungsional": "teal",
        "pelaksana": "brick",
    },
    "jenjang": {  # of the managers, whose levels stand side by side; the ranks of all others are steps of the scale
        "jpt_utama": "plum",
        "jpt_madya": "brick",
        "jpt_pratama": "navy",
        "administrator": "amber",
        "pengawas": "sky",
        "eselon_v": "grey",
    },
}


def fixed(level: str, look: Theme) -> dict[str, str]:
    """Code -> colour for a level with colours of its own; empty for any other level."""
    return {code: look.hues[hue] for code, hue in HUES.get(level, {}).items()}


def own(axis: Axis, look: Theme) -> dict[str, str]:
    """The fixed colours of a dimension of which every member has one; else empty: some alone would say nothing."""
    known = fixed(axis.level, look)
    return known if all(code in known for code, _ in axis.members) else {}


def colours(axis: Axis, look: Theme) -> dict[str, str]:
    """Code -> colour of every member: its fixed one, else a step of the brand scale (ordered) or the hues in turn."""
    known = fixed(axis.level, look)
    codes = [code for code, _ in axis.members]
    if axis.ordered:
        # The palest quarter of the scale would not reach 3 : 1 against the page.
        steps = {code: along(look.sequential, 0.5 + 0.5 * i / max(len(codes) - 1, 1)) for i, code in enumerate(codes)}
        return steps | {code: known[code] for code in codes if code in known}
    hues = list(look.hues.values())
    return {code: known.get(code, hues[i % len(hues)]) for i, code in enumerate(codes)}
