"""La page du registre national, pour qui administre l'instance."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from maillage.annuaire import droits
from maillage.annuaire.models import (
    AssociationRNA,
    ConstatDImport,
    ImportDeRegistre,
    Organisation,
    Registre,
)
from maillage.annuaire.registre.etat import tables
from maillage.annuaire.registre.forms import FormulaireDImport
from maillage.annuaire.registre.importer.travail import TACHE, demander, ranger
from maillage.annuaire.registre.probables import a_rapprocher, avec_leurs_lignes
from maillage.annuaire.registre.rapprochement import rapprocher
from maillage.annuaire.registre.reprises import FormulaireDeRapprochement, reprendre_du_registre
from maillage.socle.droits import exiger, visible_ou_404
from maillage.socle.exports import Colonne, Export
from maillage.socle.listes import ColonneDeListe, Liste
from maillage.socle.requetes import Requete
from maillage.socle.travaux.models import Travail
from maillage.socle.verrou import ConflitDeVersion
from maillage.socle.vues import rendre_formulaire

HISTORIQUE = 20
REFUSES = 3
COLONNES = [
    ColonneDeListe("Fichier"),
    ColonneDeListe("Commencé"),
    ColonneDeListe("État"),
    ColonneDeListe("Lignes"),
    ColonneDeListe("Rapport"),
]
COLONNES_PROBABLES = [
    ColonneDeListe("Structure", "nom", ["nom_normalise"]),
    ColonneDeListe("Peut-être elle"),
    ColonneDeListe("Geste"),
]
RAPPORT: Export[ConstatDImport] = Export(
    "rapport-d-import",
    [
        Colonne("fichier", "Fichier", lambda c: c.fichier),
        Colonne("ligne", "Ligne", lambda c: c.ligne),
        Colonne("numero", "Numéro", lambda c: c.numero),
        Colonne("suite", "Suite", lambda c: "ligne rejetée" if c.rejetee else "ligne retenue"),
        Colonne("raison", "Raison", lambda c: c.raison),
    ],
)


@require_http_methods(["GET", "HEAD", "POST"])
def registre(request: Requete) -> HttpResponse:
    """Ce que contient le registre ; lancer un import. À htmx, seulement les imports en cours."""
    exiger(droits.peut_tenir_le_registre(request.user))
    if request.headers.get("HX-Request"):
        return render(request, "annuaire/registre/_suivi.html", _suivi())
    formulaire = FormulaireDImport(request.POST or None, request.FILES or None)
    if request.method == "POST" and formulaire.is_valid():
        _demander(request, formulaire)
        return redirect("annuaire:registre")
    contexte = {
        "fil": [{"libelle": "Registre national", "url": ""}],
        "formulaire": formulaire,
    }
    return rendre_formulaire(request, "annuaire/registre/page.html", contexte | _suivi())


def _suivi() -> dict[str, Any]:
    """Où en sont les imports ; `refuses` : ceux qui ont échoué depuis le dernier pris."""
    travaux = Travail.objects.filter(tache=TACHE)
    imports = list(ImportDeRegistre.objects.all()[:HISTORIQUE])
    refuses = travaux.echoues()
    if imports:
        refuses = refuses.filter(cree_le__gt=imports[0].commence_le)
    return {
        "travaux": list(travaux.inacheves()),
        "refuses": refuses[:REFUSES],
        "imports": imports,
        "tables": tables(),
        "colonnes": COLONNES,
    }


@require_safe
def constats(request: Requete, importation: UUID) -> HttpResponseBase:
    """Le rapport d'un import : lignes rejetées, champs laissés vides."""
    exiger(droits.peut_tenir_le_registre(request.user))
    trouvee = get_object_or_404(ImportDeRegistre, pk=importation)
    return RAPPORT.en_csv(trouvee.constats.iterator(chunk_size=5_000))


def _demander(request: Requete, formulaire: FormulaireDImport) -> None:
    choix = formulaire.cleaned_data
    recu = choix["fichier"]
    chemin = (
        ranger(recu, uuid4().hex)
        if recu
        else Path(settings.DOSSIER_REGISTRE) / choix["sur_le_serveur"]
    )
    nom = recu.name if recu else chemin.name
    demander(chemin=chemin, nom=nom, registre=Registre(choix["registre"]), par=request.user)


@require_http_methods(["GET", "HEAD", "POST"])
def comparer(request: Requete, organisation: UUID) -> HttpResponse:
    """Ce que le RNA et SIRENE disent d'une fiche ; en reprendre ce que l'on choisit."""
    objet = visible_ou_404(
        Organisation.objects.select_related("commune", "operateur"), request.user, pk=organisation
    )
    modifier = droits.peut_modifier(request.user, objet)
    exiger(modifier if request.method == "POST" else droits.peut_lire_dossier(request.user, objet))
    rapprochement = rapprocher(objet)
    contexte = {"organisation": objet, "rapprochement": rapprochement, "modifier": modifier}
    formulaire = FormulaireDeRapprochement(
        request.POST or None, organisation=objet, rapprochement=rapprochement
    )
    if request.method == "POST" and formulaire.is_valid() and _reprendre(request, formulaire):
        return redirect(objet)
    contexte |= {
        "fil": [
            {"libelle": "Structures", "url": reverse("annuaire:structures")},
            {"libelle": objet.nom, "url": objet.get_absolute_url()},
        ],
        "formulaire": formulaire,
    }
    return rendre_formulaire(request, "annuaire/registre/comparer.html", contexte)


@require_safe
def probables(request: Requete) -> HttpResponse:
    """Les structures de mon portefeuille à qui le registre propose un numéro."""
    exiger(droits.peut_creer(request.user))
    liste = Liste(
        request,
        a_rapprocher(request.user).select_related("commune"),
        colonnes=COLONNES_PROBABLES,
        tri="nom",
    )
    lignes = avec_leurs_lignes(list(liste.page))
    contexte = {
        "liste": liste,
        "lignes": lignes,
        "sans_registre": not lignes and not AssociationRNA.objects.exists(),
        "fil": [
            {"libelle": "Structures", "url": reverse("annuaire:structures")},
            {"libelle": "Liens probables", "url": ""},
        ],
    }
    return render(request, "annuaire/registre/probables.html", contexte)


def _reprendre(request: Requete, formulaire: FormulaireDeRapprochement) -> bool:
    try:
        reprendre_du_registre(
            formulaire.organisation,
            formulaire.choisies(),
            version=formulaire.cleaned_data["version"],
            par=request.user,
        )
    except ConflitDeVersion as conflit:
        formulaire.add_error(None, f"{conflit} Relisez la fiche, puis choisissez de nouveau.")
    except ValidationError as erreur:
        formulaire.add_error(None, erreur.messages)
    return formulaire.is_valid()
