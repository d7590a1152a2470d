"""Formulaires de l'annuaire."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from maillage.annuaire import nomenclatures
from maillage.annuaire.champs import ChampOrganisation, lier_utilisateur
from maillage.annuaire.doublons import saisie
from maillage.annuaire.droits import peut_administrer, roles_attribuables
from maillage.annuaire.models import (
    Agrement,
    ChiffresAnnuels,
    Nature,
    Organisation,
    Personne,
    Role,
)
from maillage.annuaire.models.chiffres import RESSOURCES, SORTES_D_EMPLOI
from maillage.annuaire.numeros import epurer, verifier_rna, verifier_siren, verifier_siret
from maillage.annuaire.perimetre import perimetre_de
from maillage.socle.formulaires import FormulaireSuivi, Section
from maillage.socle.saisies import JOUR, cases, champ, texte
from maillage.territoires.champs import ChampCommune, ChampTerritoires
from maillage.territoires.models import Territoire

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


VIDE = "Je ne sais pas encore"
SECTIONS = (
    Section("Numéros officiels", ("rna", "siren", "siret", "categorie_juridique", "agrements")),
    Section("Coordonnées et lieux", ("courriel", "telephone", "site", "territoires")),
)
SUIVI = ("rattachee_a", "operateur", "creee_en", "nom_publie", "archive")


AIDES = {
    "ressources_marchandes": "Ventes, prestations, billetterie…",
    "ressources_non_marchandes": "Subventions, cotisations, dons…",
    "ressources_non_monetaires": "Bénévolat, locaux prêtés, matériel donné, en euros.",
    "insertion": "Contrats aidés, parcours d’insertion.",
}


class ChampNumero(forms.CharField):
    """Un numéro officiel facultatif, débarrassé de ses espaces avant d'être vérifié."""

    def __init__(self, verifier: Callable[[str], None], **options: Any) -> None:
        options = {"required": False, "max_length": 40, **options}
        super().__init__(validators=[verifier], **options)

    def to_python(self, value: Any) -> str:
        return epurer(super().to_python(value) or "")


