"""La base jetable où l'on mesure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def base_a_part(nom: str, *, refaire: bool) -> Iterator[None]:
    """Une base de ce nom, gardée d'une fois sur l'autre ; celle de l'instance reste telle."""
    from django.conf import settings
    from django.db import connection
    from django.test.utils import override_settings

    propre = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = nom
    connection.creation.create_test_db(
        verbosity=0, autoclobber=True, serialize=False, keepdb=not refaire
    )
    simples = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    try:
        with override_settings(
            ROOT_URLCONF="maillage.config.mesurer.urls",
            ALLOWED_HOSTS=["testserver"],
            STORAGES=simples,
        ):
            yield
    finally:
        connection.creation.destroy_test_db(propre, verbosity=0, keepdb=True)
