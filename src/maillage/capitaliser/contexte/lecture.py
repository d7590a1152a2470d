"""Lire tout ce qu'une fiche montre d'un dossier : dix-huit tables, une seule requête SQL."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from maillage.annuaire.models import Organisation
from maillage.capitaliser.models import Fiche
from maillage.confirmer.lecture import membres_du_groupe
from maillage.confirmer.models import (
    EffectifDeclare,
    Groupe,
    Offre,
    Participation,
    ProjetDIntervention,
)
from maillage.engager.models import Financement, LigneDeBudget, Objectif, Partenariat
from maillage.finaliser.models import (
    AppreciationDeRegistre,
    EtatPresence,
    Presence,
    Resultat,
    Seance,
)
from maillage.identifier.models import Ciblage, EtatProblematique, Problematique, Signal
from maillage.ingenieries.models import Ingenierie
from maillage.socle.lots import lire_lots
from maillage.territoires.models import Territoire

ICI = OuterRef("pk")


@dataclass(frozen=True)
class Lu:
    """Les lignes du dossier, table par table, dans leur ordre."""

    territoires: list[Territoire] = field(default_factory=list)
    associes: list[Organisation] = field(default_factory=list)
    problematiques: list[Problematique] = field(default_factory=list)
    signaux: list[Signal] = field(default_factory=list)
    ciblages: list[Ciblage] = field(default_factory=list)
    objectifs: list[Objectif] = field(default_factory=list)
    partenariats: list[Any] = field(default_factory=list)
    depenses: list[LigneDeBudget] = field(default_factory=list)
    financements: list[Any] = field(default_factory=list)
    effectifs: list[EffectifDeclare] = field(default_factory=list)
    participations: list[Any] = field(default_factory=list)
    groupes: list[Any] = field(default_factory=list)
    projets: list[ProjetDIntervention] = field(default_factory=list)
    offres: list[Any] = field(default_factory=list)
    seances: list[Seance] = field(default_factory=list)
    resultats: list[Resultat] = field(default_factory=list)
    appreciations: list[AppreciationDeRegistre] = field(default_factory=list)
    fiches: list[Fiche] = field(default_factory=list)

    @property
    def projet(self) -> ProjetDIntervention:
        return self.projets[0] if self.projets else ProjetDIntervention()

    @property
    def fiche(self) -> Fiche:
        return self.fiches[0] if self.fiches else Fiche()


def lire(ingenierie: UUID) -> Lu:
    """Le dossier de cette mission ; une requête, quel que soit le nombre de lignes."""
    return Lu(**lire_lots(Ingenierie.objects.filter(pk=ingenierie), _tables()))


def _tables() -> dict[str, QuerySet[Any]]:
    """Chaque table, filtrée sur la mission ; ce qui est interne n'est pas lu du tout."""
    ouvertes = Problematique.objects.filter(ingenieries=ICI).exclude(etat=EtatProblematique.ECARTEE)
    signaux = Signal.objects.filter(problematiques__ingenieries=ICI)
    element = {"ingenierie": ICI}
    return {
        "territoires": Territoire.objects.filter(ingenieries=ICI).order_by("nom_normalise"),
        "associes": Organisation.objects.filter(ingenieries_associees=ICI),
        "problematiques": ouvertes.order_by("cree_le"),
        "signaux": signaux.distinct().order_by("date", "pk"),
        "ciblages": Ciblage.objects.filter(**element),
        "objectifs": Objectif.objects.filter(**element),
        "partenariats": Partenariat.objects.filter(**element).annotate(
            nom=F("organisation__nom"), nomme=F("organisation__nom_publie")
        ),
        "depenses": LigneDeBudget.objects.filter(**element),
        "financements": Financement.objects.filter(**element).annotate(
            nom=F("financeur__nom"), nomme=F("financeur__nom_publie")
        ),
        "effectifs": EffectifDeclare.objects.filter(**element),
        "participations": Participation.objects.filter(**element).annotate(
            nom=F("structure__nom"), nomme=F("structure__nom_publie")
        ),
        "groupes": Groupe.objects.filter(**element).annotate(membres=membres_du_groupe()),
        "projets": ProjetDIntervention.objects.filter(**element),
        "offres": Offre.objects.filter(**element)
        .retenues()
        .annotate(nom=F("prestataire__nom"), nomme=F("prestataire__nom_publie")),
        "seances": Seance.objects.filter(**element).annotate(venues=_venues()),
        "resultats": Resultat.objects.filter(**element),
        "appreciations": AppreciationDeRegistre.objects.filter(**element),
        "fiches": Fiche.objects.filter(**element),
    }


def _venues() -> Coalesce:
    """Combien de structures nommées étaient à une séance."""
    presentes = Presence.objects.filter(seance=OuterRef("pk"), etat=EtatPresence.PRESENT)
    comptes = presentes.order_by().values("seance").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(comptes), 0)
