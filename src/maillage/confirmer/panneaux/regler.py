"""Régler : le cahier des charges et la consultation (trois requêtes)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Prefetch, Q, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from maillage.confirmer.cahier.contexte import Lu, assembler, lire
from maillage.confirmer.cahier.etat import (
    dire_le_cahier,
    dire_les_nouveautes,
    nouveautes,
    verbes_du_cahier,
)
from maillage.confirmer.editions import CAHIER, CONSULTATION, OFFRE
from maillage.confirmer.models import (
    Consultation,
    DecisionDOffre,
    EtatCahier,
    EtatConsultation,
    Offre,
)
from maillage.confirmer.transitions import CONSULTATION as VERBES
from maillage.engager.models.accords import Mode
from maillage.ingenieries.droits import Regard
from maillage.ingenieries.models import Ingenierie
from maillage.ingenieries.panneaux import Geste, Panneau
from maillage.socle.mots import compter, enumerer, minuscule
from maillage.socle.transitions import Verbe

SANS_AVIS = (
    "Le comité d’appui n’a pas encore donné son avis, qui vient d’ordinaire avant le cahier des "
    "charges. Il est consultatif : rien n’est bloqué."
)


def panneaux_regler(ingenierie: Ingenierie, regard: Regard) -> Sequence[Panneau]:
    """Le cahier des charges, puis la consultation."""
    lu = lire(ingenierie)
    offres = (
        Offre.objects.select_related("prestataire")
        .annotate(nombre_de_notes=Count("notes"))
        .order_by("prestataire__nom_normalise", "pk")
    )
    prefetch_related_objects([ingenierie], Prefetch("offres", queryset=offres))
    return [_cahier(ingenierie, regard, lu), _consultation(ingenierie, regard, lu.consultation)]


def _cahier(ingenierie: Ingenierie, regard: Regard, lu: Lu) -> Panneau:
    cahier = lu.cahier
    emis = cahier is not None and cahier.etat == EtatCahier.EMIS
    contexte = assembler(ingenierie, lu)
    depuis = nouveautes(cahier, contexte)
    geste = "Modifier le cahier" if cahier else "Écrire le cahier des charges"
    phrase = dire_le_cahier(cahier)
    muets = [minuscule(nom) for nom in contexte.manques]
    return Panneau(
        code="cahier",
        titre="Cahier des charges",
        vide=cahier is None,
        phrase=phrase,
        gabarit="confirmer/panneaux/cahier.html",
        contexte={
            "version": cahier.version if cahier else "",
            "url": reverse("confirmer:cahier", args=[ingenierie.pk]),
            "verbes": verbes_du_cahier(ingenierie, cahier, depuis),
        },
        manques=[
            *([SANS_AVIS] if regard.voit_interne and not _avis_connu(ingenierie) else []),
            *([f"Il ne dit pas encore : {enumerer(muets)}."] if cahier and muets else []),
            *([dire_les_nouveautes(depuis)] if depuis else []),
        ],
        gestes=[Geste(geste, CAHIER.url("ajouter", ingenierie.pk))],
        faits={"cahier_des_charges_pret": phrase} if emis else {},
    )


def _avis_connu(ingenierie: Ingenierie) -> bool:
    """L'avis du comité est rendu, ou son absence est expliquée ; il est consultatif (règle 2)."""
    return ingenierie.avis.filter(Q(mode=Mode.ABSENT) | ~Q(sens="")).exists()


def _consultation(
    ingenierie: Ingenierie, regard: Regard, consultation: Consultation | None
) -> Panneau:
    offres = list(ingenierie.offres.all())
    choisis = [o.prestataire.nom for o in offres if o.decision == DecisionDOffre.RETENUE]
    phrase = _dire_la_consultation(consultation, offres, choisis)
    return Panneau(
        code="consultation",
        titre="Consultation",
        vide=not offres,
        phrase=phrase,
        gabarit="confirmer/panneaux/consultation.html",
        contexte={
            "version": consultation.version if consultation else "",
            "motif": consultation.decision_motif if consultation and regard.voit_interne else "",
            "offres": [_offre(o, ingenierie) for o in offres] if regard.voit_interne else [],
            "verbes": _verbes(ingenierie, consultation),
            "scellee": consultation is not None and consultation.etat == EtatConsultation.OUVERTE,
            "comparer": reverse("confirmer:offres", args=[ingenierie.pk]),
        },
        manques=_manques(consultation, offres) if regard.voit_interne else [],
        gestes=_gestes(ingenierie, consultation),
        faits={"prestataire_choisi": phrase} if choisis else {},
    )


