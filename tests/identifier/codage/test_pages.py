"""Coder d'une touche, passer, corriger, annuler ; ce qui est accepté s'apprend."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.accueillir.models import Besoin
from maillage.annuaire.models import Organisation
from maillage.identifier.codage.suggestions import conseil
from maillage.identifier.models import Codage, Signal
from maillage.socle.journal.models import Acte
from tests.accueillir.fabriques import diagnostic_valide, structure_accueillie
from tests.comptes import connecte
from tests.fabriques import agent, departement, operateur
from tests.identifier.monde import entourage, signal

pytestmark = pytest.mark.django_db

TRESORERIE = "finances.tresorerie"
AUTRE = "gouvernance.instances"
DECOUVERT = "Le 20 du mois le compte est déjà à découvert"
FILE = "identifier:a_coder"


def page(client: Client, suite: str = "") -> str:
    return client.get(reverse(FILE) + suite).content.decode()


def coder(client: Client, besoin: Signal, **envoi: Any) -> Any:
    envoi = {"version": besoin.version, "source": "structures", **envoi}
    return client.post(reverse("identifier:coder", args=[besoin.pk]), envoi, follow=True)


def test_une_touche_accepte_et_montre_le_suivant(dla: Organisation, client_du_dla: Client) -> None:
    suivant = signal(dla, texte="Qui pour reprendre la présidence ?", date="2026-01-01")
    besoin = signal(dla, texte=DECOUVERT, date="2026-01-02")
    lue = page(client_du_dla)
    assert "2\u00a0besoins à coder" in lue
    touches = re.findall(r'value="([a-z_.]+)"[^>]*data-raccourci="(\d)"', lue)
    assert touches[0] == (TRESORERIE, "1")
    assert [int(rang) for _, rang in touches] == list(range(1, len(touches) + 1))
    assert "découvert" in lue.split("parce que", 1)[1]
    apres = coder(client_du_dla, besoin, theme=TRESORERIE).content.decode()
    besoin.refresh_from_db()
    assert (besoin.themes, besoin.source, besoin.code) == ([TRESORERIE], "structures", True)
    assert suivant.texte in apres
    codage = Codage.objects.get()
    assert (codage.themes_avant, codage.annule_le) == ([], None)
    assert TRESORERIE in codage.proposes
    assert codage.par is not None
    assert "Il reste à dire d’où vient ce besoin" not in apres
    assert "Trésorerie" in Acte.objects.sur(besoin).get().phrase


def test_coder_sans_source_dit_ce_qui_reste(dla: Organisation, client_du_dla: Client) -> None:
    besoin = signal(dla, texte=DECOUVERT, source="")
    assert "Il reste à dire d’où vient ce besoin" in (
        coder(client_du_dla, besoin, theme=TRESORERIE, source="").content.decode()
    )
    assert Signal.objects.a_coder_par([dla.pk]).filter(pk=besoin.pk).exists()


def test_corriger_se_garde_comme_une_correction(dla: Organisation, client_du_dla: Client) -> None:
    besoin = signal(dla, texte=DECOUVERT)
    coder(client_du_dla, besoin, autre=AUTRE)
    besoin.refresh_from_db()
    codage = Codage.objects.get()
    assert besoin.themes == codage.themes == [AUTRE]
    assert TRESORERIE in codage.proposes
    assert AUTRE not in codage.proposes


def test_annuler_rend_le_besoin_a_la_file(dla: Organisation, client_du_dla: Client) -> None:
    besoin = signal(dla, texte=DECOUVERT)
    coder(client_du_dla, besoin, theme=TRESORERIE)
    annuler = reverse("identifier:codage_annuler", args=[Codage.objects.get().pk])
    assert annuler in page(client_du_dla)
    client_du_dla.post(annuler)
    besoin.refresh_from_db()
    assert (besoin.themes, besoin.source) == ([], "")
    assert Codage.objects.get().annule_le
    assert annuler not in page(client_du_dla)
    assert besoin.texte in page(client_du_dla)


def test_on_n_annule_pas_ce_qui_a_ete_recode(dla: Organisation, client_du_dla: Client) -> None:
    besoin = signal(dla, texte=DECOUVERT)
    coder(client_du_dla, besoin, theme=TRESORERIE)
    codage = Codage.objects.get()
    Signal.objects.update(themes=[AUTRE])
    annuler = reverse("identifier:codage_annuler", args=[codage.pk])
    assert "recodé depuis" in client_du_dla.post(annuler, follow=True).content.decode()
    besoin.refresh_from_db()
    codage.refresh_from_db()
    assert (besoin.themes, codage.annule_le) == ([AUTRE], None)


def test_passer_mene_au_suivant_puis_au_bout(dla: Organisation, client_du_dla: Client) -> None:
    second = signal(dla, texte="Le second", date="2026-01-01")
    premier = signal(dla, texte="Le premier", date="2026-01-02")
    assert premier.texte in page(client_du_dla)
    assert second.texte in page(client_du_dla, f"?apres={premier.pk}")
    assert "au bout de la file" in page(client_du_dla, f"?apres={second.pk}")
    assert premier.texte in page(client_du_dla, "?apres=nimporte")


def test_sans_theme_on_dit_comment_reparer(dla: Organisation, client_du_dla: Client) -> None:
    besoin = signal(dla, texte=DECOUVERT)
    for envoi in ({}, {"theme": "inconnu"}, {"version": "x", "theme": TRESORERIE}):
        reponse = coder(client_du_dla, besoin, **envoi)
        assert reponse.status_code == 422, envoi
        assert DECOUVERT in reponse.content.decode()
    assert not Codage.objects.exists()


def test_deux_personnes_ne_se_recouvrent_pas(dla: Organisation, client_du_dla: Client) -> None:
    besoin = signal(dla, texte=DECOUVERT)
    coder(client_du_dla, besoin, theme=TRESORERIE)
    tard = coder(connecte(agent(dla)), besoin, theme=AUTRE)
    assert "modifié entre-temps" in tard.content.decode()
    besoin.refresh_from_db()
    assert besoin.themes == [TRESORERIE]


def test_un_codage_accepte_s_apprend_et_se_dit(dla: Organisation, client_du_dla: Client) -> None:
    """Des mots hors du lexique : seul le besoin déjà codé peut le proposer."""
    appris = signal(dla, texte="zinzolin turlupinant au préau")
    autre = signal(dla, texte="le zinzolin du préau nous turlupine", date="2020-01-01")
    assert not [p for p in conseil([dla.pk]).pour(autre) if "zinzolin" in p.raison]
    coder(client_du_dla, appris, autre="organisation.locaux")
    premier = conseil([dla.pk]).pour(autre)[0]
    assert premier.theme == "organisation.locaux"
    assert "1\u00a0besoin codé ainsi" in premier.raison
    assert "zinzolin turlupinant" in premier.raison


def test_un_exemple_d_un_autre_dla_ou_interne_ne_fuit_pas(dla: Organisation) -> None:
    jura = operateur("DLA du Jura", departement("39", "Jura"))
    signal(jura, texte="zinzolin turlupinant au préau", themes=["organisation.locaux"])
    for interne, chez in ((False, jura), (True, dla)):
        Besoin.objects.create(
            diagnostic=diagnostic_valide(structure_accueillie(chez), chez),
            domaine="emploi",
            dit="zinzolin turlupinant du préau",
            theme="organisation.locaux",
            interne=interne,
        )
    ici = signal(dla, texte="le zinzolin du préau nous turlupine")
    assert not any("turlupinant" in p.raison for p in conseil([dla.pk]).pour(ici))
    la_bas = conseil([jura.pk]).pour(signal(jura, texte=ici.texte))
    assert "2\u00a0besoins codés ainsi" in la_bas[0].raison


def test_un_besoin_de_diagnostic_se_code_et_garde_sa_source(
    dla: Organisation, client_du_dla: Client
) -> None:
    diagnostic = diagnostic_valide(structure_accueillie(dla), dla)
    Besoin.objects.create(diagnostic=diagnostic, domaine="emploi", dit=DECOUVERT)
    besoin = Signal.objects.get()
    lue = page(client_du_dla)
    assert DECOUVERT in lue
    assert 'name="source"' not in lue
    coder(client_du_dla, besoin, theme=TRESORERIE, source="documents")
    besoin.refresh_from_db()
    assert (besoin.themes, besoin.source) == ([TRESORERIE], "diagnostics")


def test_en_liste_on_ne_code_que_ce_que_l_on_choisit(
    dla: Organisation, client_du_dla: Client
) -> None:
    voulu, laisse = signal(dla, texte=DECOUVERT), signal(dla, texte="Un compte à découvert")
    adresse = reverse("identifier:a_coder_en_liste")
    lue = client_du_dla.get(adresse).content.decode()
    assert lue.count('value="" checked') == 2
    assert TRESORERIE in lue
    versions = {f"version-{s.pk}": s.version for s in (voulu, laisse)}
    client_du_dla.post(adresse, versions)
    assert not Codage.objects.exists()
    client_du_dla.post(adresse, {**versions, f"theme-{voulu.pk}": TRESORERIE})
    assert Codage.objects.get().signal == voulu
    laisse.refresh_from_db()
    assert laisse.themes == []


def test_completer_propose_les_memes_themes_et_garde_le_codage(
    dla: Organisation, client_du_dla: Client
) -> None:
    besoin = signal(dla, texte=DECOUVERT)
    adresse = reverse("identifier:completer", args=[besoin.pk])
    lue = client_du_dla.get(adresse).content.decode()
    (case,) = re.findall(rf'<input[^>]*value="{TRESORERIE}"[^>]*>', lue)
    assert 'name="themes"' in case
    assert "checked" not in case
    assert lue.index(case) < lue.index("parce que") < lue.index("<legend>Thèmes")
    envoi = {"texte": DECOUVERT, "date": "2026-01-01", "version": 1, "themes": [TRESORERIE]}
    client_du_dla.post(adresse, envoi)
    assert TRESORERIE in Codage.objects.get().proposes
    (cochee,) = re.findall(
        rf'<input[^>]*value="{TRESORERIE}"[^>]*>', client_du_dla.get(adresse).text
    )
    assert "checked" in cochee
    client_du_dla.post(adresse, envoi | {"version": 2, "auteur_libelle": "la trésorière"})
    assert Codage.objects.count() == 1


def test_seul_le_dla_qui_a_note_code(dla: Organisation) -> None:
    besoin = signal(dla, texte=DECOUVERT)
    comptes = entourage(dla)
    attendus = {"regional": 403, "ailleurs": 404, "comite": 404, "structure": 404}
    for nom, statut in attendus.items():
        assert coder(connecte(comptes[nom]), besoin, theme=TRESORERIE).status_code == statut, nom
    coder(connecte(comptes["charge"]), besoin, theme=TRESORERIE)
    annuler = reverse("identifier:codage_annuler", args=[Codage.objects.get().pk])
    assert connecte(comptes["responsable"]).post(annuler).status_code == 404
    for nom in ("ailleurs", "regional"):
        assert DECOUVERT not in page(connecte(comptes[nom]))
    assert connecte(comptes["comite"]).get(reverse(FILE)).status_code == 403


@pytest.mark.parametrize("route", ["a_coder", "a_coder_en_liste"])
def test_le_nombre_de_requetes_ne_depend_pas_des_lignes(
    dla: Organisation, client_du_dla: Client, route: str
) -> None:
    adresse = reverse(f"identifier:{route}")
    nombres = []
    for combien in (2, 30):
        for rang in range(combien):
            signal(dla, texte=f"{DECOUVERT} {rang}", themes=[TRESORERIE], source="structures")
            signal(dla, texte=f"{DECOUVERT} {rang}")
        with CaptureQueriesContext(connection) as captees:
            assert client_du_dla.get(adresse).status_code == 200
        nombres.append(len(captees))
    assert nombres[0] == nombres[1] <= 12


def test_qui_ne_code_pas_n_en_voit_pas_l_onglet(dla: Organisation) -> None:
    """L'onglet menait qui ne fait que lire à un refus."""
    liste, onglet = reverse("identifier:signaux"), f'href="{reverse(FILE)}"'
    gens = entourage(dla)
    assert onglet in connecte(gens["charge"]).get(liste).content.decode()
    assert onglet not in connecte(gens["comite"]).get(liste).content.decode()


def test_apprendre_ne_relit_pas_des_besoins_entiers(dla: Organisation) -> None:
    """Mille à chaque page : d'objets entiers, la page coûtait vingt fois une page vide."""
    signal(dla, texte=DECOUVERT, source="structures", themes=[TRESORERIE])
    with CaptureQueriesContext(connection) as captees:
        assert conseil([dla.pk]).codeur
    (lecture,) = (q["sql"] for q in captees)
    assert lecture.split(" FROM ")[0].count(",") == 4
