"""Ouvrir, refuser, soustraire, lire : une transaction chacun, et la structure le sait."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.urls import reverse
from django.utils import timezone

from maillage.accueillir.autorisations.droits import regard
from maillage.accueillir.autorisations.tenue import Auteur, Constat, Reponse, Tenue, signature
from maillage.accueillir.models import (
    Autorisation,
    Diagnostic,
    DossierDAutorisations,
    ExceptionDAutorisation,
    FormeDeLecture,
    Lecture,
)
from maillage.annuaire.destinataires import comptes_de, equipe_du
from maillage.annuaire.models import Organisation, Role
from maillage.socle.documents.models import Document
from maillage.socle.documents.operations import deposer
from maillage.socle.droits import Refus, exiger, refuse
from maillage.socle.envois.operations import annoncer
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.sujets import sujet_de
from maillage.socle.verrou import enregistrer

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

DEVANCE = (
    "Quelqu’un vient de changer ces autorisations : relisez-les ci-dessous, puis recommencez. "
    "Rien n’a été enregistré."
)


@operation
def decider(
    tenue: Tenue,
    choix: Mapping[str, bool],
    *,
    vu: str,
    constat: Constat | None = None,
) -> list[Autorisation]:
    """Enregistre ce que la structure dit de chaque catégorie ; rend ce qui a changé.

    `vu` : la signature lue (`tenue.signature`). `constat` : qui l'a dit et ce qui le montre, quand
    un agent le consigne. Lève `ValidationError` si quelqu'un a répondu entre-temps, si la preuve
    manque ou si le fichier n'est pas reçu.
    """
    Organisation.objects.select_for_update().get(pk=tenue.structure.pk)
    reponses = tenue.reponses()
    if signature(reponses) != vu:
        raise ValidationError(DEVANCE)
    changees = [r for r in reponses if choix.get(r.code) not in (None, r.dite)]
    if not changees:
        return []
    communs = {"depuis": timezone.now()} | _parole(tenue, constat)
    lignes = [_repondre(tenue, r, choix[r.code], communs) for r in changees]
    _dire(tenue, "a changé à qui la structure ouvre ses diagnostics")
    return lignes


@operation
def soustraire(
    tenue: Tenue, exception: ExceptionDAutorisation, *, constat: Constat | None = None
) -> ExceptionDAutorisation:
    """Soustrait un document, un destinataire, ou l'un à l'autre ; l'agent dit son constat.

    Lève `ValidationError`.
    """
    Organisation.objects.select_for_update().get(pk=tenue.structure.pk)
    exception.structure = tenue.structure
    if exception.organisation_id == tenue.structure.pk:
        raise ValidationError("Ce sont vos diagnostics : vous les lisez toujours.")
    _ecrire(exception, _parole(tenue, constat))
    exception.full_clean()
    exception.save(force_insert=True)
    _dire(tenue, "a soustrait une partie des diagnostics de la structure")
    return exception


@operation
def lever(
    tenue: Tenue, exception: ExceptionDAutorisation, *, constat: Constat | None = None
) -> None:
    """Lève une exception ; ce qui est autorisé par ailleurs redevient lisible.

    Un agent dit son constat, que l'historique garde avec l'exception. Lève `ValidationError` s'il
    manque, `Refus` si un agent lèverait ce que la structure a posé elle-même.
    """
    if not tenue.peut_lever(exception):
        raise Refus(refuse("La structure a posé cette exception.", "Elle seule la lève."))
    _ecrire(exception, _parole(tenue, constat))
    exception.full_clean()
    enregistrer(exception, version=exception.version)
    supprimees, _ = tenue.exceptions().filter(pk=exception.pk).delete()
    if supprimees:
        _dire(tenue, "a levé une exception sur les diagnostics de la structure")


@operation
def inscrire_lecture(
    diagnostic: Diagnostic, *, forme: FormeDeLecture, par: Utilisateur
) -> Lecture | None:
    """Inscrit la lecture d'un tiers et la dit à la structure ; rien pour qui est de la maison.

    Lève `Refus` si la structure ne l'a pas ouvert. Relire dans la journée ne s'inscrit pas deux
    fois.
    """
    vu = regard(par, diagnostic)
    exiger(vu.lire)
    if not vu.est_tiers:
        return None
    en_cours = Lecture.objects.de(diagnostic).ouvertes(par, forme).first()
    if en_cours is not None:
        return en_cours
    titre = vu.titres[0]
    lecture = Lecture.objects.create(
        diagnostic=diagnostic,
        qui=par,
        nom=str(par),
        categorie=titre.categorie,
        organisation_id=titre.exercice.organisation,
        forme=forme,
    )
    journaliser(
        diagnostic,
        f"a lu le diagnostic {lecture.get_forme_display()}, au titre de : {titre.libelle}",
        par=par,
    )
    annoncer(
        cle=f"lecture:{lecture.pk}",
        phrase=f"{lecture.nom} a lu votre diagnostic, au titre de : {titre.libelle}.",
        url=reverse("accueillir:autorisations", args=[diagnostic.structure_id]),
        destinataires=comptes_de([diagnostic.structure_id], {Role.STRUCTURE}),
    )
    return lecture


def _repondre(
    tenue: Tenue, reponse: Reponse, accordee: bool, communs: Mapping[str, Any]
) -> Autorisation:
    ligne = reponse.autorisation or Autorisation(structure=tenue.structure, categorie=reponse.code)
    ligne.accordee = accordee
    _ecrire(ligne, communs)
    ligne.full_clean()
    if ligne._state.adding:
        ligne.save(force_insert=True)
        return ligne
    return enregistrer(ligne, version=ligne.version)


def _parole(tenue: Tenue, constat: Constat | None) -> dict[str, Any]:
    """Comment la structure l'a fait savoir : les champs d'une `ParoleDeLaStructure`."""
    auteur = tenue.auteur
    parole: dict[str, Any] = {
        "voie": auteur.voie,
        "par": auteur.nom,
        "preuve": auteur.preuve,
        "piece": None,
    }
    if auteur.consigne and constat:
        parole |= {"par": constat.par, "preuve": constat.preuve}
        parole["piece"] = _deposer(tenue, constat.fichier) if constat.fichier else None
    return parole


def _ecrire(ligne: Autorisation | ExceptionDAutorisation, valeurs: Mapping[str, Any]) -> None:
    for champ, valeur in valeurs.items():
        setattr(ligne, champ, valeur)


def _deposer(tenue: Tenue, fichier: File[bytes]) -> Document:
    """La pièce suit les droits des autorisations : la structure et le DLA qui l'accompagne."""
    dossier = DossierDAutorisations.objects.get(pk=tenue.structure.pk)
    return deposer(sujet=sujet_de(dossier, tenue.auteur.compte), fichier=fichier)


