"""La page de santé dit ce qui manque, sans connexion et sans rien révéler."""

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def test_sans_travailleur_l_instance_sert(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(3):
        reponse = client.get("/sante/")
    assert reponse.status_code == 200
    assert reponse.json() == {"base": "ok", "migrations": "ok", "travail": "aucun travailleur"}


@pytest.mark.parametrize(
    ("silence", "travail"), [("10 seconds", "ok"), ("5 minutes", "aucun travailleur")]
)
def test_un_travailleur_bat_ou_ne_bat_plus(client: Client, silence: str, travail: str) -> None:
    with connection.cursor() as curseur:  # le modèle de procrastinate est en lecture seule
        curseur.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval)",
            [silence],
        )
    assert client.get("/sante/").json()["travail"] == travail


def test_une_migration_oubliee_arrete_tout(client: Client) -> None:
    MigrationRecorder.Migration.objects.filter(app="socle").first().delete()
    reponse = client.get("/sante/")
    assert reponse.status_code == 503
    assert reponse.json()["migrations"] == "1 à appliquer"


def test_une_base_injoignable_est_dite_sans_detail(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def echouer(self: MigrationRecorder) -> None:
        raise DatabaseError("hôte secret.interne injoignable")

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", echouer)
    reponse = client.get("/sante/")
    assert reponse.status_code == 503
    assert reponse.json() == {"base": "injoignable", "migrations": "?", "travail": "?"}
