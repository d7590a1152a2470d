"""Remplir chaque partie de la grille à partir des lignes lues (S3, fiche 5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format

from maillage import methode
from maillage.capitaliser.chiffres import cout, entonnoir, journees, themes
from maillage.capitaliser.contexte.lecture import Lu
from maillage.capitaliser.grille import (
    Acteur,
    Action,
    Capitalisation,
    Chiffre,
    Evaluation,
    Financiers,
    Humains,
    Montant,
    Moyens,
    Problematique,
    Registre,
    Resultat,
    Seance,
)
from maillage.confirmer.models import Atteint
from maillage.confirmer.presentation import formes_de_travail, prestations, solution, typologie
from maillage.engager.models import EtatFinancement, EtatPartenariat, LigneDeBudget, Nature
from maillage.finaliser.models import Forme, NatureDeResultat
from maillage.finaliser.models import Resultat as ResultatConstate
from maillage.socle.mots import compter, enumerer, paragraphes
from maillage.socle.quantites import Quantite, Total, accorder

INCONNU = "inconnu"


def en_bref(lu: Lu) -> tuple[Chiffre, ...]:
    """Les chiffres qui résument une mission."""
    marches = {m.code: m for m in entonnoir(lu)}
    retenues, contactees = marches[Atteint.RETENUE], marches[Atteint.CONTACTEE]
    dites = contactees.compte.connue and not contactees.deduit
    sur = f"sur {contactees.compte} contactées" if dites else ""
    return (
        _chiffre("structures accompagnées", retenues.compte, sur),
        _chiffre("temps d’intervention", journees(lu)),
        _chiffre("coût de la mission", cout(lu)),
        *_chiffres_des_resultats(lu),
    )


def problematique(lu: Lu) -> Problematique:
    """Les mots des signaux restent au dossier : seuls paraissent leur source et leurs thèmes."""
    sources = Counter(s.source for s in lu.signaux if s.source)
    return Problematique(
        titre=" ; ".join(p.titre for p in lu.problematiques),
        contexte=paragraphes(*(p.contexte for p in lu.problematiques)),
        enjeux=paragraphes(*(p.enjeux for p in lu.problematiques)),
        besoins=paragraphes(*(p.besoins for p in lu.problematiques)),
        themes=tuple(methode.libelle("themes.themes", t) for t in themes(lu)),
        origine=tuple(
            f"{methode.libelle('signaux.sources', s)} ({compter(n, 'signal', 'signaux')})"
            for s, n in sources.items()
        ),
        validation=paragraphes(
            *(p.methode_de_validation for p in lu.problematiques),
            *map(_consultes, lu.problematiques),
        ),
    )


def _consultes(probleme: Any) -> str:
    """Ce qu’a demandé la vérification : « Pour la vérifier : 3 rencontres, 20 structures. »"""
    dits = [
        f"{quantite} {accorder(quantite.valeur, nom)}"
        for quantite, nom in (
            (probleme.rencontres, "rencontre"),
            (probleme.structures_consultees, "structure"),
        )
        if quantite.valeur is not None
    ]
    return f"Pour la vérifier : {', '.join(dits)}." if dits else ""


def moyens(lu: Lu) -> Moyens:
    engages = [p for p in lu.partenariats if p.etat == EtatPartenariat.ENGAGE]
    humains = Humains(
        animation=lu.projet.temps_du_dla,
        intervenants=_intervenants(lu),
        systeme_intervenant=lu.projet.systeme_intervenant,
        partenaires=tuple(
            Acteur(_nom(p), p.get_famille_display(), p.role or p.contribution_intervenant)
            for p in engages
        ),
    )
    return Moyens(humains=humains, financiers=_financiers(lu), logistiques=_logistiques(lu))


def _intervenants(lu: Lu) -> tuple[Acteur, ...]:
    """Ceux que l'on a retenus ; à défaut, le nombre que donne la source."""
    if lu.offres:
        return tuple(
            Acteur(o.nom if o.nomme else "Prestataire dont le nom n’est pas publié", "prestataire")
            for o in lu.offres
        )
    combien = lu.projet.prestataires
    if not combien.valeur:
        return ()
    exterieurs = f"{accorder(combien.valeur, 'extérieur')} au DLA"
    return (Acteur(f"{combien} {accorder(combien.valeur, 'prestataire')}", exterieurs),)


def action(lu: Lu) -> Action:
    projet = lu.projet
    return Action(
        typologie=typologie(projet),
        solution=solution(projet),
        intervention=formes_de_travail(projet),
        journees=_ecrire(journees(lu)),
        duree=_si_connue(projet.duree),
        rythme=projet.rythme,
        lieu=projet.lieu,
        prestations=prestations(projet),
        contenus=projet.contenus,
        seances=_seances(lu),
    )


def resultats(lu: Lu) -> tuple[Resultat, ...]:
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


def evaluation(lu: Lu) -> Evaluation:
    """Les quatre registres, dans l'ordre de la méthode."""
    remplis = {a.registre: a for a in lu.appreciations}
    tous = methode.evaluation().registres
    return Evaluation(
        registres=tuple(
            Registre(r.libelle, r.aide, dit.get_niveau_display(), dit.texte)
            for r in tous
            if (dit := remplis.get(r.code))
        ),
        a_apprecier=tuple(r.libelle for r in tous if r.code not in remplis),
    )


