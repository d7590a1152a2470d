"""La page des besoins partagés : elle compte ce que je lis, et d'ailleurs seulement des nombres."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from maillage import methode
from maillage.accueillir.models import Diagnostic, EtatDiagnostic
from maillage.annuaire.models import Nature, Organisation, Role
from maillage.identifier.models import CumulDeTheme, Problematique
from maillage.identifier.partages.page import PREMIERS
from maillage.territoires.models import Territoire
from tests.comptes import connecte
from tests.fabriques import agent, commune, departement, mission, operateur, organisation
from tests.identifier.monde import problematique, signal
from tests.identifier.regroupement.monde import besoin_de_diagnostic
from tests.telechargements import contenu

pytestmark = pytest.mark.django_db

BANQUE, ENERGIE = "finances.banque", "ecologie.energie"


def dire(
    dla: Organisation, combien: int, theme: str = BANQUE, themes: Any = None, **champs: Any
) -> None:
    besancon = Territoire.objects.filter(code="25056").first() or commune(dans=departement())
    for _ in range(combien):
        structure = organisation(operateur=dla, commune=besancon, secteur="culture")
        signal(dla, themes=themes or [theme], structure=structure, secteur="culture", **champs)


def lire(client: Client, suite: str = "") -> Any:
    reponse = client.get(f"{reverse('identifier:partages')}{suite}")
    assert reponse.status_code == 200
    return reponse


def test_une_structure_qui_le_dit_deux_fois_compte_une_fois(
    dla: Organisation, client_du_dla: Client
) -> None:
    dire(dla, 2)
    structure = organisation(operateur=dla)
    for _ in range(2):
        signal(dla, themes=[BANQUE], structure=structure)
    (ligne,) = lire(client_du_dla).context["lignes"]
    assert (ligne.compte.structures, ligne.compte.besoins) == (3, 4)
    assert [(nom, n) for nom, n, _ in ligne.cases] == [("Doubs", 2), ("Lieu non dit", 1)]
    (par_secteur,) = lire(client_du_dla, "?colonnes=secteur").context["lignes"]
    assert {nom: n for nom, n, _ in par_secteur.cases}["Secteur non dit"] == 1


def test_les_themes_les_plus_dits_d_abord_les_autres_a_la_demande(
    dla: Organisation, client_du_dla: Client
) -> None:
    dire(dla, 2)
    moins_dits = [t.code for t in methode.themes().themes if t.code != BANQUE][:PREMIERS]
    dire(dla, 1, themes=moins_dits)
    courte = lire(client_du_dla)
    assert len(courte.context["lignes"]) == PREMIERS
    assert courte.context["lignes"][0].url == f"?theme={BANQUE}"
    assert "Voir aussi 1 autre thème, moins dit" in courte.content.decode()
    toute = lire(client_du_dla, courte.context["url_de_tous"])
    assert len(toute.context["lignes"]) == PREMIERS + 1
    assert "Voir aussi" not in toute.content.decode()


def test_ce_qui_emerge_et_ce_qui_s_eteint(dla: Organisation, client_du_dla: Client) -> None:
    dire(dla, 3)
    dire(dla, 3, ENERGIE, date=timezone.localdate() - timedelta(days=500))
    emerge, eteint = lire(client_du_dla).context["mouvements"]
    assert [t["url"] for t in emerge["themes"]] == [f"?theme={BANQUE}"]
    assert [t["url"] for t in eteint["themes"]] == [f"?theme={ENERGIE}"]


def test_ses_missions_se_nomment_les_autres_se_comptent(
    dla: Organisation, client_du_dla: Client
) -> None:
    gironde = operateur("DLA de la Gironde", departement("33", "Gironde"))
    for chez, titre in ((dla, "Parler à sa banque"), (gironde, "Banquiers de Gironde")):
        formulee = problematique(chez)
        formulee.signaux.add(signal(chez, themes=[BANQUE]))
        formulee.ingenieries.add(mission(chez, titre=titre))
    page = lire(client_du_dla, f"?theme={BANQUE}").content.decode()
    assert "Parler à sa banque" in page
    assert "Banquiers de Gironde" not in page
    assert "1 autre mission hors de votre périmètre" in " ".join(page.split())
    assert f"{reverse('identifier:signaux')}?theme={BANQUE}" in page
    autre = lire(client_du_dla, f"?theme={ENERGIE}").content.decode()
    assert "Parler à sa banque" not in autre


def test_l_interne_d_un_diagnostic_ne_designe_pas_de_mission(
    dla: Organisation, client_du_dla: Client
) -> None:
    formulee = problematique(dla)
    besoin = besoin_de_diagnostic(dla, dit="Dit à voix basse", theme=BANQUE, interne=True)
    formulee.signaux.add(besoin.signal)
    formulee.ingenieries.add(mission(dla, titre="Parler à sa banque"))
    dire(dla, 1)
    assert "Parler à sa banque" not in lire(client_du_dla, f"?theme={BANQUE}").content.decode()


def test_un_diagnostic_pas_encore_valide_ne_compte_pas_de_mission_ailleurs(
    client_du_dla: Client,
) -> None:
    """Règle 3 : hors de son équipe, on n'en compte pas même le thème."""
    gironde = operateur("DLA de la Gironde", departement("33", "Gironde"))
    besoin = besoin_de_diagnostic(gironde, dit="Un refus", theme=BANQUE)
    formulee = problematique(gironde)
    formulee.signaux.add(besoin.signal)
    formulee.ingenieries.add(mission(gironde))
    adresse = f"?theme={BANQUE}"
    assert lire(client_du_dla, adresse).context["missions_ailleurs"] == 1
    Diagnostic.objects.update(etat=EtatDiagnostic.EN_COURS)
    assert lire(client_du_dla, adresse).context["missions_ailleurs"] == 0


