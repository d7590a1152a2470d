"""Publier, retirer, changer de gabarit : une transaction par fonction, une phrase au journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max

from maillage.annuaire.models import Organisation
from maillage.capitaliser.chiffres import themes
from maillage.capitaliser.contexte import assembler
from maillage.capitaliser.contexte.lecture import lire
from maillage.capitaliser.documents import FICHE
from maillage.capitaliser.models import Fiche, GabaritWord, Publication
from maillage.capitaliser.models.publication import texte_de
from maillage.capitaliser.transitions import FICHES
from maillage.ingenieries.models import Ingenierie
from maillage.ingenieries.operations import retirer_element
from maillage.socle.droits import exiger, refuse
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.normalisation import normaliser
from maillage.socle.verrou import enregistrer

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


@operation
def changer_etat_de_fiche(fiche: Fiche, verbe: str, *, version: int, par: Utilisateur) -> Fiche:
    """Joue un verbe de `FICHES`. Lève `TransitionRefusee` ou `ConflitDeVersion`.

    Publier fige le contenu d'aujourd'hui dans une nouvelle édition ; retirer la sort du rayon et
    la garde.
    """
    FICHES.appliquer(verbe, fiche)
    enregistrer(fiche, version=version)
    fiche.publications.filter(en_vigueur=True).update(en_vigueur=False)
    if verbe == "retirer":
        phrase = "a retiré la fiche de la bibliothèque"
    else:
        phrase = f"a publié la fiche, édition {_figer(fiche, par).edition}"
    journaliser(fiche.ingenierie, phrase, par=par)
    return fiche


def _figer(fiche: Fiche, par: Utilisateur) -> Publication:
    """Une édition de plus, avec ce qu'il faut pour la chercher et la filtrer."""
    mission = Ingenierie.objects.select_related("operateur").get(pk=fiche.ingenierie_id)
    lu = lire(mission.pk)
    contenu = assembler(mission, lu).en_json()
    derniere = fiche.publications.aggregate(derniere=Max("edition"))["derniere"] or 0
    return Publication.objects.create(
        fiche=fiche,
        edition=derniere + 1,
        publiee_par=par,
        contenu=contenu,
        titre=contenu["titre"],
        annee=mission.annee,
        secteur=mission.secteur,
        themes=themes(lu),
        chemins=sorted({cle for territoire in lu.territoires for cle in territoire.chemin}),
        titre_normalise=normaliser(contenu["titre"]),
        texte=texte_de({**contenu, "manques": [], "mesures": []}),
    )


@operation
def poser_gabarit(
    operateur: Organisation, *, nom: str, contenu: bytes, par: Utilisateur
) -> GabaritWord:
    """Adopte un gabarit Word pour cet opérateur. Lève `GabaritRefuse`, qui nomme ce qui gêne."""
    FICHE.verifier(contenu)
    gabarit, _ = GabaritWord.objects.update_or_create(
        operateur=operateur, defaults={"nom": nom, "contenu": contenu, "depose_par": par}
    )
    journaliser(operateur, f"a adopté le gabarit Word « {nom} » pour ses fiches", par=par)
    return gabarit


@operation
def retirer_gabarit(gabarit: GabaritWord, *, par: Utilisateur) -> None:
    """Revient au gabarit de Maillage."""
    journaliser(gabarit.operateur, "a repris le gabarit Word de Maillage", par=par)
    gabarit.delete()


@operation
def effacer_fiche(fiche: Fiche, *, nom: str, par: Utilisateur) -> None:
    """Efface une fiche qui n'a jamais paru. Lève `Refus` sinon : une édition ne s'efface pas."""
    if fiche.publications.exists():
        exiger(
            refuse(
                "Cette fiche a été publiée : ses éditions restent.",
                "Retirez-la de la bibliothèque depuis la page de la mission.",
            )
        )
    retirer_element(fiche, nom=nom, par=par)
