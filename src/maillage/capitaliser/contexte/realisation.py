"""Ce qui s'est fait et ce qui en est sorti : l'action, ses séances, ses résultats."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format

from maillage.capitaliser.chiffres import journees
from maillage.capitaliser.contexte.lecture import Lu
from maillage.capitaliser.contexte.nombres import ecrire, si_connue
from maillage.capitaliser.grille import Action, Resultat, Seance
from maillage.confirmer.presentation import formes_de_travail, prestations, solution, typologie
from maillage.finaliser.models import Forme
from maillage.finaliser.models import Resultat as ResultatConstate
from maillage.socle.mots import compter
from maillage.socle.quantites import Total, accorder


def action(lu: Lu) -> Action:
    """Ce qui s'est fait : la forme du travail, sa durée, ses séances."""
    projet = lu.projet
    return Action(
        typologie=typologie(projet),
        solution=solution(projet),
        intervention=formes_de_travail(projet),
        journees=ecrire(journees(lu)),
        duree=si_connue(projet.duree),
        rythme=projet.rythme,
        lieu=projet.lieu,
        prestations=prestations(projet),
        contenus=projet.contenus,
        seances=_seances(lu),
    )


def _seances(lu: Lu) -> tuple[Seance, ...]:
    """Les temps communs un par un ; les temps individuels n'appartiennent qu'à leur structure."""
    individuelles = [s for s in lu.seances if s.forme == Forme.INDIVIDUELLE and s.participation_id]
    communes = [s for s in lu.seances if s not in individuelles]
    lignes = tuple(
        Seance(
            titre=s.titre,
            forme=s.get_forme_display(),
            quand=date_format(s.date, "j F Y") if s.date else "",
            duree=si_connue(s.duree),
            presents=_presents(s),
            intervenants=s.intervenants,
            contenu=s.contenu,
        )
        for s in communes
    )
    return (*lignes, *_temps_individuels(individuelles))


def _temps_individuels(seances: list[Any]) -> list[Seance]:
    if not seances:
        return []
    total = Total.de((s.duree for s in seances), "jour")
    duree = str(total) if total.connues else ""
    titre = compter(len(seances), "temps individuel", "temps individuels")
    return [Seance(titre=titre, forme=Forme.INDIVIDUELLE.label, duree=duree)]


def _presents(seance: Any) -> str:
    """Le plus grand du nombre déclaré et des présences notées, comme l'entonnoir."""
    if (seance.presents.valeur or 0) < seance.venues:
        return compter(seance.venues, "structure")
    if seance.presents.valeur is None:
        return ""
    return f"{seance.presents} {accorder(seance.presents.valeur, 'structure')}"


def resultats(lu: Lu) -> tuple[Resultat, ...]:
    """Chaque résultat, obtenu ou attendu, avec sa mesure."""
    return tuple(
        Resultat(
            nature=r.get_nature_display(),
            phrase=r.phrase,
            mesure=_mesure(r),
            quand=_quand(r),
            obtenu=r.obtenu,
        )
        for r in lu.resultats
    )


def _mesure(resultat: ResultatConstate) -> str:
    parties = [si_connue(resultat.nombre), si_connue(resultat.montant)]
    if resultat.structures.valeur is not None:
        nombre = resultat.structures
        parties.append(f"{nombre} {accorder(resultat.structures.valeur, 'structure')}")
    return " · ".join(filter(None, parties))


def _quand(resultat: ResultatConstate) -> str:
    if resultat.delai.connue:
        return f"{resultat.delai} après l’intervention"
    return f"le {date_format(resultat.constate_le, 'j F Y')}" if resultat.constate_le else ""
