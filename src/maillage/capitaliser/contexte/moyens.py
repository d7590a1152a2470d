"""Les moyens d'une mission : qui intervient, ce que cela coûte, qui paie."""

from __future__ import annotations

from collections import Counter
from typing import Any

from maillage.capitaliser.chiffres import cout
from maillage.capitaliser.contexte.lecture import Lu
from maillage.capitaliser.contexte.nombres import ecrire
from maillage.capitaliser.grille import Acteur, Financiers, Humains, Montant, Moyens
from maillage.engager.models import EtatFinancement, EtatPartenariat, LigneDeBudget, Nature
from maillage.socle.quantites import Total, accorder

PRESTATIONS = frozenset({Nature.CONSEIL, Nature.INFORMATION})
PROPRES = frozenset({Nature.LOGISTIQUE, Nature.VALORISATION, Nature.ANIMATION})


def moyens(lu: Lu) -> Moyens:
    """Les moyens humains, financiers et logistiques de la grille."""
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


def _nom(element: Any) -> str:
    return element.nom if element.nomme else "Organisation dont le nom n’est pas publié"


def _financiers(lu: Lu) -> Financiers:
    conseil = [ligne.cout for ligne in lu.depenses if ligne.nature in PRESTATIONS]
    return Financiers(
        budget=ecrire(cout(lu)),
        prestations=ecrire(Total.de(conseil, "€")),
        depenses=tuple(
            Montant(d.libelle, _nature_et_jours(d), ecrire(d.cout)) for d in lu.depenses
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


def _logistiques(lu: Lu) -> tuple[Montant, ...]:
    lignes = [
        Montant(d.libelle, d.get_nature_display(), ecrire(d.cout))
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
