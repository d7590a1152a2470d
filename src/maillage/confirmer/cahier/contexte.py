"""Le contexte d'un cahier des charges : un seul contenu pour l'écran, Word et le PDF.

Ce que l'agent écrit dans le cahier l'emporte ; ce qu'il laisse vide se lit dans le dossier.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from maillage import methode
from maillage.annuaire.models import Organisation
from maillage.confirmer import presentation
from maillage.confirmer.cahier.grille import (
    NON_PRECISE,
    Appel,
    Attendus,
    Buts,
    ContexteDuCahier,
    Demarche,
    Deroule,
    Evaluation,
    Limites,
)
from maillage.confirmer.calculs.entonnoir import Marche
from maillage.confirmer.lecture import entonnoir, membres_du_groupe
from maillage.confirmer.models import (
    Atteint,
    CahierDesCharges,
    Consultation,
    EffectifDeclare,
    Groupe,
    Participation,
    ProjetDIntervention,
)
from maillage.engager.models import Objectif
from maillage.engager.presentation import objectifs
from maillage.identifier.models import Ciblage, EtatProblematique, Problematique
from maillage.ingenieries.identite import identite
from maillage.ingenieries.models import Ingenierie
from maillage.socle.documents.grilles import Chiffre, Ligne
from maillage.socle.lots import lire_lots
from maillage.socle.mots import paragraphes
from maillage.socle.quantites import Quantite
from maillage.territoires.models import Territoire

if TYPE_CHECKING:
    from maillage.annuaire.models import Personne

ICI = OuterRef("pk")
VENUES = frozenset({Atteint.INTERESSEE, Atteint.RETENUE})
SOURCE_MUETTE = "non dit par la source"


@dataclass(frozen=True)
class Lu:
    """Les lignes du dossier que lit un cahier des charges."""

    territoires: list[Territoire] = field(default_factory=list)
    associes: list[Organisation] = field(default_factory=list)
    problematiques: list[Problematique] = field(default_factory=list)
    ciblages: list[Ciblage] = field(default_factory=list)
    objectifs: list[Objectif] = field(default_factory=list)
    effectifs: list[EffectifDeclare] = field(default_factory=list)
    participations: list[Any] = field(default_factory=list)
    groupes: list[Any] = field(default_factory=list)
    projets: list[ProjetDIntervention] = field(default_factory=list)
    cahiers: list[CahierDesCharges] = field(default_factory=list)
    consultations: list[Consultation] = field(default_factory=list)

    @property
    def projet(self) -> ProjetDIntervention:
        return self.projets[0] if self.projets else ProjetDIntervention()

    @property
    def cahier(self) -> CahierDesCharges | None:
        return self.cahiers[0] if self.cahiers else None

    @property
    def consultation(self) -> Consultation | None:
        return self.consultations[0] if self.consultations else None


def lire(ingenierie: Ingenierie) -> Lu:
    """Le dossier de cette mission ; une requête, quel que soit le nombre de lignes.

    Le cahier et la consultation lus sont ceux que la mission connaît ensuite : les gardes des
    verbes les y trouvent.
    """
    lu = Lu(**lire_lots(Ingenierie.objects.filter(pk=ingenierie.pk), _tables()))
    for element in (*lu.cahiers, *lu.consultations):
        element.ingenierie = ingenierie
    return lu


def _tables() -> dict[str, QuerySet[Any]]:
    """Chaque table, filtrée sur la mission."""
    ouvertes = Problematique.objects.filter(ingenieries=ICI).exclude(etat=EtatProblematique.ECARTEE)
    element = {"ingenierie": ICI}
    return {
        "territoires": Territoire.objects.filter(ingenieries=ICI).order_by("nom_normalise"),
        "associes": Organisation.objects.filter(ingenieries_associees=ICI),
        "problematiques": ouvertes.order_by("cree_le"),
        "ciblages": Ciblage.objects.filter(**element),
        "objectifs": Objectif.objects.filter(**element),
        "effectifs": EffectifDeclare.objects.filter(**element),
        "participations": Participation.objects.filter(**element).annotate(
            nom=F("structure__nom"), nomme=F("structure__nom_publie")
        ),
        "groupes": Groupe.objects.filter(**element).annotate(membres=membres_du_groupe()),
        "projets": ProjetDIntervention.objects.filter(**element),
        "cahiers": CahierDesCharges.objects.filter(**element),
        "consultations": Consultation.objects.filter(**element),
    }


def contexte_du_cahier(ingenierie: Ingenierie) -> ContexteDuCahier:
    """Ce que le cahier dit de cette mission aujourd'hui ; une requête SQL.

    `ingenierie.operateur` et `ingenierie.charge` doivent être lus.
    """
    return assembler(ingenierie, lire(ingenierie))


def contexte_emis(
    ingenierie: Ingenierie, cahier: CahierDesCharges, consultation: Consultation | None
) -> ContexteDuCahier:
    """Le contenu figé à l'émission, et l'appel tel qu'il court : la limite peut se reporter."""
    fige = ContexteDuCahier.depuis_json(cahier.contenu or {})
    return replace(fige, consultation=appel(ingenierie, consultation))


def figer(contexte: ContexteDuCahier) -> dict[str, Any]:
    """Ce que l'émission garde : le cahier sans l'appel, qui suit la consultation."""
    return replace(contexte, consultation=Appel()).en_json()