def _verbes(ingenierie: Ingenierie, consultation: Consultation | None) -> list[Verbe]:
    """Les verbes d'un clic ; décider passe par la page des offres."""
    if consultation is None:
        return []
    tous = VERBES.verbes(consultation, "confirmer:consultation_etat", ingenierie.pk)
    return [verbe for verbe in tous if verbe.transition.nom != "decider"]


def _dire_la_consultation(
    consultation: Consultation | None, offres: Sequence[Offre], choisis: Sequence[str]
) -> str:
    recues = sum(o.deposee_le is not None for o in offres)
    inscrits = compter(len(offres), "prestataire")
    if consultation is None or consultation.etat == EtatConsultation.PREPAREE:
        return f"{inscrits} à consulter." if offres else "Aucun prestataire n’est encore choisi."
    if consultation.etat == EtatConsultation.OUVERTE:
        jusqua = ""
        if consultation.limite_le:
            limite = timezone.localtime(consultation.limite_le)
            jusqua = f" jusqu’au {date_format(limite, 'j F Y à H:i')}"
        return f"Ouverte{jusqua} : {compter(recues, 'offre')} sur {inscrits}."
    if consultation.etat == EtatConsultation.CLOSE:
        return f"Close : {compter(recues, 'offre reçue', 'offres reçues')} sur {inscrits}."
    return f"Décidée : {enumerer(choisis)}." if choisis else "Décidée : sans suite."


def _manques(consultation: Consultation | None, offres: Sequence[Any]) -> list[str]:
    if consultation is None:
        return []
    manques = []
    if consultation.etat == EtatConsultation.OUVERTE and not consultation.recoit_des_offres(
        timezone.now()
    ):
        manques.append("La date limite est passée : les offres se lisent une fois l’appel clos.")
    if consultation.etat == EtatConsultation.CLOSE:
        a_noter = sum(o.deposee_le is not None and not o.nombre_de_notes for o in offres)
        manques += [f"{compter(a_noter, 'offre')} à noter."] if a_noter else []
    if consultation.etat == EtatConsultation.DECIDEE:
        a_informer = sum(o.informe_le is None for o in offres)
        manques += (
            [f"{compter(a_informer, 'prestataire')} à informer de la décision."]
            if a_informer
            else []
        )
    return manques


def _offre(offre: Offre, ingenierie: Ingenierie) -> dict[str, Any]:
    """Qui a répondu, jamais quoi : le contenu se lit sur la page des offres."""
    if offre.decision:
        mot, forme = (
            offre.get_decision_display(),
            "fait" if offre.decision == "retenue" else "sans_objet",
        )
    elif offre.deposee_le:
        recue = date_format(timezone.localtime(offre.deposee_le), "j F Y")
        mot, forme = f"offre reçue le {recue}", "en_cours"
    elif offre.decline:
        mot, forme = "ne répondra pas", "sans_objet"
    else:
        mot, forme = "pas encore répondu", "a_faire"
    return {
        "nom": offre.prestataire.nom,
        "mot": mot,
        "forme": forme,
        "modifier": OFFRE.url("modifier", ingenierie.pk, offre.pk),
    }


def _gestes(ingenierie: Ingenierie, consultation: Consultation | None) -> list[Geste]:
    if consultation is not None and consultation.etat == EtatConsultation.DECIDEE:
        return []
    choisir = Geste(
        "Choisir les prestataires", reverse("confirmer:consulter", args=[ingenierie.pk])
    )
    preparer = "Préparer la consultation" if consultation is None else "Changer la date limite"
    return [choisir, Geste(preparer, CONSULTATION.url("ajouter", ingenierie.pk))]
