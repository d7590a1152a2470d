"""Les documents d'un sujet : leur page, le dépôt, le retrait, le téléchargement."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maillage.socle.documents.forms import FormulaireDeDepot
from maillage.socle.documents.models import Document
from maillage.socle.documents.operations import deposer, retirer
from maillage.socle.droits import exiger
from maillage.socle.sujets import Sujet, sujet
from maillage.socle.vues import rendre_formulaire

if TYPE_CHECKING:
    from maillage.socle.requetes import Requete

journal = logging.getLogger(__name__)


@require_http_methods(["GET", "POST"])
def documents(request: Requete, etiquette: str, cle: UUID) -> HttpResponse:
    """Les documents d'un sujet et le formulaire qui en ajoute un."""
    vu = sujet(etiquette, cle, request.user)
    if request.method == "POST":
        exiger(vu.modifiable)
    formulaire = FormulaireDeDepot(request.POST or None, request.FILES or None, sujet=vu)
    if request.method == "POST" and formulaire.is_valid():
        try:
            document = deposer(sujet=vu, **formulaire.cleaned_data)
        except ValidationError as erreur:
            formulaire.add_error("fichier", erreur)
        else:
            messages.success(request, f"« {document.titre} » est déposé.")
            return redirect(f"{vu.url}#documents")
    colonnes = ["Document", "Fichier", "Déposé"] + ["Retirer"] * bool(vu.modifiable)
    contexte = {
        "sujet": vu,
        "documents": Document.objects.lisibles(vu),
        "formulaire": formulaire,
        "colonnes": [{"libelle": libelle} for libelle in colonnes],
    }
    return rendre_formulaire(request, "socle/documents/page.html", contexte)


@require_GET
def telecharger(request: Requete, cle: UUID) -> FileResponse:
    """Sert le fichier à qui voit son sujet, toujours en pièce jointe."""
    document, _ = _document(request, cle)
    try:
        contenu = document.fichier.open("rb")
    except FileNotFoundError as erreur:
        journal.error("Le fichier du document %s manque au stockage.", document.pk)
        raise Http404("Ce fichier manque au stockage.") from erreur
    reponse = FileResponse(
        contenu,
        as_attachment=True,
        filename=document.nom_de_fichier,
        content_type=document.type_mime,
    )
    reponse["X-Content-Type-Options"] = "nosniff"
    reponse["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return reponse


@require_POST
def retrait(request: Requete, cle: UUID) -> HttpResponse:
    """Retire un document."""
    document, vu = _document(request, cle)
    retirer(sujet=vu, document=document)
    messages.success(request, f"« {document.titre} » est retiré et son fichier effacé.")
    return redirect(f"{vu.url}#documents")


def _document(request: Requete, cle: UUID) -> tuple[Document, Sujet]:
    """Le document et son sujet, ou 404 : hors du périmètre, ou interne pour qui ne le lit pas."""
    document = get_object_or_404(Document, pk=cle)
    vu = sujet(document.sujet_type, document.sujet_id, request.user)
    return get_object_or_404(Document.objects.lisibles(vu), pk=cle), vu
