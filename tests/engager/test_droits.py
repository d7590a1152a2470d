"""Partenaires et comités lisent la mission, sans rien d'interne ; les deux faces s'accordent."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from maillage.annuaire.models import Role
from maillage.engager.models import EtatPartenariat, ValidationDuPorteur
from maillage.ingenieries.droits import peut_voir, peut_voir_interne
from maillage.ingenieries.models import Ingenierie
from maillage.socle.models import Utilisateur
from tests.comptes import connecte
from tests.engager.monde import avis, financeur, membre_du_comite, partenaire
from tests.fabriques import agent, departement, mission, operateur

pytestmark = pytest.mark.django_db

SECRETS = ("ATTENTE-SECRETE", "MOTIVATION-SECRETE", "REMARQUE-SECRETE", "PRESSENTI-SECRET")


def personnes(dossier: Ingenierie) -> dict[str, Utilisateur]:
    """Une personne par relation à la mission, chacune dans sa propre organisation."""
    comptes = {}
    for etat in EtatPartenariat:
        lien = partenaire(dossier, organisation=financeur(f"Financeur {etat}"), etat=etat)
        comptes[etat] = agent(lien.organisation, Role.PARTENAIRE)
    gironde = operateur("DLA de la Gironde", departement("33", "Gironde"))
    comptes["comite"] = membre_du_comite(dossier.operateur)
    comptes["comite_ailleurs"] = membre_du_comite(gironde)
    comptes["charge"] = agent(dossier.operateur)
    comptes["ailleurs"] = agent(gironde)
    return comptes


def test_qui_lit_la_mission_et_les_deux_faces_s_accordent() -> None:
    dossier = mission()
    avis(dossier)
    comptes = personnes(dossier)
    lisent = {"sollicite", "engage", "comite", "charge"}
    for nom, compte in comptes.items():
        voit = bool(peut_voir(compte, dossier))
        assert voit == (nom in lisent), nom
        assert voit == Ingenierie.objects.visibles_par(compte).filter(pk=dossier.pk).exists(), nom
        if voit:
            assert bool(peut_voir_interne(compte, dossier)) == (nom == "charge"), nom


def test_sans_avis_demande_le_comite_ne_lit_pas() -> None:
    dossier = mission()
    compte = membre_du_comite(dossier.operateur)
    assert not peut_voir(compte, dossier)
    avis(dossier, mode="absent", raison_de_l_absence="Comité suspendu")
    assert not peut_voir(membre_du_comite(dossier.operateur), dossier)


def test_le_comite_d_un_dla_associe_lit_ce_qu_on_lui_soumet() -> None:
    dossier, jura = mission(), operateur("DLA du Jura", departement("39", "Jura"))
    avis(dossier, operateur=jura)
    assert peut_voir(membre_du_comite(jura), dossier)
    assert not peut_voir(membre_du_comite(dossier.operateur), dossier)


@pytest.mark.parametrize("nom", ["engage", "comite"])
def test_rien_d_interne_ne_sort(nom: str) -> None:
    dossier = mission()
    avis(dossier)
    comptes = personnes(dossier)
    partenaire(
        dossier,
        organisation=financeur("Fondation"),
        etat="engage",
        attentes={"mots": SECRETS[0], "motivations": SECRETS[1]},
    )
    partenaire(dossier, organisation=financeur(SECRETS[3]), etat="pressenti")
    ValidationDuPorteur.objects.create(
        ingenierie=dossier, etat="validee", date=date(2026, 1, 5), remarques=SECRETS[2]
    )
    for demarche in ("engager.lancer", "engager.convenir", "engager.valider"):
        adresse = reverse("ingenieries:demarche", args=[dossier.pk, demarche])
        page = connecte(comptes[nom]).get(adresse).content.decode()
        assert not [s for s in SECRETS if s in page], demarche
        interne = connecte(comptes["charge"]).get(adresse).content.decode()
        assert demarche == "engager.convenir" or [s for s in SECRETS if s in interne]
    vues = connecte(comptes[nom]).get(reverse("engager:comites")).content.decode()
    assert not [s for s in SECRETS if s in vues]


def test_les_attentes_ne_s_ouvrent_qu_au_pilote() -> None:
    dossier = mission()
    avis(dossier)
    lien = partenaire(dossier)
    adresse = reverse("engager:attentes_modifier", args=[dossier.pk, lien.attentes.pk])
    assert connecte(agent(lien.organisation, Role.PARTENAIRE)).get(adresse).status_code == 403
    assert connecte(agent(financeur("Autre"), Role.PARTENAIRE)).get(adresse).status_code == 404
    assert connecte(agent(dossier.operateur)).get(adresse).status_code == 200


def test_un_element_d_une_autre_mission_n_existe_pas_ici() -> None:
    dossier = mission()
    ailleurs = mission(operateur("DLA du Jura", departement("39", "Jura")))
    lien = partenaire(ailleurs)
    adresse = reverse("engager:partenaire_modifier", args=[dossier.pk, lien.pk])
    assert connecte(agent(dossier.operateur)).get(adresse).status_code == 404
