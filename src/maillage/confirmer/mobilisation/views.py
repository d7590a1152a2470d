"""La page de la mobilisation : la voie, les créneaux proposés, l'entonnoir."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from maillage import methode
from maillage.confirmer.droits import peut_inviter, peut_lire_la_mobilisation
from maillage.confirmer.editions import CRENEAU, VOIE
from maillage.confirmer.mobilisation import lecture
from maillage.confirmer.mobilisation.dessin import dessiner
from maillage.confirmer.mobilisation.voies import VOIES
from maillage.confirmer.models import Mobilisation
from maillage.ingenieries.droits import peut_modifier
from maillage.ingenieries.lecture import lire_dossier
from maillage.ingenieries.models import Ingenierie
from maillage.socle.droits import exiger
from maillage.socle.requetes import Requete


@require_safe
def page(request: Requete, ingenierie: UUID) -> HttpResponse:
    """Comment cette mission mobilise, et ce qui vient ensuite."""
    dossier = lire_dossier(request.user, ingenierie)
    exiger(peut_lire_la_mobilisation(request.user, dossier))
    campagne = Mobilisation.objects.filter(ingenierie=dossier).first()
    voie = campagne.voie if campagne else ""
    creneaux = [(c, CRENEAU.url("modifier", dossier.pk, c.pk)) for c in dossier.creneaux.all()]
    contexte = {
        "ingenierie": dossier,
        "campagne": campagne,
        "voie": methode.element("groupes.methodes", voie) if voie else None,
        "pas": [(p, p.url(dossier.pk)) for p in VOIES.get(voie, ())],
        "creneaux": creneaux,
        "etat": lecture.etat(dossier),
        "entonnoir": dessiner(dossier, request.user),
        "modifier": peut_modifier(request.user, dossier),
        "inviter": peut_inviter(request.user, dossier),
        "url_voie": VOIE.url("ajouter", dossier.pk),
        "url_creneau": CRENEAU.url("ajouter", dossier.pk),
        "retour": _retour(dossier),
    }
    return render(request, "confirmer/mobilisation/page.html", contexte)


def _retour(dossier: Ingenierie) -> str:
    return reverse("ingenieries:demarche", args=[dossier.pk, "confirmer.mobiliser"])
