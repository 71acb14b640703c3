"""Several processes that read documents: a few batches are under way at a time, and what a worker that dies
had under way is read again."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from itertools import islice

from dipcli.errors import DipcliError
from dipcli.ingestion.work import Outcome, Setup, Task, work

BATCH = 4
"""Documents that a worker gets at a time."""
DIED = "ended the process that read it (was there too little memory?)"
"""What is wrong with a document that no worker survives."""


def _batch(tasks: list[Task], setup: Setup) -> list[Outcome]:
    return [work(task, setup) for task in tasks]


def spread(tasks: Iterator[Task], setup: Setup, workers: int) -> Iterator[Outcome]:
    """A few batches are under way at a time, so that memory does not grow with their number. Where a worker
    dies, each document under way is read again by a worker of its own."""
    has_worked = False
    under_way: deque[list[Task]] = deque()
    while True:
        coming: deque[Future[list[Outcome]]] = deque()
        with _pool(workers) as pool, suppress(BrokenProcessPool):
            while True:
                while len(under_way) < 2 * workers and (batch := list(islice(tasks, BATCH))):
                    under_way.append(batch)
                    coming.append(pool.submit(_batch, batch, setup))
                if not under_way:
                    return
                done = coming.popleft().result()
                under_way.popleft()
                has_worked = True
                yield from done
        while under_way:
            for task in under_way.popleft():
                outcome = _alone(task, setup)
                has_worked |= outcome.failure != DIED
                yield outcome
        if not has_worked:
            raise DipcliError("no worker process can be started", hint="try again with --jobs 1")


def _alone(task: Task, setup: Setup) -> Outcome:
    """The outcome of a task that may end its worker."""
    with _pool(1) as pool:
        try:
            return pool.submit(work, task, setup).result()
        except BrokenProcessPool:
            return Outcome(task._replace(origin=None), DIED)


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Processes to work in, which nobody waits for in the end."""
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_begin)
    try:
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _begin() -> None:
    """Ctrl-C is for the main process, which tells the workers; where it is killed, they end, too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
