"""La page personnelle, ouverte par son lien comme sur un téléphone, et ce que lit un tiers."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from maillage.accueillir.autorisations.operations import inscrire_lecture
from maillage.accueillir.models import FormeDeLecture
from maillage.portail.models import Remise
from maillage.portail.operations import remettre
from tests.accessibilite.conftest import Examen
from tests.accueillir.fabriques import autoriser, diagnostic_valide, soustraire
from tests.droits.monde import Monde


def test_la_page_personnelle_et_la_porte_close(monde: Monde, examen: Examen) -> None:
    structure, agent = monde.organisations["structure"], monde.comptes["charge"]
    comite: Any = monde.comptes["comite"]
    assert agent is not None
    lu = diagnostic_valide(structure, monde.organisations["pilote"])
    autoriser(structure, "comite")
    inscrire_lecture(lu, forme=FormeDeLecture.ECRAN, par=comite)
    soustraire(structure, diagnostic=monde.objets["diagnostic_soumis"])
    contact = structure.rattachements.get().personne
    _, jeton = remettre(contact, structure, remise=Remise.MAIN, preuve="au 3 mars", par=agent)
    examen.ouvrir(None, reverse("portail:porte", args=[jeton]))
    onglet, _ = examen._onglet(None)
    onglet.get_by_role("button", name="Ouvrir ma page").click()
    onglet.wait_for_url("**/ma-page/")
    soumis = reverse("portail:diagnostic", args=[monde.objets["diagnostic_soumis"].pk])
    for adresse in ("/ma-page/", "/ma-page/autorisations/", soumis):
        examen.ouvrir(None, adresse)
    examen.ouvrir(comite, reverse("accueillir:diagnostics_ouverts"))
    examen.ouvrir(comite, reverse("accueillir:diagnostic", args=[lu.pk]))
    autorisations = reverse("accueillir:autorisations", args=[structure.pk])
    examen.ouvrir(monde.comptes["structure"], autorisations)
    examen.ouvrir(agent, autorisations)
    examen.ouvrir(agent, reverse("portail:liens", args=[structure.pk]))
    examen.ouvrir(monde.comptes["national"], reverse("accueillir:diagnostics_comptes"))
    examen.conclure()
