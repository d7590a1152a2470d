"""Remplir les autres parties de la grille : en bref, problématique, évaluation, capitalisation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from maillage import methode
from maillage.capitaliser.chiffres import cout, entonnoir, journees, themes
from maillage.capitaliser.contexte.lecture import Lu
from maillage.capitaliser.contexte.nombres import INCONNU, ecrire
from maillage.capitaliser.grille import Capitalisation, Chiffre, Evaluation, Problematique, Registre
from maillage.confirmer.models import Atteint
from maillage.finaliser.models import NatureDeResultat
from maillage.socle.mots import compter, enumerer, paragraphes
from maillage.socle.quantites import Quantite, Total, accorder


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


def _chiffre(libelle: str, quantite: Quantite | Total, detail: str = "") -> Chiffre:
    texte = ecrire(quantite)
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
