import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import override_settings

from mentorship.common.staticfiles import in_one_piece

FILES = {
    "css/main.css": '/* One entry. */\n@layer base, parts;\n\n@import "base.css" layer(base);\n'
    '@import "parts/card.css" layer(parts);\n',
    "css/base.css": "body { color: red; } /* said\nlong */\n",
    "css/parts/card.css": ".card { color: blue; }\n",
}


def test_imports_are_written_into_the_entry_each_in_its_layer():
    assert in_one_piece(FILES.__getitem__) == (
        "@layer base, parts;\n\n@layer base {\nbody { color: red; } }\n@layer parts {\n.card { color: blue; }\n}\n"
    )


def test_an_import_of_what_is_not_there_is_refused():
    with pytest.raises(KeyError):
        in_one_piece({"css/main.css": FILES["css/main.css"]}.__getitem__)


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    folder = tmp_path_factory.mktemp("static")
    storages = {"staticfiles": {"BACKEND": "mentorship.common.staticfiles.Storage"}}
    # Of the installed apps, none has static files that matter here, and hashing them takes long.
    only = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    with override_settings(STATIC_ROOT=folder, STORAGES=storages, STATICFILES_FINDERS=only):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


def test_production_sends_one_stylesheet_without_imports(collected):
    text = next(collected.glob("css/main.????????????.css")).read_text()
    assert "@import" not in text
    assert ".card" in text
    assert text.startswith("@layer reset, base, layout, components, utilities;")


def test_every_component_is_part_of_it():
    folder = Path(finders.find("css/components"))
    imported = set(re.findall(r'@import "components/([^"]+)"', (folder.parent / "main.css").read_text()))
    assert {path.name for path in folder.iterdir()} == imported


def test_modules_import_each_other_by_their_hashed_names(collected):
    text = next(collected.glob("js/main.????????????.js")).read_text()
    names = re.findall(r'import "\./([^"]+)";', text)
    assert names
    assert all((collected / "js" / name).exists() and re.search(r"\.[0-9a-f]{12}\.js$", name) for name in names)
