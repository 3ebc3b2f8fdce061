"""Installing packages: what pip says becomes progress, an error, or success."""

from __future__ import annotations

import sys

import pytest

from twin_plugin.bridge.kernel import dependencies, pins, removal, runtime
from twin_plugin.core.common.errors import ResourceError
from twin_plugin.gui.shell.dependencies import DependencyBar, Installer
from twin_plugin.gui.shell.packages_box import PackagesBox


@pytest.fixture
def fake(monkeypatch, tmp_path, qgis_app):
    """A function that lets the installer run a Python program instead of pip, and records what was finished."""
    done = {"finished": [], "discarded": []}

    def use(program: str):
        install = dependencies.Install(sys.executable, ["-u", "-c", program], tmp_path, {"OURS": "1"})
        monkeypatch.setattr(dependencies, "prepare_install", lambda: install)
        monkeypatch.setattr(dependencies, "finish_install", done["finished"].append)
        monkeypatch.setattr(dependencies, "discard_install", done["discarded"].append)
        return done

    return use


def run(installer, wait_for):
    ended = []
    installer.finished.connect(ended.append)
    installer.start()
    wait_for(lambda: ended)
    return ended[0]


def test_success_tells_the_stage_and_finishes(fake, wait_for):
    done = fake("print('Collecting numba>=0.60'); print('Downloading numba-0.60-cp311.whl (3 MB)')")
    installer = Installer()
    assert run(installer, wait_for) == ""
    assert installer.stage == "numba-0.60-cp311.whl"
    assert len(done["finished"]) == 1
    assert done["discarded"] == []


def test_failure_gives_pips_reason_and_the_log(fake, wait_for):
    done = fake("import sys; print('ERROR: No matching distribution found for numba'); sys.exit(1)")
    installer = Installer()
    error = run(installer, wait_for)
    assert "No matching distribution found for numba" in error
    assert "ERROR:" in installer.log
    assert len(done["discarded"]) == 1


def test_cancel_stops_and_cleans_up(fake, wait_for):
    done = fake("import time; print('Collecting shapely'); time.sleep(60)")
    installer, ended = Installer(), []
    installer.finished.connect(ended.append)
    installer.start()
    wait_for(lambda: installer.stage == "shapely")
    installer.cancel()
    wait_for(lambda: ended, 3.0)
    assert "ancel" in ended[0]
    assert done["finished"] == []
    assert len(done["discarded"]) == 1


def test_a_program_that_is_not_there_is_told(fake, wait_for, monkeypatch, tmp_path):
    fake("")
    nothing = dependencies.Install(str(tmp_path / "no python"), [], tmp_path)
    monkeypatch.setattr(dependencies, "prepare_install", lambda: nothing)
    assert "could not be started" in run(Installer(), wait_for)


def test_a_profile_that_cannot_be_written_is_told(qgis_app, wait_for, monkeypatch):
    def refuse():
        raise ResourceError("Cannot write in 'x': check rights.")

    monkeypatch.setattr(dependencies, "prepare_install", refuse)
    assert run(Installer(), wait_for) == "Cannot write in 'x': check rights."


def test_the_bar_tells_once_then_progress_then_the_end(fake, wait_for, message_bar, monkeypatch):
    fake("import sys; print('Collecting pebble'); print('ERROR: no network'); sys.exit(2)")
    wanted = [pins.Requirement("pebble", ">=5"), pins.Requirement("numba", "")]
    monkeypatch.setattr(dependencies, "missing", lambda: wanted)
    installer = Installer()
    bar = DependencyBar(message_bar, installer)
    assert bar.show_missing()
    assert message_bar.currentItem().text() == "Python packages are missing: 120 MB to download."
    text = installer.message()
    assert "pebble, numba" in text
    assert "120 MB" in text
    assert "420 MB" in text
    assert str(runtime.packages_folder()) in text
    error = run(installer, wait_for)
    assert message_bar.currentItem().text() == error
    assert len(message_bar.items()) == 1
    bar.remove()
    assert message_bar.items() == []


def test_nothing_is_said_when_nothing_is_missing(message_bar, monkeypatch):
    monkeypatch.setattr(dependencies, "missing", list)
    assert not DependencyBar(message_bar, Installer()).show_missing()
    assert message_bar.items() == []


def test_pip_runs_in_its_own_folder_and_with_its_own_environment(fake, wait_for, tmp_path, monkeypatch):
    monkeypatch.setenv("FOREIGN", "1")
    fake("import os; print('Collecting', os.getcwd(), os.environ.get('OURS'), os.environ.get('FOREIGN'))")
    installer = Installer()
    assert run(installer, wait_for) == ""
    assert installer.log.splitlines()[-1] == f"Collecting {tmp_path} 1 None"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("/usr/bin/python3: No module named pip", "python3-pip"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "free 660 MB"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "differs"),
    ],
)
def test_known_failures_say_their_cure(fake, wait_for, words, expected):
    fake(f"import sys; print({words!r}); sys.exit(1)")
    assert expected in run(Installer(), wait_for)


@pytest.fixture
def profile(monkeypatch, tmp_path, qgis_app):
    monkeypatch.setattr(runtime, "profile_folder", lambda: tmp_path)
    for folder in (runtime.packages_folder(), runtime.numba_cache(), removal.data_folder()):
        folder.mkdir(parents=True)
        (folder / "file").write_bytes(b"x" * 100_000)
    return tmp_path


@pytest.fixture
def box(profile, widget):
    return widget(lambda: PackagesBox(Installer()))


def test_the_page_removes_the_packages_and_says_what_that_freed(box):
    told = []
    box.installer.removed.connect(lambda: told.append(True))
    assert str(runtime.packages_folder()) in box.state.text()
    box.packages.click()
    assert not runtime.packages_folder().exists()
    assert removal.data_folder().exists()
    assert box.state.text().startswith("195 KB were freed. City Twin has installed no packages")
    assert told == [True]


@pytest.mark.parametrize("answer", [True, False])
def test_everything_is_removed_only_after_a_question(box, answer_questions, answer):
    asked = answer_questions(answer)
    box.everything.click()
    [text] = asked
    assert str(removal.data_folder()) in text
    assert removal.data_folder().exists() == (not answer)
    assert runtime.packages_folder().exists() == (not answer)


def test_a_profile_that_cannot_be_written_says_so(box, monkeypatch):
    def refuse():
        raise ResourceError("'x' cannot be written.")

    monkeypatch.setattr(removal, "remove_packages", refuse)
    box.packages.click()
    assert box.state.text() == "'x' cannot be written."
