"""Réunir ou séparer deux fiches n'ouvre rien de ce que la structure a fermé (règle 3)."""

from __future__ import annotations

import pytest
from django.utils import timezone

from maillage.accueillir.autorisations.droits import regard
from maillage.accueillir.autorisations.operations import lever
from maillage.accueillir.autorisations.reunion import annoncer
from maillage.accueillir.autorisations.tenue import Auteur, Tenue
from maillage.accueillir.models import (
    Autorisation,
    Diagnostic,
    ExceptionDAutorisation,
    VoieDAutorisation,
)
from maillage.annuaire.doublons.etapes import AnnulationImpossible
from maillage.annuaire.doublons.formulaire import FormulaireDeReunion
from maillage.annuaire.doublons.fusion import annuler, reunir
from maillage.annuaire.doublons.liens import heurts
from maillage.annuaire.models import Nature, Organisation, Rattachement, Role
from maillage.socle.models import Utilisateur
from tests.accueillir.fabriques import PAGE, autoriser, diagnostic_valide, soustraire
from tests.annuaire.doublons.test_pages import paire_de
from tests.comptes import connecte
from tests.fabriques import agent, operateur, organisation

pytestmark = pytest.mark.django_db
Fiches = tuple[Organisation, Organisation, Organisation]


@pytest.fixture
def fiches() -> Fiches:
    dla = operateur()
    return dla, organisation(operateur=dla), organisation(operateur=dla)


def _refuser(structure: Organisation) -> None:
    Autorisation.objects.create(structure=structure, categorie="comite", accordee=False, **PAGE)


@pytest.mark.parametrize("refus_garde", [True, False])
def test_un_refus_l_emporte_sans_se_choisir(fiches: Fiches, refus_garde: bool) -> None:
    dla, gardee, absorbee = fiches
    _refuser(gardee if refus_garde else absorbee)
    autoriser(absorbee if refus_garde else gardee, "comite")
    lu = diagnostic_valide(gardee, dla)
    formulaire = FormulaireDeReunion(gardee=gardee, absorbee=absorbee)
    assert formulaire.des_lignes() == []
    (heurt,) = heurts(Organisation, gardee.pk, absorbee.pk)
    choix = {heurt.cle: "absorbee" if refus_garde else "gardee"}
    reunir(gardee, absorbee, champs={}, lignes=choix, par=None)
    assert not Autorisation.objects.get(structure=gardee).accordee
    assert not regard(agent(dla, Role.MEMBRE_COMITE), lu).lire


@pytest.mark.parametrize("muette", ["gardee", "absorbee"])
def test_une_reponse_n_ouvre_pas_les_diagnostics_de_la_fiche_muette(
    fiches: Fiches, muette: str
) -> None:
    """Sans réponse, c'est fermé : réunir n'y change rien, séparer non plus, seule la structure."""
    dla, gardee, absorbee = fiches
    silencieuse, ouverte = (gardee, absorbee) if muette == "gardee" else (absorbee, gardee)
    autoriser(ouverte, "comite")
    ferme, ouvert = diagnostic_valide(silencieuse, dla), diagnostic_valide(ouverte, dla)
    fusion = reunir(gardee, absorbee, champs={}, lignes={}, par=None)
    membre = agent(dla, Role.MEMBRE_COMITE)
    assert _lit(membre, ouvert)
    assert not _lit(membre, ferme)
    assert not Diagnostic.objects.lisibles_par(membre).filter(pk=ferme.pk).exists()
    suivant = diagnostic_valide(gardee, dla)
    assert _lit(membre, suivant)
    suivant.delete()
    annuler(fusion, par=None)
    assert not ExceptionDAutorisation.objects.exists()
    assert _lit(membre, ouvert)
    assert not _lit(membre, ferme)


def test_la_page_dit_avant_le_clic_ce_qui_restera_ferme(fiches: Fiches) -> None:
    dla, gardee, absorbee = fiches
    assert annoncer(gardee.pk, absorbee.pk) == ""
    autoriser(gardee, "comite")
    diagnostic_valide(absorbee, dla)
    paire = paire_de(gardee, absorbee)
    page = connecte(agent(dla)).get(paire.get_absolute_url()).content.decode()
    assert "1\u00a0diagnostic restera fermé" in page


