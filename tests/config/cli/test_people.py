"""`xiezuo people`: lists, and the house, looked through at the command line."""

import csv
from pathlib import Path

import pytest

from tests.config.cli.conftest import Run

HEAD = "record_id,name,sex,birth_date,phone"
LINES = ["a,欧阳明珠,女,2012-03-02,15412340001", "b,歐陽明珠,,2012-03-02,15412340001", "c,赵敏,女,,16477770002"]


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def written(folder: Path, name: str, *lines: str, encoding: str = "utf-8") -> None:
    (folder / name).write_text("\n".join(lines) + "\n", encoding=encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_lines_of_one_person_get_one_group(run: Run, tmp_path: Path, encoding: str) -> None:
    written(tmp_path, "people.csv", HEAD, *LINES, encoding=encoding)
    said = run("people", "match", "people.csv", "--out", "groups.csv", "--review", "look.csv")
    assert (said.returncode, said.stderr) == (0, "")
    assert "3 lines are 2 people; 1 of them have several lines." in said.stdout
    assert rows(tmp_path / "groups.csv") == [["record_id", "cluster_id"], ["a", "a"], ["b", "a"], ["c", "c"]]
    assert rows(tmp_path / "look.csv") == [["record_id_1", "record_id_2", "weight", "reasons_for", "reasons_against"]]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([], "people.csv is empty. Nothing was written."),
        ([HEAD], "people.csv has headings and no lines. Nothing was written."),
        (
            ["number,name", "1,赵敏"],
            "people.csv has no column record_id; its columns are: number, name. Nothing was written.",
        ),
        (
            [HEAD, "a,赵敏,,,", "a,钱红,,,"],
            "Line 3 of people.csv has no record_id of its own (a). Nothing was written.",
        ),
        ([HEAD, ",赵敏,,,"], "Line 2 of people.csv has no record_id of its own (-). Nothing was written."),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(
    run: Run, tmp_path: Path, lines: list[str], sentence: str
) -> None:
    (tmp_path / "people.csv").write_text("\n".join(lines), encoding="utf-8")
    said = run("people", "match", "people.csv", "--out", "groups.csv")
    assert (said.returncode, said.stderr.strip()) == (1, sentence)
    assert not (tmp_path / "groups.csv").exists()


def test_a_picture_is_no_list(run: Run, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_bytes(b"\x89PNG\r\n\x00\xff\xfe\x00")
    said = run("people", "match", "people.csv", "--out", "groups.csv")
    assert said.stderr.strip() == "people.csv is no text file (CSV in UTF-8 or GB 18030). Nothing was written."


def test_weights_that_are_none_are_refused(run: Run, tmp_path: Path) -> None:
    written(tmp_path, "people.csv", HEAD, *LINES)
    written(tmp_path, "weights.toml", "[pair]")
    said = run("people", "match", "people.csv", "--out", "groups.csv", "--weights", "weights.toml")
    assert said.stderr.strip() == "The weights in weights.toml cannot be used ('start'). Nothing was written."


def test_what_was_learnt_from_a_list_is_used_for_the_next(run: Run, tmp_path: Path) -> None:
    written(tmp_path, "people.csv", HEAD, *LINES)
    written(tmp_path, "known.csv", "record_id,entity_id", "a,1", "b,1", "c,2")
    learnt = run("people", "learn", "people.csv", "--who", "known.csv", "--out", "weights.toml")
    assert (learnt.returncode, learnt.stderr) == (0, "")
    said = run("people", "match", "people.csv", "--weights", "weights.toml", "--out", "groups.csv")
    assert (said.returncode, rows(tmp_path / "groups.csv")[0]) == (0, ["record_id", "cluster_id"])


def test_nothing_is_learnt_where_nobody_has_two_lines(run: Run, tmp_path: Path) -> None:
    written(tmp_path, "people.csv", HEAD, *LINES)
    written(tmp_path, "known.csv", "record_id,entity_id", "a,1", "c,2")
    said = run("people", "learn", "people.csv", "--who", "known.csv", "--out", "weights.toml")
    assert said.stderr.strip() == "Nobody in known.csv has two lines; there is nothing to learn from."


def test_the_house_is_looked_through_and_stays_as_it_is(run: Run, house: Path, tmp_path: Path) -> None:
    said = run("people", "match", "--house", "--review", "look.csv")
    assert said.returncode == 0, said.stderr
    assert said.stdout.splitlines()[-1] == (
        "0 pairs of people may be one person: look.csv. Nothing in the house was changed."
    )
    assert rows(tmp_path / "look.csv") == [["person_id_1", "person_id_2", "weight", "reasons_for", "reasons_against"]]


def test_a_house_and_a_file_are_not_looked_through_at_once(run: Run, tmp_path: Path) -> None:
    written(tmp_path, "people.csv", HEAD, *LINES)
    said = run("people", "match", "people.csv", "--house", "--review", "look.csv")
    assert (said.returncode, "--house goes with --review" in said.stderr) == (2, True)


@pytest.mark.slow
def test_the_queue_is_filled_in_the_name_of_a_supervisor(run: Run, house: Path) -> None:
    assert run("user", "add", "lihua", "李华", "--role", "supervisor").returncode == 0
    said = run("people", "match", "--house", "--as", "lihua")
    assert (said.returncode, said.stdout) == (0, "0 new pairs wait under “Written down twice?”. Nobody was merged.\n")


@pytest.mark.slow
def test_a_worker_or_nobody_cannot_fill_it_and_is_told_so(run: Run, house: Path) -> None:
    assert run("user", "add", "xiaomei", "周晓梅", "--role", "social_worker").returncode == 0
    said = run("people", "match", "--house", "--as", "xiaomei")
    assert said.returncode == 1
    assert "Only a supervisor" in said.stderr
    assert (
        "There is no active account with the user name nobody."
        in run("people", "match", "--house", "--as", "nobody").stderr
    )


@pytest.mark.slow
def test_one_place_for_the_pairs_is_named(run: Run, house: Path) -> None:
    said = run("people", "match", "--house")
    assert said.returncode == 2
    assert "--house goes with --review or with --as" in said.stderr
