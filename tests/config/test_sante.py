"""La page de santé dit ce qui manque, sans connexion et sans rien révéler."""

from datetime import timedelta
from unittest import mock

import pytest
from django.db import DatabaseError
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

pytestmark = pytest.mark.django_db


def test_sans_travailleur_l_instance_sert(client: Client) -> None:
    reponse = client.get("/sante/")
    assert reponse.status_code == 200
    assert reponse.json() == {"base": "ok", "migrations": "ok", "travail": "aucun travailleur"}