def assembler(ingenierie: Ingenierie, lu: Lu) -> ContexteDuCahier:
    """La grille du cahier, remplie de ce qui a été lu."""
    ecrit, projet = lu.cahier or CahierDesCharges(), lu.projet
    marches = _marches(lu)
    return ContexteDuCahier(
        titre=ingenierie.titre,
        accroche=ingenierie.accroche,
        identite=replace(identite(ingenierie, lu.territoires, lu.associes), etat=""),
        en_bref=_en_bref(projet, ecrit, marches),
        demarche=_demarche(ecrit, lu.problematiques),
        objectifs=_buts(ecrit, projet, lu.objectifs),
        public=presentation.beneficiaires(lu.ciblages, lu.participations, marches, lu.groupes),
        attendus=_attendus(ecrit, projet),
        deroule=_deroule(projet),
        conditions=ecrit.conditions,
        evaluation=_evaluation(ecrit, projet),
        limites=Limites(ecrit.delai or _dite(projet.duree), _dite(ecrit.plafond)),
        criteres=tuple(Ligne(c.libelle, c.aide) for c in methode.consultation().criteres),
        consultation=appel(ingenierie, lu.consultation),
        muet=SOURCE_MUETTE if ingenierie.source else NON_PRECISE,
    )


def _marches(lu: Lu) -> tuple[Marche, ...]:
    """L'entonnoir de qui viendra ; plus large, seulement ce qu'une source en déclare."""
    toutes = entonnoir([p.atteint for p in lu.participations], lu.effectifs)
    return tuple(m for m in toutes if m.code in VENUES or m.declare)


def appel(ingenierie: Ingenierie, consultation: Consultation | None) -> Appel:
    """Jusqu'à quand et à qui répondre."""
    charge: Personne | None = ingenierie.charge
    limite = consultation.limite_le if consultation else None
    return Appel(
        limite=f"{date_format(timezone.localtime(limite), 'j F Y à H:i')} (heure de Paris)"
        if limite
        else "",
        consigne=consultation.consigne if consultation else "",
        dla=ingenierie.operateur.nom if ingenierie.operateur.nom_publie else "",
        interlocuteur=str(charge) if charge else "",
        courriel=(charge.courriel if charge else "") or ingenierie.operateur.courriel,
        telephone=(charge.telephone if charge else "") or ingenierie.operateur.telephone,
    )


def _en_bref(
    projet: ProjetDIntervention, ecrit: CahierDesCharges, marches: tuple[Marche, ...]
) -> tuple[Chiffre, ...]:
    """Quatre chiffres : combien de structures, de jours, de mois, d'euros au plus."""
    par_palier = {m.code: m.compte for m in marches}
    retenues, interessees = par_palier[Atteint.RETENUE], par_palier[Atteint.INTERESSEE]
    structures = ("structures retenues", retenues)
    if not retenues.valeur and interessees.valeur:
        structures = ("structures intéressées", interessees)
    return tuple(
        Chiffre(libelle, str(quantite), connu=quantite.connue)
        for libelle, quantite in (
            structures,
            ("temps d’intervention", projet.jours),
            ("durée", projet.duree),
            ("budget plafond", ecrit.plafond),
        )
    )


def _demarche(ecrit: CahierDesCharges, problematiques: list[Problematique]) -> Demarche:
    return Demarche(
        texte=ecrit.demarche,
        problematique=" ; ".join(p.titre for p in problematiques),
        contexte=paragraphes(*(p.contexte for p in problematiques)),
        enjeux=paragraphes(*(p.enjeux for p in problematiques)),
        besoins=paragraphes(*(p.besoins for p in problematiques)),
    )


def _buts(ecrit: CahierDesCharges, projet: ProjetDIntervention, lus: list[Objectif]) -> Buts:
    if ecrit.objectifs:
        return Buts(texte=ecrit.objectifs)
    ranges = objectifs(lus)
    return Buts(
        strategiques=ranges.strategiques,
        operationnels=ranges.operationnels,
        collectifs=projet.objectifs_collectifs,
        individuels=projet.objectifs_individuels,
    )


def _attendus(ecrit: CahierDesCharges, projet: ProjetDIntervention) -> Attendus:
    if ecrit.resultats:
        return Attendus(texte=ecrit.resultats)
    return Attendus(
        qualitatifs=projet.resultats_qualitatifs, quantitatifs=projet.resultats_quantitatifs
    )


def _deroule(projet: ProjetDIntervention) -> Deroule:
    return Deroule(
        typologie=presentation.typologie(projet),
        solution=presentation.solution(projet),
        formes=presentation.formes_de_travail(projet),
        prestations=presentation.prestations(projet),
        contenus=projet.contenus,
        jours=_dite(projet.jours),
        duree=_dite(projet.duree),
        rythme=projet.rythme,
        lieu=projet.lieu,
        logistique=projet.logistique,
        calendrier=projet.calendrier,
        prestataires=_dite(projet.prestataires),
        intervenants=projet.systeme_intervenant,
        presence_du_dla=projet.temps_du_dla,
    )


def _evaluation(ecrit: CahierDesCharges, projet: ProjetDIntervention) -> Evaluation:
    return Evaluation(
        role=ecrit.role_evaluation or projet.participation_evaluation,
        registres=tuple(methode.libelle("evaluation.registres", code) for code in projet.registres),
        indicateurs=projet.indicateurs,
    )


def _dite(quantite: Quantite) -> str:
    return str(quantite) if quantite.connue else ""
