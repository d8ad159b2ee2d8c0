"""`levers rubric add`: a user's own rubric, published once."""

from pathlib import Path

from tests.bot.cli.command_line import levers
from tests.rubric.test_rubric_files import GOOD


def test_an_own_rubric_is_published_and_reviews_come_in_under_it(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD)
    assert levers(tmp_path, "rubric", "add", file).out == (
        "Reading is published as reading@2: 2 domains, 3 indicators, 2 levels.\n"
    )
    assert levers(tmp_path, "rubric", "add", file).out == (
        "mine.yaml is published already and says the same; nothing changed.\n"
    )
    (tmp_path / "r.csv").write_text(
        "school,review_date,rubric,domain,indicator,level\nOAK,2026-10-13,reading,Decoding,Letters/Sounds,emerging\n"
    )
    assert levers(tmp_path, "import", tmp_path / "r.csv").code == 0
    assert levers(tmp_path, "lowest", "OAK", "--json").json()[0]["indicator"] == "Letters/Sounds"


def test_a_changed_version_or_a_wrong_file_is_refused_with_the_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD)
    levers(tmp_path, "rubric", "add", file)
    file.write_text(GOOD.replace("Secure", "Sure"))
    changed = levers(tmp_path, "rubric", "add", file)
    assert (changed.code, changed.out) == (1, "")
    assert "reading@2 is published already and says something else" in changed.err
    file.write_text(GOOD.replace("  - Secure\n", ""))
    assert "mine.yaml, line 5: a scale needs at least two levels" in levers(tmp_path, "rubric", "add", file).err
    assert levers(tmp_path, "rubric", "add", tmp_path / "none.yaml").code == 1
