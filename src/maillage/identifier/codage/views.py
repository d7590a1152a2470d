"""Pages « À coder » : un besoin à la fois, ou les premiers de la file en liste."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.annuaire.perimetre import perimetre_de
from maillage.identifier import droits
from maillage.identifier.codage import file, operations
from maillage.identifier.codage.forms import FormulaireDeCodage
from maillage.identifier.codage.suggestions import Conseil, conseil
from maillage.identifier.models import Codage, Signal
from maillage.identifier.views.commun import onglets
from maillage.identifier.visibilite import mes_dla
from maillage.socle.droits import Refus, exiger, visible_ou_404
from maillage.socle.mots import compter
from maillage.socle.requetes import Requete, lire_cle
from maillage.socle.verrou import ConflitDeVersion

EN_LISTE = 20
PROPOSES_EN_LISTE = 3


@require_safe
def a_coder(request: Requete) -> HttpResponse:
    """Le besoin à coder, ses thèmes proposés et pourquoi (`?apres=` : celui qui suit)."""
    exiger(droits.peut_noter(request.user))
    dla = mes_dla(perimetre_de(request.user))
    etape = file.etape(dla, lire_cle(request.GET.get("apres", "")))
    formulaire = FormulaireDeCodage(signal=etape.signal) if etape.signal else None
    return _rendre(request, etape, formulaire)


@require_POST
def coder(request: Requete, pk: UUID) -> HttpResponse:
    """Code un besoin d'une touche, puis montre le suivant."""
    signal = _a_coder(request, pk)
    formulaire = FormulaireDeCodage(request.POST, signal=signal)
    if not formulaire.is_valid():
        reste = file.etape(mes_dla(perimetre_de(request.user)), None).reste
        return _rendre(request, file.Etape(signal, reste), formulaire, 422)
    lu = formulaire.cleaned_data
    proposes = [p.theme for p in conseil([signal.operateur_id]).pour(signal)]
    try:
        operations.coder(
            signal,
            themes=lu["themes"],
            source=lu["source"],
            proposes=proposes,
            version=lu["version"],
            par=request.user,
        )
    except ConflitDeVersion:
        messages.error(request, "Rien n’a changé : ce besoin a été modifié entre-temps.")
        return redirect("identifier:a_coder")
    suite = "" if lu["source"] else " Il reste à dire d’où vient ce besoin."
    messages.success(request, f"C’est codé : {operations.dire(lu['themes'])}.{suite}")
    return redirect(f"{reverse('identifier:a_coder')}?apres={signal.pk}")


@require_POST
def annuler(request: Requete, pk: UUID) -> HttpResponse:
    """Revient sur son dernier codage."""
    miens = Codage.objects.filter(par=request.user).select_related("signal")
    codage = get_object_or_404(miens, pk=pk)
    _a_coder(request, codage.signal_id)
    try:
        operations.annuler(codage, par=request.user)
        messages.success(request, "Ce codage est annulé ; le besoin attend de nouveau.")
    except Refus as refus:
        messages.error(request, f"Rien n’a changé. {refus}")
    return redirect("identifier:a_coder")


@require_http_methods(["GET", "POST"])
def en_liste(request: Requete) -> HttpResponse:
    """Les premiers de la file d'un coup d'œil ; on ne code que ceux que l'on choisit."""
    exiger(droits.peut_noter(request.user))
    dla = mes_dla(perimetre_de(request.user))
    conseille = conseil(dla)
    if request.method == "POST":
        _coder_les_choisis(request, file.premiers(dla, EN_LISTE), conseille)
        return redirect("identifier:a_coder_en_liste")
    contexte = {
        "lignes": [
            (signal, conseille.pour(signal, PROPOSES_EN_LISTE))
            for signal in file.apercu(dla, EN_LISTE)
        ],
        "onglets": onglets("a_coder", request.user),
    }
    return render(request, "identifier/codage/liste.html", contexte)


def _coder_les_choisis(request: Requete, signaux: list[Signal], conseille: Conseil) -> None:
    """Chaque ligne choisie, si elle est encore telle qu'on l'a lue ; on dit ce qui ne l'est pas."""
    codes, manques = 0, 0
    for signal in signaux:
        donnees = {nom: request.POST.get(f"{nom}-{signal.pk}", "") for nom in ("theme", "version")}
        lu = FormulaireDeCodage(donnees, signal=signal)
        if not donnees["theme"] or not lu.is_valid():
            continue
        proposes = [p.theme for p in conseille.pour(signal, PROPOSES_EN_LISTE)]
        voulu = {nom: lu.cleaned_data[nom] for nom in ("themes", "source", "version")}
        try:
            operations.coder(signal, **voulu, proposes=proposes, par=request.user)
            codes += 1
        except ConflitDeVersion:
            manques += 1
    if manques:
        dits = compter(manques, "besoin modifié", "besoins modifiés")
        messages.error(request, f"{dits} entre-temps : à revoir.")
    if codes:
        messages.success(request, f"{compter(codes, 'besoin codé', 'besoins codés')}.")
    elif not manques:
        messages.info(request, "Rien n’a changé : aucun thème n’était choisi.")


def _rendre(
    request: Requete, etape: file.Etape, formulaire: FormulaireDeCodage | None, statut: int = 200
) -> HttpResponse:
    dla = mes_dla(perimetre_de(request.user))
    signal = etape.signal
    contexte: dict[str, Any] = {
        "signal": signal,
        "formulaire": formulaire,
        "propositions": conseil([signal.operateur_id]).pour(signal) if signal else [],
        "reste": etape.reste,
        "phrase": _phrase(etape),
        "dernier": Codage.objects.dernier_de(request.user.pk, dla),
        "onglets": onglets("a_coder", request.user),
    }
    return render(request, "identifier/codage/a_coder.html", contexte, status=statut)


def _phrase(etape: file.Etape) -> str:
    if not etape.reste:
        return "Tout est codé : chaque besoin peut en rejoindre d’autres."
    if etape.reste > file.COMPTES:
        return f"Plus de {compter(file.COMPTES, 'besoin')} à coder, le plus récent d’abord."
    return f"{compter(etape.reste, 'besoin')} à coder, le plus récent d’abord."


def _a_coder(request: Requete, pk: UUID) -> Signal:
    signal = visible_ou_404(Signal.objects.pour_liste(), request.user, pk=pk)
    exiger(droits.peut_modifier(request.user, signal))
    return signal
