"""La fiche d'une organisation : ce qu'elle est, où elle est, qui la suit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q

from maillage.annuaire import nomenclatures
from maillage.annuaire.champs import ChampOrganisation, lier_utilisateur
from maillage.annuaire.doublons import saisie
from maillage.annuaire.droits import peut_administrer
from maillage.annuaire.models import Agrement, Nature, Organisation
from maillage.annuaire.numeros import epurer, verifier_rna, verifier_siren, verifier_siret
from maillage.annuaire.perimetre import perimetre_de
from maillage.socle.formulaires import FormulaireSuivi, Section
from maillage.socle.saisies import cases, champ, texte
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
