"""D'un parcours à une mission : l'individuelle s'ouvre courte, la collective se rejoint."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from maillage.accueillir.models import Action
from maillage.annuaire.models import Role
from maillage.confirmer.models import Participation, SuiteDAction
from maillage.confirmer.suites import operations
from maillage.identifier.models import Problematique
from maillage.ingenieries.models import EtatAvancement, Ingenierie
from maillage.ingenieries.operations import marquer
from tests.accueillir.monde_du_parcours import action, parcours
from tests.comptes import connecte
from tests.fabriques import agent, mission, operateur

pytestmark = pytest.mark.django_db


def adresse(geste: str, *cles: Any) -> str:
    return reverse(f"confirmer:action_{geste}", args=[c.pk for c in cles])


def individuelle() -> tuple[Action, Any, Ingenierie]:
    """Une action, qui la tient, et la mission qu'elle ouvre par sa page."""
    a = action(parcours(), sorte="individuelle", intitule="Refaire le budget")
    par = agent(a.parcours.operateur)
    reponse = connecte(par).post(adresse("mission", a), {"titre": a.intitule, "annee": 2026})
    assert reponse.status_code == 302
    return a, par, Ingenierie.objects.get()


def test_l_action_ouvre_une_mission_ou_la_structure_est_deja_retenue() -> None:
    a, par, ouverte = individuelle()
    assert (ouverte.nature, ouverte.operateur) == ("individuelle", a.parcours.operateur)
    participation = Participation.objects.get()
    assert participation.structure == a.parcours.structure
    assert participation.palier == participation.atteint == "retenue"
    a.refresh_from_db()
    assert a.etat == "engagee"
    page = connecte(par).get(a.parcours.get_absolute_url()).content.decode()
    assert ouverte.get_absolute_url() in page
    assert adresse("mission", a) not in page, "une mission par action"


def test_deux_clics_n_ouvrent_qu_une_mission() -> None:
    a, par, ouverte = individuelle()
    seconde = operations.ouvrir_mission(a, Ingenierie(titre="Bis", annee=2026), liens={}, par=par)
    assert seconde == ouverte
    reponse = connecte(par).post(adresse("mission", a), {"titre": "Bis", "annee": 2026})
    assert reponse["Location"] == ouverte.get_absolute_url()
    assert Ingenierie.objects.count() == 1


def test_son_dossier_est_court_et_s_ouvre_au_complet() -> None:
    _, par, ouverte = individuelle()
    client = connecte(par)
    debut = client.get(ouverte.get_absolute_url())["Location"]
    assert debut.endswith("engager.valider/")
    court = client.get(debut).content.decode()
    assert "Cerner une problématique" not in court
    assert "0\u00a0démarche sur 5" in court
    assert "les 7 autres démarches" in court
    complet = client.get(f"{debut}?complet=1").content.decode()
    assert "Cerner une problématique" in complet
    assert "0\u00a0démarche sur 12" in complet
    cachee = reverse("ingenieries:demarche", args=[ouverte.pk, "identifier.cerner"])
    assert client.get(cachee).status_code == 200


def test_une_demarche_dont_on_a_dit_quelque_chose_reste_montree() -> None:
    _, par, ouverte = individuelle()
    marquer(ouverte, "finaliser.capitaliser", EtatAvancement.EN_COURS, par=par)
    marquer(ouverte, "identifier.cerner.diagnostics", EtatAvancement.FAIT, par=par)
    page = connecte(par).get(ouverte.get_absolute_url(), follow=True).content.decode()
    assert "les 5 autres démarches" in page


def test_une_mission_collective_garde_ses_douze_demarches() -> None:
    m = mission()
    page = connecte(agent(m.operateur)).get(m.get_absolute_url(), follow=True).content.decode()
    assert "démarche sur 12" in page
    assert "autres démarches" not in page


def test_aujourd_hui_propose_la_suite_dans_le_cycle_court() -> None:
    _, par, ouverte = individuelle()
    page = connecte(par).get(reverse("piloter:aujourdhui")).content.decode()
    assert reverse("ingenieries:demarche", args=[ouverte.pk, "engager.valider"]) in page


def test_la_structure_lit_sa_mission_depuis_son_parcours() -> None:
    a, _, ouverte = individuelle()
    contact = agent(a.parcours.structure, Role.STRUCTURE)
    page = connecte(contact).get(a.parcours.get_absolute_url()).content.decode()
    assert ouverte.get_absolute_url() in page


def test_le_dossier_dit_de_quel_parcours_il_vient_a_qui_peut_le_lire() -> None:
    _, par, ouverte = individuelle()
    associe = operateur("DLA du Jura")
    ouverte.operateurs_associes.add(associe)
    dit = "Vient du parcours de"
    assert dit in connecte(par).get(ouverte.get_absolute_url(), follow=True).content.decode()
    ailleurs = connecte(agent(associe)).get(ouverte.get_absolute_url(), follow=True)
    assert ailleurs.status_code == 200
    assert dit not in ailleurs.content.decode()


def test_une_action_rejoint_une_mission_collective_visible() -> None:
    a = action(parcours(), sorte="collective")
    par = agent(a.parcours.operateur)
    sienne = mission(a.parcours.operateur, titre="Mécénat")
    autre = mission(operateur("DLA du Jura"), titre="Cachée")
    client = connecte(par)
    assert "Cachée" not in client.get(adresse("rattacher", a)).content.decode()
    assert client.post(adresse("rattacher", a), {"ingenierie": autre.pk}).status_code == 422
    assert client.post(adresse("rattacher", a), {}).status_code == 422
    client.post(adresse("rattacher", a), {"ingenierie": sienne.pk})
    assert Participation.objects.get().palier == "reperee"
    contact = connecte(agent(a.parcours.structure, Role.STRUCTURE))
    assert "Mécénat" in client.get(a.parcours.get_absolute_url()).content.decode()
    assert "Mécénat" not in contact.get(a.parcours.get_absolute_url()).content.decode()


def test_une_action_rejoint_un_besoin_partage_et_s_en_detache() -> None:
    a = action(parcours(), sorte="collective")
    par = agent(a.parcours.operateur)
    besoin = Problematique.objects.create(operateur=a.parcours.operateur, titre="Employeur")
    client = connecte(par)
    client.post(adresse("rattacher", a), {"problematique": besoin.pk})
    assert list(besoin.structures.all()) == [a.parcours.structure]
    lien = SuiteDAction.objects.get()
    assert adresse("detacher", a, lien) in client.get(adresse("rattacher", a)).content.decode()
    client.post(adresse("detacher", a, lien))
    assert not SuiteDAction.objects.exists()
    assert client.post(adresse("detacher", a, lien)).status_code == 404


def test_un_lien_mene_a_l_un_ou_a_l_autre_une_seule_fois() -> None:
    a, m = action(parcours()), mission()
    SuiteDAction.objects.create(action=a, ingenierie=m)
    for faux in ({"ingenierie": m}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SuiteDAction.objects.create(action=a, **faux)