class FormulaireDOrganisation(FormulaireSuivi):
    """La fiche d'une organisation, essentiel d'abord ; alerte sur les doublons à la création."""

    commune = ChampCommune(required=False, label="Commune")
    territoires = ChampTerritoires(required=False, label="Aire d’intervention")
    rattachee_a = ChampOrganisation(
        required=False,
        label="Service de",
        help_text="Si ce n’est pas une personne morale : l’organisation dont c’est un service.",
    )
    rna = ChampNumero(verifier_rna, label="Numéro RNA", help_text="W et neuf caractères.")
    siren = ChampNumero(verifier_siren, label="Numéro SIREN", help_text="Neuf chiffres.")
    siret = ChampNumero(verifier_siret, label="Numéro SIRET", help_text="Quatorze chiffres.")
    natures = cases("Natures", Nature.choices, required=True)
    agrements = cases(
        "Agréments",
        Agrement.choices,
        help_text="Ils rendent éligible une société que son statut ne suffit pas à rendre telle.",
    )
    site = forms.URLField(required=False, label="Site", assume_scheme="https")
    malgre_doublon = forms.BooleanField(
        required=False, label="Ce n’est aucune d’elles : l’ajouter quand même"
    )

    class Meta:
        model = Organisation
        fields = [
            "nom",
            "sigle",
            "natures",
            "commune",
            "secteur",
            "branche",
            "objet",
            "rna",
            "siren",
            "siret",
            "categorie_juridique",
            "agrements",
            "courriel",
            "telephone",
            "site",
            "territoires",
            "rattachee_a",
            "operateur",
            "creee_en",
            "nom_publie",
            "archive",
        ]
        widgets = {"objet": texte()}
        help_texts = {
            "nom_publie": "Décochez si la source ne nomme pas la structure : "
            "écrivez alors un nom d’emprunt.",
            "archive": "Une organisation archivée ne se propose plus ; ses dossiers restent.",
        }

    instance: Organisation

    def __init__(self, *args: Any, utilisateur: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.utilisateur = utilisateur
        self.nouvelle = self.instance._state.adding
        self.ressemblantes: list[Organisation] = []
        lier_utilisateur(self, utilisateur)
        champ(self, "branche").choices = [
            ("", VIDE),
            *nomenclatures.branches_par_secteur(),
        ]
        for nom in ("secteur", "categorie_juridique"):
            liste = champ(self, nom)
            liste.choices = [("", VIDE), *list(liste.choices)[1:]]
        # Les natures d'un partenaire sont de l'essentiel ; celles d'une structure vont de soi.
        suivi = ("natures", *SUIVI) if self.instance.est_structure else SUIVI
        self.sections = (*SECTIONS, Section("Liens et suivi", suivi))
        self._restreindre_au_perimetre()
        if self.nouvelle:
            del self.fields["archive"]

    def _restreindre_au_perimetre(self) -> None:
        """Les natures du DLA et ses territoires ouvrent des droits : l'administration les tient."""
        perimetre = perimetre_de(self.utilisateur)
        operateurs = champ(self, "operateur")
        operateurs.empty_label = "Personne encore"
        operateurs.queryset = Organisation.objects.filter(
            Q(pk__in=perimetre.portefeuilles)
            | Q(pk__in=Organisation.objects.de_nature(Nature.OPERATEUR).dans(perimetre.territoires))
            | Q(pk=self.instance.operateur_id)
        )
        if self.nouvelle and len(perimetre.portefeuilles) == 1:
            self.initial["operateur"] = next(iter(perimetre.portefeuilles))
        if peut_administrer(self.utilisateur):
            return
        reservees = Nature.du_dla() - set(self.instance.natures or [])
        champ(self, "natures").choices = [(c, n) for c, n in Nature.choices if c not in reservees]
        if not Nature.du_dla().isdisjoint(self.instance.natures or []):
            del self.fields["territoires"], self.fields["natures"]

    def essentiel(self) -> list[forms.BoundField]:
        """Sans la confirmation d'un doublon, que la page montre avec les organisations proches."""
        return [champ for champ in super().essentiel() if champ.name != "malgre_doublon"]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        self._accorder_branche(donnees)
        self._situer(donnees)
        numeros = {champ: donnees.get(champ, "") for champ in saisie.NUMEROS}
        for pris in saisie.numeros_pris(numeros, self.utilisateur, sauf=self.instance):
            self.add_error(pris.champ, pris.message)
            if pris.organisation:
                self.ressemblantes.append(pris.organisation)
        return donnees

    def _situer(self, donnees: dict[str, Any]) -> None:
        """Une structure sans lieu ni DLA ne serait vue de personne."""
        structure = Nature.STRUCTURE in donnees.get("natures", ())
        situee = ("commune", "territoires", "operateur")
        if structure and not any(donnees.get(nom) or nom in self.errors for nom in situee):
            self.add_error(
                "commune",
                "Dites la commune, ou le DLA qui suit la structure : sans cela, personne ne la "
                "verrait.",
            )

    def _accorder_branche(self, donnees: dict[str, Any]) -> None:
        branche = nomenclatures.BRANCHES.get(donnees.get("branche") or "")
        if branche is None:
            return
        secteur = donnees.get("secteur") or branche.parent
        donnees["secteur"] = secteur
        if secteur != branche.parent:
            self.add_error(
                "branche",
                f"Cette branche est du secteur « {nomenclatures.SECTEURS.libelle(branche.parent)} »"
                " : changez l’un des deux.",
            )

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.nouvelle or self.errors or self.cleaned_data.get("malgre_doublon"):
            return
        self.ressemblantes = saisie.ressemblantes(self.instance, self.utilisateur)
        if self.ressemblantes:
            self.add_error(
                "malgre_doublon",
                "Une organisation au nom très proche est déjà là. Regardez-la, puis confirmez.",
            )

    def territoires_saisis(self) -> list[Territoire] | None:
        """L'aire saisie, ou None si cette personne ne la tient pas."""
        return self.cleaned_data.get("territoires")


class FormulaireDeChiffres(FormulaireSuivi):
    """Les chiffres d'une année."""

    quantites = ChiffresAnnuels.QUANTITES
    sections = (
        Section("Ressources en trois parts", RESSOURCES),
        Section("Emplois par sorte", SORTES_D_EMPLOI),
    )

    class Meta:
        model = ChiffresAnnuels
        fields = ["annee", "source"]
        help_texts = {"source": "D’où viennent ces chiffres : rapport d’activité, entretien…"}

    instance: ChiffresAnnuels

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organisation = organisation
        self.order_fields(["annee", *self.quantites, "source"])
        for nom, aide in AIDES.items():
            champ(self, nom).help_text = aide
        if self.instance._state.adding:
            self.initial["annee"] = timezone.localdate().year - 1

    def _get_validation_exclusions(self) -> set[str]:
        """Vérifie aussi qu'une année n'est saisie qu'une fois par organisation."""
        return super()._get_validation_exclusions() - {"organisation"}


class FormulaireDePersonne(FormulaireSuivi):
    """Ce que l'on sait d'une personne. L'adresse d'un compte ne se change que par qui s'en sert."""

    instance: Personne

    class Meta:
        model = Personne
        fields = ["prenom", "nom", "fonction", "courriel", "telephone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.compte_id:
            del self.fields["courriel"]


class FormulaireDInvitation(forms.ModelForm):
    """Une personne et le rôle qu'on lui donne dans l'organisation."""

    role = forms.ChoiceField(label="Rôle")
    territoires = ChampTerritoires(
        required=False,
        label="Territoires",
        help_text="Vide : tout le territoire de l’organisation. Sinon « Doubs ; Jura ».",
    )
    secteurs = cases(
        "Secteurs", nomenclatures.choix_secteurs, help_text="Vide : le secteur de l’organisation."
    )
    jusqua = forms.DateField(required=False, label="Jusqu’au", widget=JOUR)

    class Meta:
        model = Personne
        fields = ["prenom", "nom", "courriel", "telephone", "fonction"]
        help_texts = {
            "courriel": "Avec une adresse, la personne reçoit de quoi se connecter ; "
            "sans adresse, elle est seulement connue.",
            "fonction": "Comme elle se dit : « chargée d’accompagnement ».",
        }

    def __init__(
        self, *args: Any, organisation: Organisation, utilisateur: Utilisateur, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        roles = roles_attribuables(utilisateur, organisation)
        champ(self, "role").choices = [(r.value, r.label) for r in roles]
        if Role.CENTRE_RESSOURCES not in roles:
            del self.fields["secteurs"]
        if not Role.d_agent().intersection(roles):
            del self.fields["territoires"]

    def _get_validation_exclusions(self) -> set[str]:
        """Une adresse déjà connue n'est pas une faute : c'est la même personne."""
        return super()._get_validation_exclusions() | {"courriel"}  # type: ignore[misc]

    def rattachement(self) -> dict[str, Any]:
        """Ce que l'opération « rattacher » attend, hors de la personne et de l'organisation."""
        donnees = self.cleaned_data
        return {
            "role": Role(donnees["role"]),
            "territoires": donnees.get("territoires", ()),
            "secteurs": donnees.get("secteurs", ()),
            "jusqua": donnees["jusqua"],
        }
