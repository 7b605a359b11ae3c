"""Time and memory."""

import subprocess
import sys
from pathlib import Path

import pytest
from bench import memory, systems
from bench.speed import Cost, _run, speed


def test_speed_is_of_the_median_round_and_against_the_same_round():
    rounds = [
        {"blank": Cost(1.0, 1.0, 10), "textacy": Cost(8.0, 8.0, 1), "reader": Cost(4.0, 8.0, 30, failed=1)},
        {"blank": Cost(9.0, 9.0, 10), "textacy": Cost(99.0, 9.0, 1), "reader": Cost(18.0, 40.0, 50)},  # it was busy
        {"blank": Cost(1.0, 1.0, 10), "textacy": Cost(5.0, 8.0, 1), "reader": Cost(5.0, 10.0, 20)},
    ]
    found = speed("reader", 1000, rounds, 7)

    assert found.words_per_second == 200
    assert found.words_per_cpu_second == 100
    assert found.times_baseline == 4
    assert found.times_rival == 2
    assert (found.peak, found.model, found.failed) == (50, 7, 1)


def test_what_a_process_took():
    hungry = "import time; held = bytearray(80 << 20); time.sleep(0.5); print('done')"
    cost, printed = _run([sys.executable, "-c", hungry])

    assert printed == "done\n"
    assert cost.cpu > 0
    assert cost.seconds - cost.cpu > 0.4  # it slept, however long the rest took
    assert cost.peak > 80 << 20
    with pytest.raises(subprocess.CalledProcessError):
        _run([sys.executable, "-c", "raise SystemExit(3)"])
    assert _run([sys.executable, "-c", "print('done')"], heard=False)[1] == ""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs Linux's /proc")
def test_memory_is_that_of_all_processes_together():
    hungry = "held = bytearray(60 << 20); import subprocess, sys, time; "
    child = hungry + "time.sleep(1)"
    cost, _ = _run([sys.executable, "-c", hungry + "subprocess.run([sys.executable, '-c', sys.argv[1]])", child])
    assert cost.peak > 120 << 20
    assert memory.resident(0) == 0


def test_the_size_of_a_model():
    assert systems.size("blank") == 0
    assert systems.size("reader") == systems.size("command") > 1_000_000
