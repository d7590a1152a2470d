"""Ce que l'on met côte à côte : une mission que l'on voit, ou une fiche publiée."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404
from django.utils.formats import date_format
from django.utils.timezone import localtime

from maillage import methode
from maillage.capitaliser.calculs.comparaison import RubriqueComparee, rubrique
from maillage.capitaliser.calculs.rubriques import Dit
from maillage.capitaliser.contexte import contexte_de_fiche
from maillage.capitaliser.grille import ContexteDeFiche
from maillage.capitaliser.models import Publication
from maillage.ingenieries.lecture import lire_dossier
from maillage.ingenieries.models import Avancement, Ingenierie
from maillage.ingenieries.parcours import Station, station
from maillage.socle.mots import abreger
from maillage.socle.normalisation import normaliser

if TYPE_CHECKING:
    from maillage.capitaliser.models.publication import PublicationQuerySet
    from maillage.ingenieries.models.dossier import IngenierieQuerySet
    from maillage.methode.notions.cycle import Demarche, Point
    from maillage.socle.comptes import Utilisateur

PROPOSEES = 10
LONGUEUR = 60


@dataclass(frozen=True, slots=True)
class Cote:
    """Un côté de la comparaison ; `mission` n'est donnée que si son dossier s'ouvre à moi."""

    lettre: str
    cle: UUID
    fiche: ContexteDeFiche
    url: str
    origine: str
    mission: UUID | None = None

    @property
    def nom(self) -> str:
        """« A · Partenariats avec les entreprises », assez court pour se répéter."""
        return f"{self.lettre} · {abreger(self.fiche.titre, LONGUEUR)}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Une mission ou une fiche que l'on peut mettre en face."""

    cle: UUID
    titre: str
    detail: str


def cote_de_mission(utilisateur: Utilisateur, pk: UUID, lettre: str) -> Cote:
    """La mission telle qu'elle est aujourd'hui (2 requêtes). Lève `Http404` hors périmètre."""
    mission = lire_dossier(utilisateur, pk)
    return Cote(
        lettre,
        mission.pk,
        contexte_de_fiche(mission),
        mission.get_absolute_url(),
        "la mission, telle qu’elle est aujourd’hui",
        mission.pk,
    )


def cote_de_fiche(fiche: UUID, lettre: str) -> Cote:
    """L'édition en rayon (1 requête). Lève `Http404` si la fiche n'est pas publiée."""
    parue = Publication.objects.en_rayon().pour_liste().filter(fiche=fiche).first()
    if parue is None:
        raise Http404
    jour = date_format(localtime(parue.publiee_le), "j F Y")
    origine = f"fiche publiée, édition {parue.edition} du {jour}"
    return Cote(lettre, parue.fiche_id, parue.contexte, parue.get_absolute_url(), origine)


def cote_en_face(utilisateur: Utilisateur, cle: UUID, *, fiches_seules: bool) -> Cote | None:
    """Une mission que je vois, sinon une fiche publiée ; rien si ce n'est ni l'une ni l'autre."""
    if not fiches_seules:
        try:
            return cote_de_mission(utilisateur, cle, "B")
        except Http404:
            pass
    try:
        return cote_de_fiche(cle, "B")
    except Http404:
        return None


def candidates(
    utilisateur: Utilisateur, mots: str, *, sauf: Cote, fiches_seules: bool
) -> list[Candidate]:
    """Celles qui répondent à ces mots, les plus récentes sans mots ; deux requêtes au plus.

    Une mission que je vois n'est pas proposée une seconde fois par sa fiche.
    """
    parues = Publication.objects.en_rayon().exclude(fiche=sauf.cle)
    if fiches_seules:
        return list(_fiches(parues, mots))
    visibles = Ingenierie.objects.visibles_par(utilisateur)
    ailleurs = parues.exclude(fiche__ingenierie__in=visibles.order_by().values("pk"))
    return [*_missions(visibles.exclude(pk=sauf.cle), mots), *_fiches(ailleurs, mots)]


def _missions(visibles: IngenierieQuerySet, mots: str) -> Iterator[Candidate]:
    trouvees = visibles.cherche(mots) if normaliser(mots) else visibles
    for mission in trouvees.select_related("operateur")[:PROPOSEES]:
        detail = f"mission · {mission.operateur.nom} · {mission.annee}"
        yield Candidate(mission.pk, mission.titre, detail)


def _fiches(parues: PublicationQuerySet, mots: str) -> Iterator[Candidate]:
    ordre = ("-justesse", "-publiee_le") if normaliser(mots) else ("-publiee_le",)
    for parue in parues.pour_liste().cherche(mots).order_by(*ordre)[:PROPOSEES]:
        detail = f"fiche publiée · {parue.contexte.identite.dla} · {parue.annee}"
        yield Candidate(parue.fiche_id, parue.titre, detail)


# Le cycle


def comparer_les_cycles(
    a: UUID, b: UUID, aujourdhui: date, *, points: bool
) -> list[RubriqueComparee]:
    """Les 12 démarches par étape, ou les 45 points par démarche (une requête)."""
    lus: dict[UUID, dict[str, Avancement]] = {a: {}, b: {}}
    for avancement in Avancement.objects.filter(ingenierie__in=[a, b]):
        lus[avancement.ingenierie_id][avancement.code] = avancement

    def dire(regle: Demarche | Point) -> tuple[str, list[Dit], list[Dit]]:
        cotes = (_etat(station(regle, lus[m].get(regle.code), aujourdhui)) for m in (a, b))
        return (regle.libelle, *([etat] for etat in cotes))  # type: ignore[return-value]

    return [rubrique(nom, map(dire, regles)) for nom, regles in _parties(points).items()]


def _parties(points: bool) -> Mapping[str, Any]:
    if points:
        return {d.libelle: d.points for d in methode.cycle().demarches}
    return {e.libelle: e.demarches for e in methode.cycle().etapes}


def _etat(lue: Station) -> Dit:
    """« sans objet », sa raison, et la forme qui le dessine."""
    return Dit(lue.etat.label, lue.motif, lue.etat.value)
