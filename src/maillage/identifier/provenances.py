"""D'où l'on note un besoin : la page d'où l'on vient dit déjà la structure, le lieu, la mission.

La capture n'a qu'une adresse, `identifier:noter`. Ses paramètres `depuis`, à défaut `retour`,
donnent une page d'ici : le début de sa route désigne, dans `PROVENANCES`, qui sait la lire. Une
étape suivante y inscrit ses propres pages (une séance, un comité).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID

from django.urls import Resolver404, resolve

from maillage.accueillir.models import Demande, Parcours
from maillage.annuaire.models import Organisation
from maillage.annuaire.perimetre import perimetre_de
from maillage.identifier import droits
from maillage.identifier.models import Problematique
from maillage.identifier.slots import PROVENANCES, Provenance
from maillage.identifier.visibilite import mes_dla
from maillage.ingenieries.models import Ingenierie
from maillage.socle.mots import citer

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

PAROLE = "structures"
"""La source d'un besoin entendu d'une structure (`signaux.yaml`)."""
Argument = Mapping[str, Any]


def provenance_de(utilisateur: Utilisateur, page: str) -> Provenance | None:
    """Ce que cette adresse d'ici dit d'un besoin ; None si elle n'en dit rien, ou est fermée."""
    try:
        trouvee = resolve(urlsplit(page).path)
    except Resolver404:
        return None
    cles = [cle for cle in PROVENANCES.cles if trouvee.route.startswith(cle)]
    if not cles:
        return None
    return PROVENANCES.pour(max(cles, key=len), utilisateur, trouvee.kwargs)


def lieu_de(ingenierie: Ingenierie) -> dict[str, Any]:
    """Ce qu'une mission dit du lieu et du secteur ; plusieurs territoires n'en font pas un."""
    lieux = list(ingenierie.territoires.all()[:2])
    return {
        "territoire": lieux[0] if len(lieux) == 1 else None,
        "secteur": ingenierie.secteur,
    }


def dla_de(utilisateur: Utilisateur, *possibles: UUID) -> UUID | None:
    """Le DLA qui noterait, parmi ceux où cette personne est agente."""
    miens = mes_dla(perimetre_de(utilisateur))
    return next((cle for cle in possibles if cle in miens), None)


def de_la_structure(structure: Organisation, phrase: str, **dits: Any) -> Provenance:
    """Ce qu'une structure dit d'un besoin entendu chez elle."""
    return Provenance(
        phrase=phrase,
        structure=structure,
        territoire=structure.commune,
        secteur=structure.secteur,
        source=PAROLE,
        **dits,
    )


def _mission(utilisateur: Utilisateur, argument: Argument) -> Provenance | None:
    lues = Ingenierie.objects.visibles_par(utilisateur)
    mission = lues.filter(pk=argument["ingenierie"]).first()
    if mission is None:
        return None
    return Provenance(
        phrase=f"dans la mission {citer(mission.titre)}",
        ingenierie=mission,
        operateur=dla_de(utilisateur, mission.operateur_id),
        **lieu_de(mission),
    )


def _structure(cle: str) -> Callable[[Utilisateur, Argument], Provenance | None]:
    def lire(utilisateur: Utilisateur, argument: Argument) -> Provenance | None:
        vues = Organisation.objects.visibles_par(utilisateur).select_related("commune")
        structure = vues.filter(pk=argument[cle]).first()
        if structure is None or not structure.est_structure:
            return None
        return de_la_structure(structure, f"auprès de {citer(structure.nom)}")

    return lire


def _demande(utilisateur: Utilisateur, argument: Argument) -> Provenance | None:
    lues = Demande.objects.visibles_par(utilisateur).select_related("structure__commune")
    demande = lues.filter(pk=argument["pk"]).first()
    if demande is None:
        return None
    phrase = f"en accueillant la demande de {citer(demande.structure.nom)}"
    dla = dla_de(utilisateur, demande.operateur_id)
    return de_la_structure(demande.structure, phrase, operateur=dla)


def _parcours(utilisateur: Utilisateur, argument: Argument) -> Provenance | None:
    lus = Parcours.objects.visibles_par(utilisateur).select_related("structure__commune")
    parcours = lus.filter(pk=argument["parcours"]).first()
    if parcours is None:
        return None
    phrase = f"pendant le parcours de {citer(parcours.structure.nom)}"
    dla = dla_de(utilisateur, parcours.operateur_id)
    return de_la_structure(parcours.structure, phrase, operateur=dla)


def _problematique(utilisateur: Utilisateur, argument: Argument) -> Provenance | None:
    lues = Problematique.objects.visibles_par(utilisateur).select_related("operateur")
    problematique = lues.filter(pk=argument["pk"]).first()
    if problematique is None:
        return None
    return Provenance(
        phrase=f"à propos de {citer(problematique.titre)}",
        problematique=problematique if droits.peut_modifier(utilisateur, problematique) else None,
        operateur=dla_de(utilisateur, problematique.operateur_id),
        secteur=problematique.secteur,
    )


PAR_PAGE: dict[str, Callable[[Utilisateur, Argument], Provenance | None]] = {
    "annuaire/<uuid:organisation>/": _structure("organisation"),
    "structures/<uuid:structure>/": _structure("structure"),
    "demandes/<uuid:pk>/": _demande,
    "parcours/<uuid:parcours>/": _parcours,
    "missions/<uuid:ingenierie>/": _mission,
    "besoins/problematiques/<uuid:pk>/": _problematique,
}
