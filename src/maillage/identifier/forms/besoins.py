"""Formulaires d'un besoin entendu : le noter, le compléter, le coder."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from maillage.annuaire.champs import ChampOrganisation, lier_utilisateur
from maillage.annuaire.models import Nature, Organisation
from maillage.annuaire.perimetre import perimetre_de
from maillage.identifier import choix
from maillage.identifier.choix import themes_par_famille
from maillage.identifier.models import Problematique, Signal
from maillage.identifier.slots import Provenance
from maillage.identifier.visibilite import mes_dla
from maillage.ingenieries.models import Ingenierie
from maillage.socle.formulaires import FormulaireSuivi, Section
from maillage.socle.mots import citer
from maillage.socle.saisies import JOUR, cases, champ, lignes_ecrites, texte
from maillage.territoires.champs import ChampTerritoire

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


LIGNES_COLLEES = 50


class FormulaireDeBesoin(FormulaireSuivi):
    """Ce que signaux et problématiques partagent : le DLA qui les tient."""

    instance: Any

    def __init__(self, *args: Any, utilisateur: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lier_utilisateur(self, utilisateur)
        self._choisir_le_dla(mes_dla(perimetre_de(utilisateur)))

    def _choisir_le_dla(self, possibles: frozenset[Any]) -> None:
        """Qui n'a qu'un DLA n'a pas à le dire ; un besoin noté ne change pas de DLA."""
        if not self.instance._state.adding:
            self.fields.pop("operateur", None)
        elif len(possibles) == 1:
            del self.fields["operateur"]
            self.instance.operateur_id = next(iter(possibles))
        else:
            champ(self, "operateur").queryset = Organisation.objects.filter(pk__in=possibles)


class _BesoinSitue(FormulaireDeBesoin):
    """Ce qui situe un besoin noté : d'où il vient, quelle structure, quel lieu."""

    source = forms.ChoiceField(
        label="D’où vient ce besoin",
        required=False,
        choices=lambda: [("", "À dire"), *choix.sources()],
    )
    structure = ChampOrganisation(
        label="Structure concernée", natures=[Nature.STRUCTURE], required=False
    )
    territoire = ChampTerritoire(label="Territoire", required=False)


class FormulaireDeSaisie(_BesoinSitue):
    """La saisie rapide : un seul champ ; coller est permis, au besoin un besoin par ligne.

    `provenance` : ce que dit la page d'où l'on note, déjà écrit sous le champ, et qui se corrige ;
    tous les besoins d'une liste collée le partagent. Sans elle, il n'y a que le champ.
    """

    joindre = forms.BooleanField(required=False, initial=True)

    class Meta:
        model = Signal
        fields = [
            "texte",
            "operateur",
            "structure",
            "source",
            "auteur_libelle",
            "date",
            "territoire",
            "secteur",
            "ingenierie",
        ]
        labels = {"texte": "Ce que vous avez entendu"}
        help_texts = {"texte": "Dans leurs mots, si possible. Source et thèmes attendront."}
        widgets = {"texte": texte(5, autofocus=True), "date": JOUR}

    def __init__(self, *args: Any, provenance: Provenance | None = None, **kwargs: Any) -> None:
        self.provenance = provenance or Provenance()
        super().__init__(*args, **kwargs, initial=self.provenance.initiales())
        situent = (*self.Meta.fields[2:], "joindre")
        if provenance is None:
            self._oublier(*situent)
            return
        self.sections = (Section("D’où il vient", situent),)
        self.fields["date"].required = False
        champ(self, "structure").connue = provenance.structure
        if provenance.ingenierie:
            missions = Ingenierie.objects.filter(pk=provenance.ingenierie.pk)
            champ(self, "ingenierie").queryset = missions
        else:
            self._oublier("ingenierie")
        if provenance.problematique:
            self.fields["joindre"].label = f"Joindre à {citer(provenance.problematique.titre)}"
        else:
            self._oublier("joindre")

    def _oublier(self, *noms: str) -> None:
        for nom in noms:
            del self.fields[nom]

    @property
    def par_ligne(self) -> bool:
        """Le bouton « Noter un besoin par ligne » a été choisi."""
        return "par_ligne" in self.data

    def clean_texte(self) -> str:
        lu: str = self.cleaned_data["texte"]
        if self.par_ligne and len(lignes_ecrites(lu)) > LIGNES_COLLEES:
            raise forms.ValidationError(
                f"{LIGNES_COLLEES} lignes au plus à la fois : collez le reste ensuite."
            )
        return lu

    def clean_date(self) -> Any:
        return self.cleaned_data["date"] or timezone.localdate()

    @property
    def a_nourrir(self) -> Problematique | None:
        """La problématique à laquelle joindre ce que l'on note, si l'on n'a pas décoché."""
        return self.provenance.problematique if self.cleaned_data.get("joindre") else None

    def signaux(self) -> list[Signal]:
        """Un signal, ou un par ligne écrite, sans sa puce ; tous de la même provenance."""
        lignes = lignes_ecrites(self.instance.texte) if self.par_ligne else []
        if not lignes:
            return [self.instance]
        commun = {nom: getattr(self.instance, nom) for nom in self.Meta.fields}
        return [Signal(**{**commun, "texte": ligne}) for ligne in lignes]


class _AvecThemes(FormulaireDeBesoin):
    """Un besoin que l'on code : les thèmes proposés se cochent avant la liste des autres."""

    themes = cases("Thèmes", themes_par_famille)

    def montrer_a_part(self, themes: Collection[str]) -> None:
        """Ôte ces thèmes de la liste : la page les montre ailleurs, et chacun une seule fois."""
        champ(self, "themes").widget.choices = [
            (famille, [(code, libelle) for code, libelle in siens if code not in themes])
            for famille, siens in themes_par_famille()
        ]


class FormulaireDeSignal(_BesoinSitue, _AvecThemes):
    """Compléter et coder un signal."""

    auteur_organisation = ChampOrganisation(
        label="Au nom de", natures=Nature.partagees(), required=False
    )

    class Meta:
        model = Signal
        fields = [
            "texte",
            "operateur",
            "source",
            "themes",
            "structure",
            "auteur_libelle",
            "auteur_organisation",
            "date",
            "territoire",
            "secteur",
        ]
        widgets = {
            "texte": texte(5),
            "date": JOUR,
        }


class FormulaireDeThemes(_AvecThemes):
    """Coder un besoin de diagnostic : le reste se dit, et se corrige, dans le diagnostic."""

    class Meta:
        model = Signal
        fields = ["themes"]
