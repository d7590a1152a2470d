"""`ChampOrganisation` : une organisation écrite par son nom ou l'un de ses numéros.

    class FormulaireDePartenariat(FormulaireDElement):
        organisation = ChampOrganisation(natures=Nature.partagees())

Le champ ne propose et n'accepte que ce que la personne voit : donner d'abord l'utilisateur, par
`lier_utilisateur(formulaire, utilisateur)`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.urls import reverse, reverse_lazy
from django.utils.html import format_html, format_html_join

from maillage.annuaire import nomenclatures
from maillage.annuaire.models import Nature, Organisation
from maillage.socle.normalisation import normaliser
from maillage.territoires.champs import (
    PROPOSITIONS_AU_PLUS,
    ChampEcrit,
    Plusieurs,
    deja_ecrit,
)

if TYPE_CHECKING:
    from maillage.annuaire.models.organisations import OrganisationQuerySet
    from maillage.socle.comptes import Utilisateur


def libelle_de_choix(organisation: Organisation) -> str:
    """« Théâtre du Pont Neuf (Besançon) » : ce que l'on propose et que l'on sait relire."""
    if organisation.commune:
        return f"{organisation.nom} ({organisation.commune.nom})"
    return organisation.nom


def choisissables(utilisateur: Utilisateur, natures: Collection[str]) -> OrganisationQuerySet:
    """Les organisations en service de ces natures que la personne voit."""
    return (
        Organisation.objects.visibles_par(utilisateur)
        .en_service()
        .de_nature(*natures)
        .select_related("commune")
        .order_by("nom_normalise", "pk")
    )


def proposer(
    saisie: str, natures: Collection[str], utilisateur: Utilisateur, *, plusieurs: bool = False
) -> list[str]:
    """Les textes à proposer à la frappe (au plus douze), ce qui est déjà écrit compris."""
    debut, dernier = deja_ecrit(saisie) if plusieurs else ("", saisie)
    if len(normaliser(dernier)) < 2:
        return []
    trouvees = choisissables(utilisateur, natures).cherche(dernier)
    return [f"{debut}{libelle_de_choix(o)}" for o in trouvees[:PROPOSITIONS_AU_PLUS]]


class ChampOrganisation(ChampEcrit):
    """Rend l'`Organisation`, ou None si vide.

    `connue` : celle que la page désigne déjà ; son libellé laissé tel quel ne peut en dire une
    autre du même nom.
    """

    aide = "Écrivez le début du nom, puis choisissez."

    def __init__(self, *, natures: Collection[str] = tuple(Nature.values), **options: Any) -> None:
        self.natures = sorted(natures)
        self.utilisateur: Utilisateur | None = None
        self.connue: Organisation | None = None
        adresse = reverse_lazy("annuaire:propositions")
        super().__init__(adresse, {"natures": ",".join(self.natures)}, **options)

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        if not isinstance(value, Organisation):
            value = Organisation.objects.select_related("commune").filter(pk=value).first()
        return libelle_de_choix(value) if value else ""

    def resoudre(self, texte: str) -> Organisation:
        """L'organisation que dit ce texte. Lève `ValidationError` s'il n'y en a pas une seule."""
        if self.utilisateur is None:
            raise ImproperlyConfigured("Appelez lier_utilisateur(formulaire, utilisateur).")
        if self.connue and texte == libelle_de_choix(self.connue):
            return self.connue
        cle = normaliser(texte)
        if not cle:  # sans lettre ni chiffre, tout conviendrait
            raise ValidationError(self._aucune(texte))
        visibles = choisissables(self.utilisateur, self.natures)
        nom = texte.rpartition(" (")[0] if texte.endswith(")") else texte
        trouvees = list(visibles.cherche(nom)[:50]) or list(visibles.cherche(texte)[:50])
        exactes = [
            o for o in trouvees if cle in (normaliser(libelle_de_choix(o)), normaliser(o.nom))
        ]
        candidates = exactes or trouvees
        if len(candidates) == 1:
            return candidates[0]
        raise ValidationError(self._plusieurs(candidates) if candidates else self._aucune(texte))

    def _plusieurs(self, candidates: list[Organisation]) -> str:
        liens = format_html_join(
            ", ",
            '<a href="{}">{}</a>',
            ((o.get_absolute_url(), libelle_de_choix(o)) for o in candidates[:6]),
        )
        return format_html(
            "Plusieurs organisations répondent à ce nom : {}. Choisissez dans la liste, ou écrivez "
            "le numéro RNA, SIREN ou SIRET.",
            liens,
        )

    def _aucune(self, texte: str) -> str:
        structure = self.natures == [Nature.STRUCTURE]
        genre = "structure" if structure else "partenaire"
        adresse = reverse("annuaire:ajouter", kwargs={"genre": genre})
        if structure:
            return format_html(
                "« {} » n’est pas dans l’annuaire que vous voyez. "
                '<a href="{}">Cherchez-la dans toute la France</a>, ou '
                '<a href="{}">ajoutez-la</a>, puis revenez ici.',
                texte,
                f"{reverse('annuaire:chercher')}?{urlencode({'q': texte})}",
                adresse,
            )
        return format_html(
            "« {} » n’est pas dans l’annuaire que vous voyez. Vérifiez le nom, ou "
            '<a href="{}">ajoutez cette organisation</a> puis revenez ici.',
            texte,
            adresse,
        )


class ChampOrganisations(Plusieurs, ChampOrganisation):
    """Plusieurs organisations."""

    aide = "Écrivez le début du nom, puis choisissez ; un point-virgule entre deux noms."


def filtre_de_secteur() -> forms.ChoiceField:
    """Le filtre « Secteur » d'une liste."""
    return forms.ChoiceField(
        label="Secteur",
        required=False,
        choices=lambda: [("", "Tous les secteurs"), *nomenclatures.choix_secteurs()],
    )


def lier_utilisateur(formulaire: forms.BaseForm, utilisateur: Utilisateur) -> None:
    """Dit à chaque `ChampOrganisation` du formulaire qui choisit."""
    for champ in formulaire.fields.values():
        if isinstance(champ, ChampOrganisation):
            champ.utilisateur = utilisateur
