"""L'accord du porteur, l'avis du comité d'appui et les deux grands livres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.formats import date_format

from maillage.engager.beneficiaires import beneficiaires
from maillage.engager.editions import AVIS, VALIDATION
from maillage.engager.models import Avis, EtatValidation, Mode, ValidationDuPorteur
from maillage.engager.panneaux.budget import panneau_du_budget
from maillage.identifier.models import EtatProblematique, Problematique
from maillage.ingenieries.droits import Regard
from maillage.ingenieries.models import Avancement, EtatAvancement, Ingenierie
from maillage.ingenieries.panneaux import Geste, Panneau
from maillage.socle.mots import compter, enumerer

CAHIER_DES_CHARGES = "confirmer.regler.cahier_des_charges"


@dataclass(frozen=True, slots=True)
class Reperes:
    """Ce qui encadre l'avis (règle 2) : le diagnostic avant, le cahier des charges après."""

    diagnostic: bool
    cahier: bool


def valider(ingenierie: Ingenierie, regard: Regard) -> Sequence[Panneau]:
    """Trois panneaux, cinq requêtes quel que soit le nombre de lignes."""
    validation, reperes = _lire(ingenierie)
    avis = list(ingenierie.avis.select_related("operateur"))
    lignes = list(ingenierie.lignes_de_budget.all())
    financements = list(ingenierie.financements.select_related("financeur"))
    if not regard.instruit:
        financements = [f for f in financements if not f.interne]
    return [
        _porteur(ingenierie, regard, validation),
        _comite(ingenierie, regard, avis, reperes),
        panneau_du_budget(ingenierie, regard, lignes, financements, beneficiaires(ingenierie)),
    ]


def _lire(ingenierie: Ingenierie) -> tuple[ValidationDuPorteur | None, Reperes]:
    confirmees = Problematique.objects.filter(
        ingenieries=OuterRef("pk"), etat=EtatProblematique.CONFIRMEE
    )
    cahiers = Avancement.objects.filter(
        ingenierie=OuterRef("pk"), code=CAHIER_DES_CHARGES, etat=EtatAvancement.FAIT
    )
    lue: Any = (
        Ingenierie.objects.filter(pk=ingenierie.pk)
        .select_related("validation_du_porteur")
        .annotate(confirmee=Exists(confirmees), cahier=Exists(cahiers))
        .get()
    )
    return getattr(lue, "validation_du_porteur", None), Reperes(lue.confirmee, lue.cahier)


def _porteur(
    ingenierie: Ingenierie, regard: Regard, validation: ValidationDuPorteur | None
) -> Panneau:
    validee = validation is not None and validation.etat == EtatValidation.VALIDEE
    return Panneau(
        code="validation",
        titre="Structure porteuse du DLA",
        vide=validation is None,
        phrase=_phrase_du_porteur(validation),
        gabarit="engager/panneaux/porteur.html",
        contexte={"remarques": validation.remarques if validation and regard.voit_interne else ""},
        gestes=[
            Geste(
                "Revoir la réponse du porteur" if validation else "Noter la réponse du porteur",
                VALIDATION.url("ajouter", ingenierie.pk),
            )
        ],
        faits={"porteur_a_valide": _phrase_du_porteur(validation)} if validee else {},
    )


def _phrase_du_porteur(validation: ValidationDuPorteur | None) -> str:
    if validation is None:
        return "La validation de la structure porteuse n’est pas encore demandée."
    if validation.etat == EtatValidation.DEMANDEE:
        return "La validation est demandée, la réponse est attendue."
    par = f" par {validation.par}" if validation.par else ""
    return f"Démarche {validation.get_etat_display()} le {_jour(validation.date)}{par}."


def _comite(
    ingenierie: Ingenierie, regard: Regard, avis: Sequence[Avis], reperes: Reperes
) -> Panneau:
    acquis = [a for a in avis if a.acquis]
    return Panneau(
        code="avis",
        titre="Comité d’appui",
        vide=not avis,
        phrase=_phrase_du_comite(avis, timezone.localdate()),
        gabarit="engager/panneaux/avis.html",
        contexte={
            "lignes": [
                {
                    "avis": a,
                    "forme": "fait" if a.acquis else "en_cours",
                    "mot": str(a) if a.acquis else "attendu",
                    "url": AVIS.url("modifier", ingenierie.pk, a.pk) if regard.modifier else "",
                }
                for a in avis
            ],
            "ordre": _ordre(acquis, reperes),
        },
        manques=_manques_du_comite(avis),
        gestes=[Geste("Demander ou noter un avis", AVIS.url("ajouter", ingenierie.pk))],
        faits={"avis_recueilli": _dire(acquis[0])} if acquis else {},
    )


def _phrase_du_comite(avis: Sequence[Avis], aujourdhui: date) -> str:
    if not avis:
        return "L’avis du comité d’appui n’est pas encore demandé."
    attendus = [a for a in avis if not a.acquis]
    passes = [a for a in attendus if a.date and a.date < aujourdhui]
    if passes:
        return f"{compter(len(passes), 'avis', 'avis')} sans suite depuis le jour prévu."
    if attendus:
        quand = sorted(a.date for a in attendus if a.date)
        suite = f" le {enumerer([_jour(jour) for jour in quand])}" if quand else ""
        return f"{compter(len(attendus), 'avis attendu', 'avis attendus')}{suite}."
    return f"{_dire(avis[0])}."


def _dire(avis: Avis) -> str:
    if avis.mode == Mode.ABSENT:
        return "Pas d’avis recueilli, la raison est dite"
    return f"Avis {avis.get_sens_display()}, {avis.get_mode_display()}, le {_jour(avis.date)}"


def _manques_du_comite(avis: Sequence[Avis]) -> list[str]:
    sans_reserves = [a for a in avis if a.sens == "reserves" and not a.reserves.strip()]
    sans_suite = [a for a in avis if a.reserves.strip() and not a.suite_donnee.strip()]
    return [
        *(f"{a.operateur} : les réserves du comité restent à écrire." for a in sans_reserves),
        *(f"{a.operateur} : dites la suite donnée aux remarques du comité." for a in sans_suite),
    ]


def _ordre(acquis: Sequence[Avis], reperes: Reperes) -> str:
    """La règle 2, dite sans bloquer, quand l'ordre habituel n'est pas suivi."""
    if not acquis and reperes.cahier:
        return "Le cahier des charges est fait : l’avis se recueille d’ordinaire avant lui."
    if acquis and not reperes.diagnostic:
        return "Aucune problématique n’est confirmée ; l’avis suit d’ordinaire le diagnostic."
    return ""


def _jour(jour: date | None) -> str:
    return date_format(jour, "j F Y") if jour else "à fixer"
