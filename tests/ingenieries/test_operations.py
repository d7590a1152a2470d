"""Ouvrir, modifier, avancer, clore : ce qui s'écrit, et ce qui refuse."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError

from maillage.ingenieries.models import EtatAvancement, EtatIngenierie, Ingenierie, Note
from maillage.ingenieries.operations import (
    changer_etat,
    marquer,
    modifier_ingenierie,
    ouvrir_ingenierie,
    retirer_element,
)
from maillage.ingenieries.parcours import tracer
from maillage.socle.models import Acte
from maillage.socle.transitions import TransitionRefusee
from maillage.socle.verrou import ConflitDeVersion
from tests.fabriques import agent, mission, operateur

pytestmark = pytest.mark.django_db


def phrases(sujet: Ingenierie) -> list[str]:
    return [a.phrase for a in Acte.objects.sur(sujet)]


def test_ouvrir_prend_les_territoires_du_dla() -> None:
    dla = operateur()
    ouverte = ouvrir_ingenierie(
        Ingenierie(titre="Mécénat", operateur=dla, annee=2010), liens={}, par=agent(dla)
    )
    assert [t.nom for t in ouverte.territoires.all()] == ["Doubs"]
    assert phrases(ouverte) == ["a ouvert la mission «\u00a0Mécénat\u00a0»"]


def test_deux_agents_sur_le_meme_dossier_ne_perdent_rien() -> None:
    m = mission(titre="Avant")
    camille, dominique = agent(m.operateur), agent(m.operateur)
    a, b = (Ingenierie.objects.get(pk=m.pk) for _ in range(2))
    a.titre, b.titre = "Titre de Camille", "Titre de Dominique"
    modifier_ingenierie(a, version=1, liens={}, par=camille)
    with pytest.raises(ConflitDeVersion) as conflit:
        modifier_ingenierie(b, version=1, liens={}, par=dominique)
    assert ("titre", "Avant", "Titre de Camille") in [
        (d.champ, d.avant, d.apres) for d in conflit.value.differences
    ]
    assert Ingenierie.objects.get(pk=m.pk).titre == "Titre de Camille"


def test_abandonner_demande_une_raison() -> None:
    m = mission()
    par = agent(m.operateur)
    with pytest.raises(TransitionRefusee, match="Dites pourquoi"):
        changer_etat(m, "abandonner", version=1, par=par)
    changer_etat(m, "abandonner", version=1, motif="Personne n’est venu", par=par)
    m.refresh_from_db()
    assert (m.etat, m.motif_de_fin) == (EtatIngenierie.ABANDONNEE, "Personne n’est venu")
    assert m.close_le is not None
    changer_etat(m, "reprendre", version=2, par=par)
    m.refresh_from_db()
    assert (m.etat, m.close_le) == (EtatIngenierie.EN_COURS, None)
    with pytest.raises(TransitionRefusee, match="Dites pourquoi"):
        changer_etat(m, "abandonner", version=3, par=par)


def test_la_base_refuse_un_sans_objet_sans_raison() -> None:
    m = mission()
    with pytest.raises(IntegrityError, match="avancement_sans_objet_motive"):
        marquer(m, "identifier.cibler", EtatAvancement.SANS_OBJET, par=agent(m.operateur))


def test_marquer_puis_revenir_laisse_une_seule_ligne() -> None:
    m = mission()
    par = agent(m.operateur)
    marquer(m, "identifier.cerner", EtatAvancement.FAIT, par=par)
    marquer(m, "identifier.cerner", EtatAvancement.EN_COURS, par=par)
    assert [(a.code, a.etat, a.version) for a in m.avancements.all()] == [
        ("identifier.cerner", EtatAvancement.EN_COURS, 2)
    ]


def test_le_parcours_dit_ou_l_on_en_est() -> None:
    m = mission()
    par = agent(m.operateur)
    marquer(m, "identifier.cerner", EtatAvancement.FAIT, par=par)
    marquer(m, "identifier.cibler", EtatAvancement.SANS_OBJET, motif="collectif formé", par=par)
    marquer(
        m,
        "identifier.positionner",
        EtatAvancement.A_FAIRE,
        echeance=date(2026, 1, 1),
        par=par,
    )
    parcours = tracer(m.avancements.all(), date(2026, 2, 1))
    assert len(list(parcours.stations)) == 12
    assert parcours.courante.code == "identifier.positionner"
    assert parcours.courante.en_retard
    assert parcours.troncons[0].etat == EtatAvancement.EN_COURS
    assert parcours.faites == 2


def test_retirer_deux_fois_ne_se_dit_qu_une_fois() -> None:
    """Un double clic : les deux envois ont lu la note avant que le premier ne la retire."""
    m = mission()
    note = Note.objects.create(ingenierie=m, texte="À rappeler")
    for lue in [note, Note.objects.get(pk=note.pk)]:
        retirer_element(lue, nom="la note", par=agent(m.operateur))
    assert phrases(m) == ["a retiré la note : À rappeler"]
