"""La page du dossier coûte autant à dix lignes qu'à mille, démarche par démarche."""

from __future__ import annotations

import pgtrigger
import pytest
from django.urls import reverse

from maillage import methode
from maillage.annuaire.models import Nature, Organisation
from maillage.confirmer.models import Participation
from maillage.engager.models import AttentesDePartenaire, Financement, LigneDeBudget, Partenariat
from maillage.finaliser.models import Resultat, Seance
from maillage.identifier.models import Problematique, Signal
from maillage.ingenieries.models import Ingenierie, Note
from maillage.socle.models import Acte
from tests.comptes import connecte
from tests.fabriques import agent, mission
from tests.requetes import requetes

pytestmark = pytest.mark.django_db


def charger(dossier: Ingenierie, combien: int) -> None:
    """Ajoute `combien` lignes de chaque sorte au dossier, sans passer par l'historique."""
    dans = {"ingenierie": dossier}
    with pgtrigger.ignore():
        structures = Organisation.objects.bulk_create(
            Organisation(nom=f"Association {n}", natures=[Nature.STRUCTURE, Nature.FINANCEUR])
            for n in range(combien)
        )
        signaux = Signal.objects.bulk_create(
            Signal(operateur=dossier.operateur, source="structures", date="2026-01-05", texte="Oui")
            for _ in structures
        )
        dossier.problematiques.get().signaux.add(*signaux)
        Participation.objects.bulk_create(
            Participation(**dans, structure=s, palier="retenue", atteint="retenue")
            for s in structures
        )
        partenariats = Partenariat.objects.bulk_create(
            Partenariat(**dans, organisation=s, famille="financeurs", etat="engage")
            for s in structures
        )
        AttentesDePartenaire.objects.bulk_create(
            AttentesDePartenaire(**dans, partenariat=p) for p in partenariats
        )
        for modele, champs in (
            (LigneDeBudget, {"nature": "conseil", "libelle": "Conseil"}),
            (Resultat, {"nature": "mecenat", "phrase": "Mécénat levé"}),
            (Seance, {"forme": "collective", "titre": "Journée"}),
            (Note, {"texte": "À rappeler"}),
        ):
            modele.objects.bulk_create(modele(**dans, **champs) for _ in structures)
        Financement.objects.bulk_create(Financement(**dans, financeur=s) for s in structures)
        Acte.objects.bulk_create(
            Acte(phrase="a noté", sujet_type=dossier._meta.label_lower, sujet_id=dossier.pk)
            for _ in structures
        )


def test_le_dossier_coute_autant_a_dix_qu_a_mille() -> None:
    dossier = mission()
    problematique = Problematique.objects.create(operateur=dossier.operateur, titre="Mécénat")
    problematique.ingenieries.add(dossier)
    client = connecte(agent(dossier.operateur))
    adresses = [
        reverse("ingenieries:demarche", args=[dossier.pk, demarche.code])
        for demarche in methode.cycle().demarches
    ]
    charger(dossier, 10)
    a_dix = {adresse: requetes(client, adresse) for adresse in adresses}
    charger(dossier, 990)
    assert {adresse: requetes(client, adresse) for adresse in adresses} == a_dix
    assert max(a_dix.values()) <= 12
