"""La démonstration : trois demandes, deux diagnostics, et rien en double."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from maillage.accueillir.demonstration import DONNEES, creer_accueils
from maillage.accueillir.models import Demande, Diagnostic, EtatDiagnostic
from maillage.annuaire.models import Organisation, Personne
from tests.fabriques import agent, operateur, organisation

pytestmark = pytest.mark.django_db


def test_la_demonstration_se_cree_une_fois() -> None:
    lues = yaml.safe_load(Path(DONNEES).read_text(encoding="utf-8"))
    dla = operateur()
    for lu in [*lues["demandes"], *lues["diagnostics"]]:
        if not Organisation.objects.filter(nom=lu["structure"]).exists():
            organisation(nom=lu["structure"], operateur=dla)
        if not Personne.objects.filter(courriel=lu["charge"]).exists():
            compte = agent(dla)
            compte.personne.courriel = lu["charge"]
            compte.personne.save()
    creer_accueils()
    creer_accueils()
    assert Demande.objects.count() == 3
    etats = sorted(Diagnostic.objects.values_list("etat", flat=True))
    assert etats == [EtatDiagnostic.A_VALIDER, EtatDiagnostic.VALIDE]
    valide = Diagnostic.objects.get(etat=EtatDiagnostic.VALIDE)
    assert valide.besoins.filter(interne=True).exists()
    assert valide.demande is not None