def _dire(tenue: Tenue, phrase: str) -> None:
    """Au journal de la structure, et à l'autre : l'agent consigne, elle le sait, et l'inverse.

    La phrase ne nomme aucun destinataire et ne mène à aucune valeur : d'autres que la structure et
    son DLA lisent ce journal.
    """
    auteur, structure = tenue.auteur, tenue.structure
    acte = journaliser(structure, au_nom_de(auteur, phrase), par=auteur.compte, detaille=False)
    a_qui = comptes_de([structure.pk], {Role.STRUCTURE}) if auteur.passe_par_le_dla else []
    if not auteur.consigne and structure.operateur_id:
        a_qui = [*a_qui, *equipe_du(structure.operateur_id)]
    annoncer(
        cle=f"autorisations:{acte.pk}",
        phrase=f"{auteur.nom} {phrase}{auteur.reserve} : {structure.nom}.",
        url=reverse("accueillir:autorisations", args=[structure.pk]),
        destinataires=a_qui,
    )


def au_nom_de(auteur: Auteur, phrase: str) -> str:
    """La phrase du journal ; sans compte, elle nomme la personne et dit d'où vient son lien."""
    if auteur.compte:
        return phrase
    return f"a reçu par la page personnelle{auteur.reserve} : {auteur.nom} {phrase}"
