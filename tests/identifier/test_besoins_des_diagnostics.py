"""Un besoin de diagnostic entre dans le flux tout seul, et ses mots n'en sortent pas (règle 3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pghistory
import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.accueillir.models import Besoin, Diagnostic, EtatDiagnostic
from maillage.annuaire.models import Nature, Organisation, Role
from maillage.identifier import choix, droits, operations
from maillage.identifier.models import Signal
from maillage.identifier.partage import Partage
from maillage.socle.journal.models import Acte
from maillage.territoires.models import Territoire
from tests.accueillir.fabriques import autoriser, diagnostic_valide, structure_accueillie
from tests.comptes import connecte
from tests.fabriques import agent, commune, departement, operateur, organisation
from tests.identifier.monde import entourage, problematique, signal

pytestmark = pytest.mark.django_db

MOTS = "MOTSDUDIAGNOSTIC"
THEMES = [code for code, _ in choix.themes()]


def dire(dla: Organisation, **champs: object) -> Besoin:
    """Un besoin d'un diagnostic validé, d'une structure de Besançon."""
    besancon = Territoire.objects.filter(code="25056").first() or commune(dans=departement())
    structure = structure_accueillie(dla, secteur="culture", commune=besancon)
    diagnostic = diagnostic_valide(structure, dla)
    return Besoin.objects.create(diagnostic=diagnostic, domaine="emploi", dit=MOTS, **champs)


def lire(reponse: Any) -> str:
    """La page, ou le fichier qui vient en flux."""
    contenu = b"".join(reponse) if reponse.streaming else reponse.content
    return contenu.decode()


def attendu(besoin: Besoin) -> dict[str, object]:
    """Ce que le signal doit redire du besoin, par les objets eux-mêmes."""
    besoin = Besoin.objects.select_related("diagnostic__structure").get(pk=besoin.pk)
    diagnostic = besoin.diagnostic
    valide = diagnostic.etat == EtatDiagnostic.VALIDE
    partage = Partage.VALIDE if valide else Partage.EN_COURS
    return {
        "operateur_id": diagnostic.operateur_id,
        "structure_id": diagnostic.structure_id,
        "date": diagnostic.date,
        "themes": [besoin.theme] if besoin.theme else [],
        "partage": Partage.INTERNE if besoin.interne else partage,
        "texte": "",
        "recherche": "",
        "source": "diagnostics",
    }


def coder(besoin: Besoin) -> None:
    besoin.theme = THEMES[1]
    besoin.save()


def decoder_en_lot(besoin: Besoin) -> None:
    Besoin.objects.update(theme="")


def rendre_interne(besoin: Besoin) -> None:
    Besoin.objects.filter(pk=besoin.pk).update(interne=True)


def reprendre_le_diagnostic(besoin: Besoin) -> None:
    Diagnostic.objects.update(etat=EtatDiagnostic.EN_COURS, date="2025-02-03")


def donner_a_une_autre_structure(besoin: Besoin) -> None:
    """Deux fiches réunies : le diagnostic change de structure."""
    Diagnostic.objects.update(structure=organisation())


def confier_a_un_autre_dla(besoin: Besoin) -> None:
    Diagnostic.objects.update(operateur=operateur("DLA du Jura", departement("39", "Jura")))


def corriger_les_mots(besoin: Besoin) -> None:
    besoin.dit = "Autrement dit"
    besoin.save()


GESTES: list[Callable[[Besoin], None]] = [
    coder,
    decoder_en_lot,
    rendre_interne,
    reprendre_le_diagnostic,
    donner_a_une_autre_structure,
    confier_a_un_autre_dla,
    corriger_les_mots,
]


@pytest.mark.parametrize("geste", GESTES)
def test_le_signal_redit_toujours_le_besoin(dla: Organisation, geste: Callable[..., None]) -> None:
    besoin = dire(dla, theme=THEMES[0])
    temoin = dire(dla, theme=THEMES[2], interne=True)
    for moment in (lambda _: None, geste):
        moment(besoin)
        for dit in (besoin, temoin):
            tenu = Signal.objects.get(besoin=dit)
            voulu = attendu(dit)
            assert {nom: getattr(tenu, nom) for nom in voulu} == voulu


def test_il_garde_le_secteur_et_la_commune_du_jour(dla: Organisation) -> None:
    tenu = Signal.objects.get(besoin=dire(dla))
    assert (tenu.secteur, tenu.territoire.nom) == ("culture", "Besançon")  # type: ignore[union-attr]


def test_ce_que_l_on_code_ici_reste_tant_que_le_diagnostic_ne_se_recode_pas(
    dla: Organisation,
) -> None:
    besoin = dire(dla)
    charge = agent(dla)
    tenu = Signal.objects.get(besoin=besoin)
    tenu.themes = [THEMES[3], THEMES[4]]
    operations.modifier_signal(tenu, version=tenu.version, par=charge)
    corriger_les_mots(besoin)
    assert Signal.objects.get(besoin=besoin).themes == [THEMES[3], THEMES[4]]
    coder(besoin)
    assert Signal.objects.get(besoin=besoin).themes == [THEMES[1]]


def test_un_besoin_retire_emporte_son_signal(dla: Organisation) -> None:
    besoin = dire(dla)
    portee = problematique(dla)
    portee.signaux.add(Signal.objects.get(besoin=besoin))
    besoin.delete()
    assert not Signal.objects.exists()
    assert not portee.signaux.exists()


def test_en_lot_une_instruction_suffit(dla: Organisation) -> None:
    diagnostic = dire(dla).diagnostic
    besoins = [Besoin(diagnostic=diagnostic, domaine="emploi", dit=MOTS) for _ in range(50)]
    with CaptureQueriesContext(connection) as requetes:
        Besoin.objects.bulk_create(besoins)
    assert len([r for r in requetes if "INSERT" in r["sql"]]) == 1
    assert Signal.objects.filter(besoin__in=besoins).count() == 50


def test_en_lot_l_historique_ne_perd_rien_et_ne_s_ecrit_pas_ligne_a_ligne(
    dla: Organisation,
) -> None:
    """Vingt mille besoins versés d'un coup : un déclencheur par ligne y passait vingt secondes."""
    diagnostic = diagnostic_valide(structure_accueillie(dla), dla)
    with pghistory.context(geste="verser"):
        Besoin.objects.bulk_create(
            Besoin(diagnostic=diagnostic, domaine="emploi", dit=f"{MOTS} {n}") for n in range(3)
        )
    for _ in range(2):
        Signal.objects.update(themes=[THEMES[0]])
    Besoin.objects.all().delete()
    gardes = apps.get_model("identifier", "SignalEvent").objects.order_by("pgh_id")
    labels = [(e.pgh_label, e.themes) for e in gardes]
    assert labels == (
        [("insert", [])] * 3 + [("update", [THEMES[0]])] * 3 + [("delete", [THEMES[0]])] * 3
    )
    assert {e.pgh_context.metadata["geste"] for e in gardes.filter(pgh_label="insert")} == {
        "verser"
    }
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'identifier_signal'::regclass"
            " AND tgname LIKE 'pgtrigger%' AND tgtype & 1 = 1"
        )
        assert curseur.fetchall() == []


