"""Les règles du métier sur l'argent, dites dans la marge du budget avec leur source.

Aucune ne bloque : elles rappellent (règles 4 et 5, S1 et S3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from maillage.engager.calculs.budget import (
    EURO,
    VALORISATION,
    Apport,
    Budget,
    Depense,
    Etat,
    total_des_parts,
)
from maillage.engager.calculs.partage import Part, prorata
from maillage.socle.mots import citer, compter, enumerer
from maillage.socle.quantites import Precision, Quantite, Total, ecrire_nombre

PAYABLES = frozenset({"conseil", "information"})
PARTENAIRE = "partenaire"
LOI_ESS = "Loi ESS de 2014"
S1_INFORMATION = "S1, actions collectives d’information"
S1_PARTAGE = "S1, accompagner un groupe déjà constitué"
S3_FINANCER = "S3, fiche 7"
S3_VALORISER = "S3, fiche 2/4"


@dataclass(frozen=True, slots=True)
class Regle:
    """Une règle qui parle : sa phrase, sa source ; `alerte` si le budget y contrevient."""

    texte: str
    source: str
    alerte: bool = False


@dataclass(frozen=True, slots=True)
class Beneficiaires:
    """Les structures de la mission : par DLA, non éligibles, et de statut inconnu."""

    par_dla: Mapping[str, int]
    non_eligibles: int = 0
    a_verifier: int = 0


def regles(
    depenses: Sequence[Depense],
    apports: Sequence[Apport],
    budget: Budget,
    beneficiaires: Beneficiaires,
) -> list[Regle]:
    """Ce que les règles du métier ont à dire de ce budget ; les alertes d'abord."""
    comptes = [(a, v) for a, v in zip(apports, budget.valeurs, strict=True) if a.compte]
    credits = Total.de((v for a, v in comptes if a.credits_dla), EURO)
    dites = [
        *_credits_et_jours(depenses, credits),
        *_eligibilite(beneficiaires, apports, credits),
        *_jamais_deux_fois(budget, apports),
        *_moments_des_partenaires(depenses, credits),
        *_partage(budget, comptes, beneficiaires),
        *_valorisation(depenses),
    ]
    return sorted(dites, key=lambda regle: not regle.alerte)


def _credits_et_jours(depenses: Sequence[Depense], credits: Total) -> Iterator[Regle]:
    payables = Total.de((d.cout for d in depenses if d.nature in PAYABLES), EURO)
    if payables.complet and credits.valeur > payables.valeur:
        yield Regle(
            f"Les crédits du DLA ({credits}) dépassent les jours confiés à un prestataire "
            f"({payables}) : ils ne paient rien d’autre.",
            S1_INFORMATION,
            alerte=True,
        )


def _eligibilite(
    beneficiaires: Beneficiaires, apports: Iterable[Apport], credits: Total
) -> Iterator[Regle]:
    if nombre := beneficiaires.non_eligibles:
        autre_payeur = any(a.compte and not a.credits_dla for a in apports)
        sujet = "n’est pas éligible" if nombre == 1 else "ne sont pas éligibles"
        yield Regle(
            f"{compter(nombre, 'structure')} {sujet} aux crédits du DLA : un autre financeur "
            "prend sa part.",
            LOI_ESS,
            alerte=bool(credits.connues or credits.inconnues) and not autre_payeur,
        )
    if nombre := beneficiaires.a_verifier:
        yield Regle(
            f"Le statut de {compter(nombre, 'structure')} est inconnu : vérifiez l’éligibilité.",
            LOI_ESS,
        )


def _jamais_deux_fois(budget: Budget, apports: Iterable[Apport]) -> Iterator[Regle]:
    if budget.etat is Etat.EXCEDENT:
        yield Regle("Une même action ne se finance jamais deux fois.", S3_FINANCER, alerte=True)
    if (parts := total_des_parts(apports)) > 100:
        yield Regle(
            f"Les parts promises font {ecrire_nombre(parts)} % du coût.", S3_FINANCER, alerte=True
        )


def _moments_des_partenaires(depenses: Iterable[Depense], credits: Total) -> Iterator[Regle]:
    donnes = [d.libelle for d in depenses if d.nature == PARTENAIRE]
    if donnes and (credits.connues or credits.inconnues):
        yield Regle(
            f"{enumerer([citer(nom) for nom in donnes])} : un moment donné par un partenaire "
            "n’est pas payé par le DLA.",
            S1_INFORMATION,
        )


def _partage(
    budget: Budget, comptes: Sequence[tuple[Apport, Quantite]], beneficiaires: Beneficiaires
) -> Iterator[Regle]:
    if len(beneficiaires.par_dla) < 2:
        return
    parts = prorata(_reste_aux_dla(budget, comptes), beneficiaires.par_dla)
    yield Regle(
        "Les DLA partagent d’ordinaire au prorata de leurs structures : "
        f"{enumerer([_dire_part(p) for p in parts])}.",
        S1_PARTAGE,
    )


def _reste_aux_dla(budget: Budget, comptes: Sequence[tuple[Apport, Quantite]]) -> Quantite:
    """Les dépenses moins ce que paient les autres financeurs ; inconnu si l'un des deux l'est."""
    autres = Total.de((v for a, v in comptes if not a.credits_dla), EURO)
    connu = budget.depenses.connues and budget.depenses.complet and autres.complet
    reste = budget.depenses.valeur - autres.valeur
    if not connu or reste < 0:
        return Quantite.inconnue(EURO)
    approche = budget.depenses.approchees or autres.approchees
    return Quantite(reste, Precision.ENVIRON if approche else Precision.EXACT, EURO)


def _dire_part(part: Part) -> str:
    euros = f", {part.montant}" if part.montant.connue else ""
    structures = compter(part.structures, "structure")
    return f"{part.nom} {ecrire_nombre(part.pourcent)}\u00a0% ({structures}{euros})"


def _valorisation(depenses: Sequence[Depense]) -> Iterator[Regle]:
    if depenses and not any(d.nature == VALORISATION for d in depenses):
        yield Regle(
            "Le temps que le DLA et ses partenaires y passent peut se valoriser, hors équilibre.",
            S3_VALORISER,
        )
