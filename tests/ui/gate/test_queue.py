"""The queue of strangers: a steady pace, place after place, and no turn for whoever has left."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from ui.gate.queue import Queue


def run(story: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(story, 20))


def test_some_at_once_then_one_after_another() -> None:
    async def story() -> None:
        loop, queue = asyncio.get_running_loop(), Queue(rate=20, burst=3)
        begun = loop.time()
        await asyncio.gather(*(queue.turn("sini") for _turn in range(9)))
        assert 0.29 <= loop.time() - begun <= 2

    run(story())


def test_places_take_turns() -> None:
    """Whoever comes from elsewhere does not wait behind a hundred from one place."""

    async def story() -> None:
        queue, served = Queue(rate=50, burst=1), []

        async def one(place: str) -> None:
            await queue.turn(place)
            served.append(place)

        many = [asyncio.ensure_future(one("ramai")) for _turn in range(100)]
        await asyncio.sleep(0)
        await one("sepi")
        assert len(served) <= 4
        for task in many:
            task.cancel()

    run(story())


def test_whoever_leaves_takes_no_turn_along() -> None:
    async def story() -> None:
        loop, queue = asyncio.get_running_loop(), Queue(rate=10, burst=1)
        await queue.turn("sini")
        left = [asyncio.ensure_future(queue.turn(f"sana-{number % 7}")) for number in range(1_000)]
        await asyncio.sleep(0)
        for task in left:
            task.cancel()
        begun = loop.time()
        await queue.turn("sini")
        assert loop.time() - begun < 1

    run(story())
