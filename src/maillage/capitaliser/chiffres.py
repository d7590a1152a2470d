"""Les chiffres d'une mission, par leur nom : ce que la fiche montre et que les cas vérifient."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.text import slugify

from maillage.confirmer.calculs.entonnoir import Marche
from maillage.confirmer.lecture import effectif_du_groupe
from maillage.confirmer.lecture import entonnoir as tracer_l_entonnoir
from maillage.engager.models import EtatPartenariat, Nature
from maillage.finaliser.models import NatureDeResultat
from maillage.socle.quantites import CENTIEME, Quantite, Total

if TYPE_CHECKING:
    from maillage.capitaliser.contexte.lecture import Lu
    from maillage.confirmer.models import EffectifDeclare
    from maillage.ingenieries.models import Ingenierie

MESURES = ("nombre", "montant", "structures", "delai")


def journees(lu: Lu) -> Quantite | Total:
    """Celles du projet d'intervention ; à défaut, la somme des séances."""
    if lu.projet.jours.connue or not lu.seances:
        return lu.projet.jours
    return Total.de((s.duree for s in lu.seances), "jour")


def cout(lu: Lu) -> Total:
    """Ce que la mission coûte ; un temps valorisé se dit à part, comme au budget et au bilan."""
    payees = (ligne for ligne in lu.depenses if ligne.nature != Nature.VALORISATION)
    return Total.de((ligne.cout for ligne in payees), "€")


def entonnoir(lu: Lu) -> tuple[Marche, ...]:
    return tracer_l_entonnoir([p.atteint for p in lu.participations], lu.effectifs)


def themes(lu: Lu) -> list[str]:
    """Les thèmes donnés à la fiche ; à défaut, ceux des signaux dont la mission est née."""
    return lu.fiche.themes or list(dict.fromkeys(t for s in lu.signaux for t in s.themes))


def chiffres_de(mission: Ingenierie, lu: Lu) -> dict[str, Quantite]:
    """Chaque chiffre d'une mission et sa valeur, inconnue comprise.

    Les clés sont celles de `cas/attendus.csv` : voir `docs/cas.md`.
    """
    return {
        **_en_tete(mission, lu),
        **_structures(lu),
        "jours": _somme(journees(lu)),
        "duree": lu.projet.duree,
        "cout": _somme(cout(lu)),
        **_financements(lu),
        "seances.nombre": _compte(lu.seances),
        "seances.jours": _somme(Total.de((s.duree for s in lu.seances), "jour")),
        **_resultats(lu),
    }


def _en_tete(mission: Ingenierie, lu: Lu) -> dict[str, Quantite]:
    return {
        "annee" if mission.annee_dite else "annee.publication": Quantite(Decimal(mission.annee)),
        "dla.nombre": Quantite(Decimal(1 + len(lu.associes))),
        "prestataires.nombre": lu.projet.prestataires,
        "partenaires.nombre": _compte(
            [p for p in lu.partenariats if p.etat == EtatPartenariat.ENGAGE]
        ),
    }


def _structures(lu: Lu) -> dict[str, Quantite]:
    """L'entonnoir, ses parties (« dont … »), les groupes."""
    return {
        **{f"structures.{m.code}": m.compte for m in entonnoir(lu)},
        **{
            f"structures.{e.palier}.dont.{slugify(e.dont)}": part_de(e)
            for e in lu.effectifs
            if e.dont
        },
        "groupes.nombre": _compte(lu.groupes),
        **{
            f"groupes.{rang}.structures": effectif_du_groupe(groupe)
            for rang, groupe in enumerate(lu.groupes, start=1)
        },
    }


def part_de(effectif: EffectifDeclare) -> Quantite:
    """Le nombre d'une partie, ou sa proportion en centièmes : « 2/3 » vaut 66,67 %."""
    if not effectif.proportion:
        return effectif.nombre
    dessus, _, dessous = effectif.proportion.rstrip(" %").partition("/")
    centiemes = Decimal(dessus) * 100 / Decimal(dessous) if dessous else Decimal(dessus)
    return Quantite(centiemes.quantize(CENTIEME), unite="%")


def _financements(lu: Lu) -> dict[str, Quantite]:
    """Ce qu'apporte chaque financeur ; ses apports font une somme."""
    apports: dict[str, list[Any]] = {}
    for financement in lu.financements:
        apports.setdefault(slugify(financement.nom), []).append(financement)
    return {
        f"financements.{quoi}.{qui}": _somme(Total.de(getattr(f, quoi) for f in siens))
        for qui, siens in apports.items()
        for quoi in ("montant", "part")
    }


def _resultats(lu: Lu) -> dict[str, Quantite]:
    """Par nature, la somme de ce que disent les résultats obtenus ; des délais, le plus court."""
    chiffres = {}
    for nature in NatureDeResultat.values:
        obtenus = [r for r in lu.resultats if r.nature == nature and r.obtenu]
        for mesure in MESURES if obtenus else ():
            dites = [q for r in obtenus if (q := getattr(r, mesure)).connue]
            if mesure == "delai":
                court = min(dites, key=lambda q: q.valeur or 0, default=Quantite.inconnue())
                chiffres[f"resultats.{nature}.delai"] = court
            else:
                chiffres[f"resultats.{nature}.{mesure}"] = _somme(Total.de(dites))
    return chiffres


def _compte(lignes: Sequence[Any]) -> Quantite:
    """Combien de lignes ; aucune n'affirme pas zéro."""
    return Quantite(Decimal(len(lignes))) if lignes else Quantite.inconnue()


def _somme(total: Quantite | Total) -> Quantite:
    return total if isinstance(total, Quantite) else total.quantite
