"""Levels that several pages offer, in the order in which they stand in the choosers."""

POST_AND_PERSON = (
    "jenis_jabatan",
    "kelompok_jabatan",
    "kelompok_pendidikan",
    "golongan",
    "umur_bkn",
    "generasi",
    "masa_kerja",
)