def capitalisation(lu: Lu) -> Capitalisation:
    fiche = lu.fiche

    def libelles(liste: str, codes: Iterable[str]) -> tuple[str, ...]:
        return tuple(methode.libelle(f"capitalisation.{liste}", code) for code in codes)

    return Capitalisation(
        a_retenir=fiche.a_retenir,
        natures=libelles("natures", fiche.natures),
        transferable=fiche.transferable,
        but_du_transfert=fiche.but_du_transfert,
        destinataires=libelles("destinataires", fiche.destinataires),
        responsables=libelles("responsables", fiche.responsables),
        formes=libelles("formes", fiche.formes),
        ton="".join(libelles("tons", [fiche.ton] if fiche.ton else [])),
    )


# En bref


def _chiffre(libelle: str, quantite: Quantite | Total, detail: str = "") -> Chiffre:
    texte = _ecrire(quantite)
    return Chiffre(libelle, texte, detail, connu=texte != INCONNU)


def _chiffres_des_resultats(lu: Lu) -> list[Chiffre]:
    """L'argent obtenu, nature par nature ; à défaut le nombre de résultats (règle 8 du métier).

    Un mécénat et un contrat de prestation ne s'additionnent pas : un don, et un travail payé.
    """
    obtenus = [r for r in lu.resultats if r.obtenu]
    chiffres = [
        _chiffre(libelle, Total.de(montants), "ressources obtenues")
        for nature, libelle in NatureDeResultat.choices
        if (montants := [r.montant for r in obtenus if r.nature == nature and r.montant.connue])
    ]
    if chiffres:
        return chiffres
    if not obtenus:
        return [Chiffre("résultat", INCONNU, connu=False)]
    natures = list(dict.fromkeys(r.get_nature_display() for r in obtenus))
    libelle = accorder(len(obtenus), "résultat")
    return [Chiffre(libelle, str(len(obtenus)), enumerer(natures))]


def _ecrire(quantite: Quantite | Total) -> str:
    rien = isinstance(quantite, Total) and not quantite.connues
    return INCONNU if rien else str(quantite)


def _si_connue(quantite: Quantite) -> str:
    return str(quantite) if quantite.connue else ""


# Moyens


def _nom(element: Any) -> str:
    return element.nom if element.nomme else "Organisation dont le nom n’est pas publié"


def _financiers(lu: Lu) -> Financiers:
    conseil = [ligne.cout for ligne in lu.depenses if ligne.nature in PRESTATIONS]
    return Financiers(
        budget=_ecrire(cout(lu)),
        prestations=_ecrire(Total.de(conseil, "€")),
        depenses=tuple(
            Montant(d.libelle, _nature_et_jours(d), _ecrire(d.cout)) for d in lu.depenses
        ),
        financements=_provenance(lu),
    )


def _provenance(lu: Lu) -> tuple[Montant, ...]:
    """Une ligne par financeur ; ceux que la source ne nomme ni ne chiffre n'en font qu'une."""
    dits = [
        (_nom(f), f.get_etat_display(), _apport(f))
        for f in lu.financements
        if f.etat in EtatFinancement.dits()
    ]
    return tuple(
        Montant(nom if n == 1 else f"{nom} ({n} apports)", etat, montant)
        for (nom, etat, montant), n in Counter(dits).items()
    )


def _nature_et_jours(depense: LigneDeBudget) -> str:
    """« appui-conseil, 5 jours »."""
    jours = [str(depense.jours)] if depense.jours.connue else []
    return ", ".join([depense.get_nature_display(), *jours])


PRESTATIONS = frozenset({Nature.CONSEIL, Nature.INFORMATION})
PROPRES = frozenset({Nature.LOGISTIQUE, Nature.VALORISATION, Nature.ANIMATION})


def _logistiques(lu: Lu) -> tuple[Montant, ...]:
    lignes = [
        Montant(d.libelle, d.get_nature_display(), _ecrire(d.cout))
        for d in lu.depenses
        if d.nature in PROPRES
    ]
    besoins = [Montant(lu.projet.logistique, "besoins sur place")] if lu.projet.logistique else []
    return (*besoins, *lignes)


def _apport(financement: Any) -> str:
    """Un montant, ou une part : une part d'un total inconnu reste une part (règle 6)."""
    if financement.part.connue:
        return f"{financement.part} du coût"
    return str(financement.montant)


# Action, résultats


def _seances(lu: Lu) -> tuple[Seance, ...]:
    """Les temps communs un par un ; les temps individuels n'appartiennent qu'à leur structure."""
    individuelles = [s for s in lu.seances if s.forme == Forme.INDIVIDUELLE and s.participation_id]
    communes = [s for s in lu.seances if s not in individuelles]
    lignes = tuple(
        Seance(
            titre=s.titre,
            forme=s.get_forme_display(),
            quand=date_format(s.date, "j F Y") if s.date else "",
            duree=_si_connue(s.duree),
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


def _mesure(resultat: ResultatConstate) -> str:
    parties = [_si_connue(resultat.nombre), _si_connue(resultat.montant)]
    if resultat.structures.valeur is not None:
        nombre = resultat.structures
        parties.append(f"{nombre} {accorder(resultat.structures.valeur, 'structure')}")
    return " · ".join(filter(None, parties))


def _quand(resultat: ResultatConstate) -> str:
    if resultat.delai.connue:
        return f"{resultat.delai} après l’intervention"
    return f"le {date_format(resultat.constate_le, 'j F Y')}" if resultat.constate_le else ""
