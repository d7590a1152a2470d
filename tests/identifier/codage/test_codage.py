"""Le codage propose un thème, dit pourquoi, et apprend."""

from __future__ import annotations

import pytest

from maillage import methode
from maillage.identifier.codage.calculs import Codeur, Exemple, LexiqueLu


@pytest.fixture(scope="module")
def lu() -> LexiqueLu:
    return LexiqueLu(methode.themes(), methode.lexique_des_besoins())


@pytest.mark.parametrize(
    ("texte", "theme"),
    [
        ("Le 20 du mois le compte est déjà à découvert", "finances.tresorerie"),
        ("on voudrait se prêter une secrétaire à trois clubs", "cooperation.emploi"),
        ("Qui pour reprendre la présidence ? pas de candidat au CA", "gouvernance.instances"),
        ("notre vieille chaudière au fioul nous coûte une fortune", "ecologie.energie"),
        ("elles ont mal au dos et les arrêts s’enchaînent", "emploi.conditions"),
        ("le DUERP n’est pas fait", "emploi.conditions"),
        ("On nous réclame la TVA sur les stages, est-on lucratif ?", "finances.fiscalite"),
        ("la page facebook est à l’abandon", "communication.web"),
    ],
)
def test_un_besoin_dit_simplement_est_parmi_les_trois(
    lu: LexiqueLu, texte: str, theme: str
) -> None:
    assert theme in [s.theme for s in Codeur(lu).proposer(texte)[:3]]


def test_la_raison_est_faite_des_mots_du_texte(lu: LexiqueLu) -> None:
    premiere = Codeur(lu).proposer("La banque refuse le prêt pour le camion")[0]
    assert premiere.theme == "finances.banque"
    assert any("banque" in raison for raison in premiere.raisons)


def test_tous_les_themes_reviennent_tries_et_somment_a_un(lu: LexiqueLu) -> None:
    suggestions = Codeur(lu).proposer("un souci de bail")
    assert {s.theme for s in suggestions} == {t.code for t in methode.themes().themes}
    scores = [s.score for s in suggestions]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) == pytest.approx(1)


@pytest.mark.parametrize("texte", ["", "???", "zzz qqq"])
def test_sans_mot_connu_aucune_raison_n_est_inventee(lu: LexiqueLu, texte: str) -> None:
    suggestions = Codeur(lu).proposer(texte)
    assert suggestions[0].theme == methode.themes().themes[0].code
    assert not any(s.raisons for s in suggestions)


def test_un_codage_accepte_fait_reconnaitre_un_besoin_voisin(lu: LexiqueLu) -> None:
    texte = "le zinzolin du préau nous turlupine"
    appris = Codeur(lu, [Exemple("zinzolin turlupinant au préau", "organisation.locaux")])
    avant = Codeur(lu).proposer(texte)
    apres = appris.proposer(texte)
    assert apres[0].theme == "organisation.locaux" != avant[0].theme
    assert any("comme « zinzolin" in raison for raison in apres[0].raisons)


def test_le_secteur_penche_sans_decider(lu: LexiqueLu) -> None:
    exemples = [Exemple("", "ecologie.mobilite", secteur="sport") for _ in range(5)]
    codeur = Codeur(lu, exemples)
    assert codeur.proposer("", secteur="sport")[0].theme == "ecologie.mobilite"
    assert codeur.proposer("découvert bancaire, trésorerie", secteur="sport")[0].theme == (
        "finances.tresorerie"
    )


@pytest.mark.parametrize(("combien", "ressemble"), [(400, True), (401, False)])
def test_un_mot_de_trop_de_besoins_codes_ne_fait_plus_ressembler(
    lu: LexiqueLu, combien: int, ressemble: bool
) -> None:
    codes = [Exemple("zinzolin", "organisation.locaux") for _ in range(combien)]
    ailleurs = [Exemple("bail", "ecologie.mobilite") for _ in range(100)]
    raisons = Codeur(lu, codes + ailleurs).proposer("zinzolin")[0].raisons
    assert any(raison.startswith("comme") for raison in raisons) is ressemble


def test_un_theme_hors_nomenclature_n_empeche_rien(lu: LexiqueLu) -> None:
    codeur = Codeur(lu, [Exemple("bail", "theme.disparu")])
    assert codeur.proposer("bail")[0].theme == "organisation.locaux"


def test_le_meme_texte_rend_les_memes_suggestions(lu: LexiqueLu) -> None:
    exemples = [Exemple("bail et loyer", "organisation.locaux", "sport", "structure")]
    texte = "le bail du club de sport"
    assert Codeur(lu, exemples).proposer(texte) == Codeur(lu, exemples).proposer(texte)
