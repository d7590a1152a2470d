"""Les panneaux et les tâches : ce qu'ils disent, constatent et coûtent ; Doubs y entre."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from maillage.finaliser import taches as sujet
from maillage.finaliser.models import AppreciationDeRegistre, Presence, Reponse, Resultat, Seance
from maillage.ingenieries.droits import regard
from maillage.ingenieries.panneaux import panneaux_de
from maillage.socle.quantites import Quantite
from tests.taches import lire_les_taches

taches = lire_les_taches(sujet)
pytestmark = pytest.mark.django_db


def panneaux(dossier: Any, agente: Any, demarche: str) -> dict[str, Any]:
    return {p.code: p for p in panneaux_de(demarche, dossier, regard(agente, dossier))}


def resultat(dossier: Any, phrase: str, nature: str, montant: int | None = None) -> Resultat:
    cree = Resultat(ingenierie=dossier, phrase=phrase, nature=nature)
    if montant is not None:
        cree.montant = Quantite(Decimal(montant), unite="€")  # type: ignore[assignment]
    cree.delai = Quantite(Decimal(4), unite="mois")  # type: ignore[assignment]
    cree.save()
    return cree


@pytest.mark.parametrize(
    "demarche", ["confirmer.regler", "finaliser.realiser", "finaliser.evaluer"]
)
@pytest.mark.parametrize("nombre", [1, 200])
def test_une_demarche_coute_cinq_requetes_au_plus(
    dossier, agente, retenues, demarche, nombre
) -> None:
    seances = Seance.objects.bulk_create(
        Seance(ingenierie=dossier, forme="collective", titre=f"J{n}") for n in range(nombre)
    )
    Presence.objects.bulk_create(
        Presence(seance=seances[0], participation=p, etat="present") for p in retenues(nombre)
    )
    Reponse.objects.bulk_create(
        Reponse(ingenierie=dossier, question="innovation.outils", public="prestataires", mots="x")
        for _ in range(nombre)
    )
    for _ in range(nombre):
        resultat(dossier, "Un lien", "cooperation")
    AppreciationDeRegistre.objects.create(
        ingenierie=dossier, registre="coherence", texte="x", auteur=agente
    )
    vue = regard(agente, dossier)
    with CaptureQueriesContext(connection) as requetes:
        panneaux_de(demarche, dossier, vue)
    assert len(requetes) <= 5, [r["sql"][:120] for r in requetes]


def test_doubs_entre_sans_se_tordre(page, dossier, agente) -> None:
    """Dates inconnues, jours alternés, jury de trois, résultats quatre mois après."""
    ajouter = reverse("finaliser:seance_ajouter", args=[dossier.pk])
    for envoi in (
        {"forme": "information", "titre": "Sensibilisation", "duree": "1", "presents": "27"},
        {"forme": "alternee", "titre": "Appui-conseil", "duree": "5"},
        {"forme": "presentation", "titre": "Jury", "intervenants": "Trois membres"},
    ):
        assert page.post(ajouter, envoi).status_code == 302
    dit = panneaux(dossier, agente, "finaliser.realiser")["seance"]
    assert dit.phrase == "3\u00a0séances, 6\u00a0jours (et 1 inconnue)."
    assert dit.manques == ["3\u00a0séances sans date."]
    resultat(dossier, "Mécénat levé", "mecenat", 30_000)
    resultat(dossier, "Contrats de prestation", "prestation", 20_000)
    resultat(dossier, "Quatre associations ont un rendez-vous", "rendez_vous")
    resultats = panneaux(dossier, agente, "finaliser.evaluer")["resultat"]
    assert resultats.phrase == "3\u00a0résultats obtenus."
    premier = resultats.contexte["resultats"][0]["resultat"]
    assert premier.nature == "rendez_vous"
    mobilisation = panneaux(dossier, agente, "confirmer.mobiliser")["mobilisation"]
    assert mobilisation.phrase == "Aucune structure n’est repérée."


def test_un_resultat_vise_et_non_venu_compte_a_part(dossier, agente) -> None:
    resultat(dossier, "Deux associations coopèrent", "cooperation")
    manque = resultat(dossier, "Pas de groupement", "emploi", 1000)
    manque.obtenu = False
    manque.save()
    dit = panneaux(dossier, agente, "finaliser.evaluer")["resultat"].phrase
    assert dit == "1\u00a0résultat obtenu\u00a0; 1\u00a0visé sans venir."


def test_les_dates_posees_constatent_le_point_du_reglage(dossier, agente) -> None:
    assert not panneaux(dossier, agente, "confirmer.regler")["calendrier"].faits
    Seance.objects.create(
        ingenierie=dossier, forme="collective", titre="J1", date=timezone.localdate()
    )
    assert "seances_planifiees" in panneaux(dossier, agente, "confirmer.regler")["calendrier"].faits


def test_les_presences_notees_se_constatent(dossier, agente, retenues) -> None:
    (une,) = retenues(1)
    hier = timezone.localdate() - timedelta(days=1)
    seance = Seance.objects.create(ingenierie=dossier, forme="collective", titre="J1", date=hier)
    dit = panneaux(dossier, agente, "finaliser.realiser")["seance"]
    assert dit.manques == ["Présences à noter pour 1\u00a0séance passée."]
    Presence.objects.create(seance=seance, participation=une, etat="absent")
    dit = panneaux(dossier, agente, "finaliser.realiser")["seance"]
    assert "presences_notees" in dit.faits
    assert not dit.manques


def test_les_registres_se_constatent_deux_a_deux(dossier, agente) -> None:
    for registre in ("coherence", "efficacite", "pertinence"):
        AppreciationDeRegistre.objects.create(ingenierie=dossier, registre=registre, texte="x")
    dit = panneaux(dossier, agente, "finaliser.evaluer")["registre"]
    assert set(dit.faits) == {"coherence_et_pertinence"}
    assert dit.manques == ["Reste\u00a0: efficience."]


def test_les_taches_de_la_semaine_et_des_mois_d_apres(dossier, agente) -> None:
    aujourdhui = timezone.localdate()
    Seance.objects.create(
        ingenierie=dossier,
        forme="collective",
        titre="Ancienne",
        date=aujourdhui - timedelta(days=150),
    )
    with CaptureQueriesContext(connection) as requetes:
        dites = taches(agente, aujourdhui)
    assert [t.geste for t in dites] == ["Noter", "Noter un résultat"]
    assert len(requetes) <= 3
    resultat(dossier, "Un lien", "cooperation")
    Seance.objects.update(presents_valeur=12, presents_precision="environ")
    assert taches(agente, aujourdhui) == []
    Seance.objects.create(ingenierie=dossier, forme="collective", titre="Du jour", date=aujourdhui)
    (tache,) = taches(agente, aujourdhui)
    assert (tache.colonne, tache.titre) == ("cette_semaine", "Du jour")


@pytest.mark.parametrize(
    "faute",
    [
        {"montant": "trente mille"},
        {"montant": "-5"},
        {"structures": "2,5"},
        {"phrase": ""},
        {"phrase": "x" * 301},
        {"nature": "miracle"},
    ],
)
def test_un_resultat_faux_se_reaffiche(page, dossier, faute) -> None:
    envoi = {"nature": "mecenat", "phrase": "<i>Levé</i>", "obtenu": "on"} | faute
    reponse = page.post(reverse("finaliser:resultat_ajouter", args=[dossier.pk]), envoi)
    assert reponse.status_code == 422
    assert "<i>Levé</i>" not in reponse.content.decode()
    assert not Resultat.objects.exists()
