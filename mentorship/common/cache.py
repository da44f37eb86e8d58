"""The cache: Redis, or a table of Postgres while Redis is away, so that limits of sign-in never stand open.

What was changed meanwhile is forgotten in both once Redis is back: else a session that ended during the outage
would live again, from what Redis still holds of it or, in the next outage, from what the table does.
"""

import logging
import time
from typing import Any

import redis
from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache, RedisCacheClient

logger = logging.getLogger(__name__)
PAUSE = 5.0  # seconds without asking Redis again after it failed, so that pages stay quick meanwhile

LONGEST = 600  # seconds that the table keeps anything, should the process end before Redis is back
TIMEOUT_AT = {"set": 2, "add": 2, "touch": 1, "set_many": 1}  # the place of the timeout among the arguments
CHANGING = {*TIMEOUT_AT, "delete", "incr", "delete_many"}

FALLING_BACK = (
    "add",
    "get",
    "set",
    "touch",
    "delete",
    "get_many",
    "has_key",
    "incr",
    "set_many",
    "delete_many",
    "clear",
)


class OneClient(RedisCacheClient):
    """Keeps redis-py's client, which takes its connections from a pool: making one anew cost more than a call."""

    client: Any = None

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        if self.client is None:
            self.client = super().get_client(key, write=True)
        return self.client


class RedisOrDatabaseCache(RedisCache):
    """Django's Redis cache; each call that cannot reach Redis is answered by the `fallback` cache instead."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._class = OneClient

    away_until = 0.0
    missed: set[str] = set()  # what Redis does not know of

    def _call(self, name: str, *args: Any, **kwargs: Any) -> Any:
        cls = type(self)
        if time.monotonic() >= cls.away_until:
            try:
                if cls.missed:
                    super().delete_many(list(cls.missed))
                    caches["fallback"].delete_many(cls.missed)
                    cls.missed = set()
                return getattr(super(), name)(*args, **kwargs)
            except (redis.ConnectionError, redis.TimeoutError) as error:
                cls.away_until = time.monotonic() + PAUSE
                logger.warning("Redis is away, the database caches meanwhile: %s", error)
        if name in CHANGING:
            cls.missed |= set(args[0]) if name.endswith("_many") else {args[0]}
        return getattr(caches["fallback"], name)(*self._shortened(name, args, kwargs), **kwargs)

    def _shortened(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...]:
        """The positional arguments, with the timeout, wherever it is given, at most LONGEST."""
        place = TIMEOUT_AT.get(name)
        if place is None:
            return args
        wanted = kwargs.pop("timeout", args[place] if len(args) > place else DEFAULT_TIMEOUT)
        wanted = self.default_timeout if wanted is DEFAULT_TIMEOUT else wanted
        return (*args[:place], LONGEST if wanted is None else min(wanted, LONGEST), *args[place + 1 :])


def _falling_back(name: str) -> Any:
    def method(self: RedisOrDatabaseCache, *args: Any, **kwargs: Any) -> Any:
        return self._call(name, *args, **kwargs)

    method.__name__ = name
    return method


for _name in FALLING_BACK:
    setattr(RedisOrDatabaseCache, _name, _falling_back(_name))
