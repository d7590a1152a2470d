"""Les notifications d'une personne et sa préférence de résumé."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from maillage.socle.envois.models import Notification
from maillage.socle.envois.operations import choisir_resume, marquer_lues
from maillage.socle.listes import PAR_PAGE

if TYPE_CHECKING:
    from maillage.socle.requetes import Requete

COLONNES = ({"libelle": "Événement"}, {"libelle": "Quand"}, {"libelle": "Lecture"})
ORDRE = (F("lue_le").asc(nulls_first=True), "-creee_le", "-pk")


class FormulaireDeResume(forms.Form):
    """Recevoir, ou non, un courriel par jour."""

    quotidien = forms.TypedChoiceField(
        label="Résumé par courriel",
        choices=[("oui", "Une fois par jour, s’il y a du nouveau"), ("", "Jamais")],
        coerce=bool,
        required=False,
        widget=forms.RadioSelect,
    )


class FormulaireDeLecture(forms.Form):
    """La notification lue ; toutes si rien n'est dit."""

    notification = forms.UUIDField(required=False)


@require_GET
def notifications(request: Requete) -> HttpResponse:
    """Ce qui m'a été annoncé, une ligne par événement, le non lu d'abord."""
    miennes = Notification.objects.filter(destinataire=request.user)
    page = Paginator(miennes.order_by(*ORDRE), PAR_PAGE).get_page(request.GET.get("page"))
    quotidien = "oui" if request.user.resume_courriel else ""
    return render(
        request,
        "socle/envois/page.html",
        {
            "page": page,
            "colonnes": COLONNES,
            "a_lire": miennes.non_lues().count(),
            "formulaire": FormulaireDeResume(initial={"quotidien": quotidien}),
        },
    )


@require_POST
def lire(request: Requete) -> HttpResponse:
    """Marque lue une notification, ou toutes."""
    formulaire = FormulaireDeLecture(request.POST)
    if formulaire.is_valid():
        cle = formulaire.cleaned_data["notification"]
        marquer_lues(par=request.user, cles=[cle] if cle else None)
    return redirect("socle:notifications")


@require_POST
def resume(request: Requete) -> HttpResponse:
    """Enregistre la préférence de résumé."""
    formulaire = FormulaireDeResume(request.POST)
    if formulaire.is_valid():
        choisir_resume(par=request.user, quotidien=bool(formulaire.cleaned_data["quotidien"]))
        messages.success(request, "Votre choix est enregistré.")
    return redirect("socle:notifications")
