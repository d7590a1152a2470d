"""Publier, retirer, changer de gabarit : une transaction par fonction, une phrase au journal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Max

from maillage.annuaire.models import Organisation
from maillage.capitaliser.chiffres import themes
from maillage.capitaliser.contexte import assembler
from maillage.capitaliser.contexte.lecture import lire
from maillage.capitaliser.models import Fiche, GabaritWord, Publication
from maillage.capitaliser.models.publication import texte_de
from maillage.capitaliser.reprise import PARTIES, Depart
from maillage.capitaliser.transitions import FICHES
from maillage.ingenieries.models import Ingenierie
from maillage.ingenieries.operations import Liens, ouvrir_ingenierie, retirer_element
from maillage.socle.documents.presentations import Presentation
from maillage.socle.droits import exiger, refuse
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.mots import citer, enumerer
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
def repartir(
    mission: Ingenierie, *, depart: Depart, parties: Iterable[str], liens: Liens, par: Utilisateur
) -> Ingenierie:
    """Ouvre une mission issue d'une autre, avec ces parties de ce qu'elle a d'écrit.

    L'avancement n'est pas repris. Le journal de l'origine ne nomme personne : qui la lit n'a pas
    toujours à connaître la nouvelle ; celui de la nouvelle ne cite qu'un titre publié, ou reste
    interne.
    """
    ouvrir_ingenierie(mission, liens=liens, par=par)
    reprises = [partie for partie in PARTIES if partie.code in set(parties)]
    for partie in reprises:
        elements = depart.parties[partie.code]
        for element in elements:
            element.ingenierie = mission
        partie.modele._default_manager.bulk_create(elements)
    noms = enumerer([partie.libelle.lower() for partie in reprises]) or "rien d’autre que le lien"
    phrase = f"est reparti·e de {citer(depart.titre)} ; repris : {noms}"
    journaliser(mission, phrase, par=par, interne=not depart.citable)
    origine = Ingenierie(pk=depart.mission)
    journaliser(origine, "a noté qu’une nouvelle mission est repartie de celle-ci", par=None)
    return mission


@operation
def poser_gabarit(
    operateur: Organisation,
    presentation: Presentation[Any],
    *,
    nom: str,
    contenu: bytes,
    par: Utilisateur,
) -> GabaritWord:
    """Adopte un gabarit Word pour ce document. Lève `GabaritRefuse`, qui nomme ce qui gêne."""
    presentation.verifier(contenu)
    gabarit, _ = GabaritWord.objects.update_or_create(
        operateur=operateur,
        document=presentation.code,
        defaults={"nom": nom, "contenu": contenu, "depose_par": par},
    )
    journaliser(operateur, f"a adopté le gabarit Word « {nom} » pour {presentation.nom}", par=par)
    return gabarit


@operation
def retirer_gabarit(
    gabarit: GabaritWord, presentation: Presentation[Any], *, par: Utilisateur
) -> None:
    """Revient au gabarit de Maillage."""
    phrase = f"a repris le gabarit Word de Maillage pour {presentation.nom}"
    journaliser(gabarit.operateur, phrase, par=par)
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
