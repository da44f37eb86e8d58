"""`/live` and `/ready`, answered before anything else runs, so that they hold when the rest does not."""

import threading
from collections.abc import Callable

import redis
from django.conf import settings
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

SECONDS = 0.9  # all checks together stay within a second


class HealthMiddleware:
    """`/live`: the process answers. `/ready`: database, migrations and Redis, each 'ok' or what is wrong."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/live":
            return HttpResponse("ok", content_type="text/plain")
        if request.path == "/ready":
            checks = check_all()
            return JsonResponse(checks, status=200 if set(checks.values()) == {"ok"} else 503)
        return self.get_response(request)


def check_all() -> dict[str, str]:
    """The state of each dependency; one that does not answer in time is 'no answer'."""
    results = {"database": "no answer", "migrations": "no answer", "redis": "no answer"}

    def check_database() -> None:
        connection = connections.create_connection("default")
        connection.settings_dict["OPTIONS"] = {
            **connection.settings_dict.get("OPTIONS", {}),
            "connect_timeout": 1,
        }
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET statement_timeout = 800; SELECT 1")
            results["database"] = "ok"
            executor = MigrationExecutor(connection)
            waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
            results["migrations"] = f"{len(waiting)} not applied" if waiting else "ok"
        except Exception as error:
            results["database" if results["database"] != "ok" else "migrations"] = type(error).__name__
        finally:
            connection.close()

    def check_redis() -> None:
        try:
            client = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=0.5, socket_timeout=0.5)
            client.ping()
            client.close()
            results["redis"] = "ok"
        except redis.RedisError as error:
            results["redis"] = type(error).__name__

    threads = [threading.Thread(target=check, daemon=True) for check in (check_database, check_redis)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    return dict(results)
