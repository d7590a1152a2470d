"""Ce que montre la page de recherche : mes structures, l'annuaire que je vois, le registre."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Q, Value, When

from maillage.annuaire.models import EntreeDuRegistre, Organisation
from maillage.annuaire.perimetre import perimetre_de
from maillage.annuaire.recherche.filtres import FiltresDeRecherche
from maillage.annuaire.recherche.moteur import Recherche, Trouvees
from maillage.annuaire.recherche.mots import lire
from maillage.annuaire.recherche.vocabulaire import Comprise, comprendre, filtre_des_fiches

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

FICHES = 20
_LUS = ("nom", "sigle", "natures", "secteur", "commune__nom", "operateur__nom")


@dataclass(frozen=True, slots=True)
class LigneDuRegistre:
    """Une entrée, et la fiche que la personne en voit déjà, s'il y en a une."""

    entree: EntreeDuRegistre
    fiche: Organisation | None = None


@dataclass(frozen=True, slots=True)
class Resultats:
    """Ce qui répond.

    `vide` : rien n'est demandé encore ; `sans_registre` : il n'est pas chargé ici.
    """

    miennes: list[Organisation] = field(default_factory=list)
    autres: list[Organisation] = field(default_factory=list)
    fiches_en_plus: bool = False
    registre: list[LigneDuRegistre] = field(default_factory=list)
    par_objet: list[LigneDuRegistre] = field(default_factory=list)
    davantage: bool = False
    sans_registre: bool = False
    vide: bool = False

    def __bool__(self) -> bool:
        return bool(self.miennes or self.autres or self.registre or self.par_objet)


def resultats(filtres: FiltresDeRecherche, utilisateur: Utilisateur) -> Resultats:
    """Huit requêtes au plus, chacune bornée."""
    filtres.is_valid()
    if not any(filtres.cleaned_data.values()):
        return Resultats(vide=True, sans_registre=not EntreeDuRegistre.objects.exists())
    comprise = comprendre(lire(filtres.texte))
    fiches = _fiches(filtres, comprise, utilisateur)
    portefeuilles = perimetre_de(utilisateur).portefeuilles
    miennes = [f for f in fiches[:FICHES] if f.operateur_id in portefeuilles]
    trouvees = _du_registre(filtres, comprise)
    deja = _deja_la(trouvees, utilisateur)
    return Resultats(
        miennes=miennes,
        autres=[f for f in fiches[:FICHES] if f not in miennes],
        fiches_en_plus=len(fiches) > FICHES,
        registre=[_ligne(e, deja) for e in trouvees.entrees],
        par_objet=[_ligne(e, deja) for e in trouvees.par_objet],
        davantage=trouvees.davantage,
        sans_registre=not trouvees.entrees and not EntreeDuRegistre.objects.exists(),
    )


def _fiches(
    filtres: FiltresDeRecherche, comprise: Comprise, utilisateur: Utilisateur
) -> list[Organisation]:
    """Les fiches visibles, celles que je suis d'abord ; à une faute près si rien n'est juste."""
    visibles = Organisation.objects.visibles_par(utilisateur).en_service()
    objets: Any = filtres.appliquer(visibles)
    if comprise.saisie:
        objets = objets.filter(filtre_des_fiches(comprise, indulgent=True))
    suivies = Q(operateur__in=perimetre_de(utilisateur).portefeuilles)
    lues = (
        objets.annotate(
            faute=_rang(filtre_des_fiches(comprise)),
            suivie=_rang(suivies),
            autre_nom=_rang(Q(nom_normalise=comprise.phrase)),
            autre_debut=_rang(Q(nom_normalise__startswith=comprise.phrase)),
        )
        .order_by("faute", "suivie", "autre_nom", "autre_debut", "nom_normalise", "pk")
        .select_related("commune", "operateur")
        .only(*_LUS)[: FICHES + 1]
    )
    fiches = list(lues)
    justes = [fiche for fiche in fiches if fiche.faute == 0]
    return justes or fiches


def _rang(condition: Q) -> Case:
    """Zéro si la condition est remplie : ce qui passe d'abord."""
    return Case(When(condition, then=Value(0)), default=Value(1))


def _du_registre(filtres: FiltresDeRecherche, comprise: Comprise) -> Trouvees:
    question = filtres.question()
    if question is None:
        return Trouvees()
    return Recherche(comprise, question, filtres.lieux_du_perimetre).lire()


def _deja_la(trouvees: Trouvees, utilisateur: Utilisateur) -> dict[str, Organisation]:
    """Par numéro, les fiches que la personne voit ; les autres n'existent pas pour elle."""
    numeros = [n for e in trouvees for n in (e.numero, e.siren) if n]
    if not numeros:
        return {}
    visibles = Organisation.objects.visibles_par(utilisateur)
    fiches = visibles.filter(Q(rna__in=numeros) | Q(siren__in=numeros)).only("rna", "siren")
    return {numero: f for f in fiches for numero in (f.rna, f.siren) if numero}


def _ligne(entree: EntreeDuRegistre, deja: dict[str, Organisation]) -> LigneDuRegistre:
    return LigneDuRegistre(entree, deja.get(entree.numero) or deja.get(entree.siren))