def test_la_structure_ouvre_ensuite_ce_que_la_reunion_a_laisse_ferme(fiches: Fiches) -> None:
    dla, gardee, absorbee = fiches
    autoriser(gardee, "comite")
    ferme = diagnostic_valide(absorbee, dla)
    fusion = reunir(gardee, absorbee, champs={}, lignes={}, par=None)
    exception = ExceptionDAutorisation.objects.get()
    auteur = Auteur("Ada", VoieDAutorisation.PAGE)
    tenue = Tenue(gardee, Diagnostic.objects.all(), auteur)
    agente = Tenue(gardee, Diagnostic.objects.all(), Auteur("Léa", VoieDAutorisation.AGENT))
    assert not agente.peut_lever(exception)
    lever(tenue, exception)
    assert _lit(agent(dla, Role.MEMBRE_COMITE), ferme)
    annuler(fusion, par=None)
    assert Autorisation.objects.get().structure == gardee


def test_une_exception_deja_posee_ne_se_pose_pas_deux_fois(fiches: Fiches) -> None:
    dla, gardee, absorbee = fiches
    autoriser(gardee, "comite")
    soustraire(absorbee, diagnostic=diagnostic_valide(absorbee, dla), categorie="comite")
    reunir(gardee, absorbee, champs={}, lignes={}, par=None)
    assert ExceptionDAutorisation.objects.get().structure == gardee


def _lit(personne: Utilisateur, diagnostic: Diagnostic) -> bool:
    return bool(regard(personne, Diagnostic.objects.get(pk=diagnostic.pk)).lire)


def test_separer_ne_rouvre_pas_ce_qui_a_ete_refuse_depuis(fiches: Fiches) -> None:
    _, gardee, absorbee = fiches
    for fiche in (gardee, absorbee):
        autoriser(fiche, "comite")
    fusion = reunir(gardee, absorbee, champs={}, lignes={}, par=None)
    Autorisation.objects.filter(structure=gardee).update(accordee=False)
    with pytest.raises(AnnulationImpossible):
        annuler(fusion, par=None)
    assert not Autorisation.objects.filter(accordee=True).exists()


def test_separer_ne_rend_pas_son_role_a_qui_l_a_perdu(fiches: Fiches) -> None:
    _, gardee, absorbee = fiches
    personne = agent(gardee, Role.STRUCTURE).personne
    Rattachement.objects.create(personne=personne, organisation=absorbee, role=Role.STRUCTURE)
    fusion = reunir(gardee, absorbee, champs={}, lignes={}, par=None)
    Rattachement.objects.filter(personne=personne).update(revoque_le=timezone.now())
    with pytest.raises(AnnulationImpossible):
        annuler(fusion, par=None)
    assert not Rattachement.objects.actifs().filter(personne=personne).exists()


def test_un_destinataire_soustrait_depuis_le_reste_des_deux_cotes(fiches: Fiches) -> None:
    dla, gardee, absorbee = fiches
    autoriser(absorbee, "dla_regional")
    lu = diagnostic_valide(absorbee, dla)
    regional = organisation(Nature.DLA_REGIONAL)
    fusion = reunir(gardee, absorbee, champs={}, lignes={}, par=None)
    soustraire(gardee, organisation=regional)
    annuler(fusion, par=None)
    lu = Diagnostic.objects.get(pk=lu.pk)
    assert lu.structure_id == absorbee.pk
    assert ExceptionDAutorisation.objects.filter(
        structure=absorbee, organisation=regional, diagnostic=None
    ).exists()


def test_separer_deux_fiches_intactes_se_fait_toujours(fiches: Fiches) -> None:
    _, gardee, absorbee = fiches
    for fiche in (gardee, absorbee):
        autoriser(fiche, "comite")
    fusion = reunir(gardee, absorbee, champs={}, lignes={}, par=None)
    annuler(fusion, par=None)
    assert Autorisation.objects.filter(accordee=True).count() == 2