def test_les_mots_ne_sont_que_dans_le_diagnostic(dla: Organisation) -> None:
    """Ni le signal, ni son historique, ni le journal ne les recopient."""
    charge = agent(dla)
    tenu = Signal.objects.get(besoin=dire(dla))
    portee = problematique(dla)
    operations.joindre_signaux(portee, [tenu], par=charge)
    operations.detacher_signal(portee, tenu, par=charge)
    for modele in (Signal, apps.get_model("identifier", "SignalEvent")):
        gardes = list(modele._default_manager.values())
        assert gardes
        assert MOTS not in str(gardes)
    assert Acte.objects.exists()
    assert not Acte.objects.filter(phrase__contains=MOTS).exists()


def test_seule_l_equipe_lit_les_mots_le_reseau_compte(dla: Organisation) -> None:
    """Même autorisé, un tiers lit dans le diagnostic, où sa lecture s'inscrit."""
    besoin = dire(dla, theme=THEMES[0])
    autoriser(besoin.diagnostic.structure, "comite", "dla_regional", "centre_ressources")
    tenu = Signal.objects.get(besoin=besoin)
    comptes = entourage(dla) | {
        "national": agent(organisation(Nature.NATIONAL), Role.NATIONAL),
    }
    reseau = {"charge", "responsable", "regional", "regional_ailleurs", "ailleurs", "ressources"}
    for nom, compte in comptes.items():
        lit = nom in {"charge", "responsable"}
        assert bool(droits.peut_voir(compte, tenu)) == lit, nom
        assert Signal.objects.visibles_par(compte).exists() == lit, nom
        compte_ = Signal.objects.comptables_par(compte).exists()
        assert compte_ == (nom in reseau | {"national"}), nom
        client = connecte(compte)
        assert client.get(tenu.get_absolute_url()).status_code == (200 if lit else 404), nom
        liste = reverse("identifier:signaux")
        for suite in ("", "?export=csv", "?tri=structure"):
            assert (MOTS in lire(client.get(liste + suite))) == lit, (nom, suite)
        for adresse in (liste, reverse("piloter:recherche")):
            assert str(tenu.pk) not in lire(client.get(f"{adresse}?q={MOTS}")), (nom, adresse)