@pytest.mark.parametrize("role", [Role.STRUCTURE, Role.MEMBRE_COMITE])
def test_qui_n_est_pas_du_reseau_ne_compte_pas_les_missions(dla: Organisation, role: Role) -> None:
    gironde = operateur("DLA de la Gironde", departement("33", "Gironde"))
    formulee = problematique(gironde)
    formulee.signaux.add(signal(gironde, themes=[BANQUE]))
    formulee.ingenieries.add(mission(gironde))
    page = lire(connecte(agent(dla, role)), f"?theme={BANQUE}")
    assert page.context["missions_ailleurs"] == 0


def test_un_theme_ouvre_ses_voix_et_ses_voisins(dla: Organisation, client_du_dla: Client) -> None:
    dire(dla, 1, texte="La banque nous a fermé la porte")
    dire(dla, 1, ENERGIE, texte="Le chauffage coûte trop cher")
    gironde = departement("33", "Gironde")
    CumulDeTheme.objects.create(theme=BANQUE, departement=gironde, structures=4)
    page = lire(client_du_dla, f"?theme={BANQUE}").content.decode()
    assert "La banque nous a fermé la porte" in page
    assert "Le chauffage coûte trop cher" not in page
    assert "Gironde : 4\u00a0structures" in page


def test_un_theme_mene_a_ses_problematiques_sauf_les_ecartees(
    dla: Organisation, client_du_dla: Client
) -> None:
    for titre, theme, etat in (
        ("Le prêt", BANQUE, "confirmee"),
        ("La caution", BANQUE, "ecartee"),
        ("Le poêle", ENERGIE, "confirmee"),
    ):
        preuve = signal(dla, themes=[theme])
        portee = Problematique.objects.create(
            operateur=dla, titre=titre, etat=etat, motif="Déjà traité" if etat == "ecartee" else ""
        )
        portee.signaux.add(preuve, signal(dla, themes=[theme]))
    (trouvee,) = lire(client_du_dla, f"?theme={BANQUE}").context["problematiques"]
    assert trouvee.titre == "Le prêt"


def test_la_periode_et_le_lieu_restreignent(dla: Organisation, client_du_dla: Client) -> None:
    dire(dla, 1)
    dire(dla, 1, ENERGIE, date=timezone.localdate() - timedelta(days=4 * 365))
    ailleurs = departement("39", "Jura")
    assert len(lire(client_du_dla).context["lignes"]) == 1
    assert len(lire(client_du_dla, "?depuis=5").context["lignes"]) == 2
    assert lire(client_du_dla, f"?lieu={ailleurs.pk}").context["lignes"] == []
    assert len(lire(client_du_dla, "?depuis=n’importe&lieu=quoi").context["lignes"]) == 1


def test_ni_les_mots_ni_les_lignes_d_un_diagnostic_d_un_autre_dla(dla: Organisation) -> None:
    besoin_de_diagnostic(dla, theme=BANQUE, dit="MOTSDUDIAGNOSTIC")
    jura = operateur("DLA du Jura", departement("39", "Jura"))
    region = organisation(Nature.DLA_REGIONAL, territoires=[departement("25", "Doubs")])
    for personne in (agent(jura), agent(region, Role.DLA_REGIONAL)):
        reponse = lire(connecte(personne), f"?theme={BANQUE}")
        assert reponse.context["lignes"] == []
        assert "MOTSDUDIAGNOSTIC" not in reponse.content.decode()


def test_l_export_donne_theme_territoire_et_secteur(
    dla: Organisation, client_du_dla: Client
) -> None:
    dire(dla, 2)
    texte = contenu(lire(client_du_dla, "?export=csv")).decode("utf-8-sig")
    entete, ligne = texte.splitlines()
    assert entete == "Thème;Territoire;Secteur;Structures;Besoins"
    assert ligne.split(";")[1:] == ["Doubs", "Culture", "2", "2"]


@pytest.mark.parametrize("combien", [3, 40])
def test_douze_requetes_quel_que_soit_le_nombre(
    dla: Organisation, client_du_dla: Client, combien: int
) -> None:
    dire(dla, combien)
    for suite, attendues in (("", 6), (f"?theme={BANQUE}", 10)):
        lire(client_du_dla, suite)
        with CaptureQueriesContext(connection) as captees:
            lire(client_du_dla, suite)
        assert len(captees) == attendues
