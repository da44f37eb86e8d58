"""docker-compose.yml holds to the schema and to what production promises."""

import yaml
from compose_pydantic.models import ComposeSpecification
from django.conf import settings

from mentorship.common.rehearsal.compose import interpolate

FILE = settings.BASE_DIR / "docker-compose.yml"
LASTING = {"proxy", "web", "worker", "beat", "postgres", "redis"}


def read():
    return yaml.safe_load(FILE.read_text())


def test_the_file_holds_to_the_schema():
    # Keys of the form x-… are free by the specification; the generated models do not know them at the top.
    ComposeSpecification.model_validate({k: v for k, v in read().items() if not k.startswith("x-")})


def test_every_lasting_service_is_watched_restarted_and_bounded():
    services = read()["services"]
    assert set(services) == LASTING | {"migrate"}
    for name in LASTING:
        assert services[name]["healthcheck"]["test"], name
        assert services[name]["restart"] == "unless-stopped", name
        assert services[name]["deploy"]["resources"]["limits"]["memory"], name
    assert services["migrate"]["restart"] == "no"


def test_what_scales_has_no_name_and_no_port_of_its_own():
    services = read()["services"]
    for name in ("web", "worker"):
        assert "container_name" not in services[name]
        assert "ports" not in services[name]


def test_no_secret_has_a_default():
    text = FILE.read_text()
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD", "EMAIL_URL"):
        assert f"${{{name}:?" in text
        assert f"${{{name}:-" not in text


def test_every_variable_is_named_in_the_example():
    names = {line.partition("=")[0] for line in (settings.BASE_DIR / ".env.example").read_text().splitlines()}
    for service in read()["services"].values():
        for value in service.get("environment", {}).values():
            for part in str(value).split("${")[1:]:
                assert part.split(":")[0].split("}")[0] in names


def test_variables_are_read_as_compose_reads_them():
    assert interpolate("a ${A:-b} $$C ${D:-}", {"D": "d"}) == "a b $C d"