@pytest.mark.parametrize("etat", [EtatDiagnostic.EN_COURS, EtatDiagnostic.A_VALIDER])
def test_avant_validation_seule_l_equipe_le_compte(dla: Organisation, etat: str) -> None:
    besoin = dire(dla)
    Diagnostic.objects.update(etat=etat)
    comptes = entourage(dla)
    assert Signal.objects.comptables_par(comptes["charge"]).filter(besoin=besoin).exists()
    assert not Signal.objects.comptables_par(comptes["regional"]).exists()
    assert not Signal.objects.comptables_par(comptes["ailleurs"]).exists()


def test_l_interne_n_est_dans_le_flux_pour_personne(dla: Organisation) -> None:
    dire(dla, interne=True)
    for nom, compte in entourage(dla).items():
        assert not Signal.objects.comptables_par(compte).exists(), nom
        assert not Signal.objects.visibles_par(compte).exists(), nom
    charge = agent(dla)
    accueil = connecte(charge).get("/").content.decode()
    assert "à coder" not in accueil


def test_un_signal_note_ailleurs_se_compte_sans_se_lire(dla: Organisation) -> None:
    note = signal(dla)
    ailleurs = entourage(dla)["ailleurs"]
    assert Signal.objects.comptables_par(ailleurs).get() == note
    assert not Signal.objects.visibles_par(ailleurs).exists()


def test_sa_structure_ne_rejoint_pas_la_problematique(dla: Organisation) -> None:
    """Elle y serait nommée devant le DLA régional, qui n'en lit pas le diagnostic."""
    tenu = Signal.objects.get(besoin=dire(dla))
    portee = problematique(dla)
    operations.joindre_signaux(portee, [tenu], par=agent(dla))
    assert portee.signaux.get() == tenu
    assert not portee.structures.exists()


def test_il_se_code_ici_et_se_corrige_dans_le_diagnostic(dla: Organisation) -> None:
    tenu = Signal.objects.get(besoin=dire(dla))
    client = connecte(agent(dla))
    page = client.get(tenu.get_absolute_url()).content.decode()
    assert MOTS in page
    assert tenu.besoin.diagnostic.get_absolute_url() in page  # type: ignore[union-attr]
    assert "Retirer" not in page
    adresse = reverse("identifier:completer", args=[tenu.pk])
    assert 'name="texte"' not in client.get(adresse).content.decode()
    reponse = client.post(
        adresse, {"themes": [THEMES[1]], "texte": "Réécrit", "version": tenu.version}
    )
    assert reponse.status_code == 302
    tenu.refresh_from_db()
    assert (tenu.themes, tenu.texte) == ([THEMES[1]], "")
    refus = client.post(reverse("identifier:retirer", args=[tenu.pk]))
    assert refus.status_code == 403
    assert "diagnostic" in refus.content.decode()


def test_la_base_refuse_de_recopier_les_mots(dla: Organisation) -> None:
    tenu = Signal.objects.get(besoin=dire(dla))
    for champs in ({"texte": MOTS}, {"recherche": "mots"}, {"partage": Partage.LIBRE}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Signal.objects.filter(pk=tenu.pk).update(**champs)


def test_la_liste_ne_coute_pas_plus_avec_des_besoins_de_diagnostics(dla: Organisation) -> None:
    client = connecte(agent(dla))
    adresse = reverse("identifier:signaux")
    nombres = []
    for combien in (1, 12):
        for _ in range(combien):
            dire(dla)
        with CaptureQueriesContext(connection) as requetes:
            assert client.get(adresse).status_code == 200
        nombres.append(len(requetes))
    assert nombres[0] == nombres[1] <= 12
