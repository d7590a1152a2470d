"""Formulaires des besoins, des problématiques et du cadrage d'une mission."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from maillage import methode
from maillage.annuaire.champs import ChampOrganisation, lier_utilisateur
from maillage.annuaire.models import Nature, Organisation
from maillage.annuaire.perimetre import perimetre_de
from maillage.identifier import choix
from maillage.identifier.models import (
    EtatProblematique,
    Orientation,
    Problematique,
    RoleDuDLA,
    Signal,
)
from maillage.identifier.operations import ConflitDeCiblage, LigneDeCiblage
from maillage.identifier.visibilite import mes_dla
from maillage.ingenieries.forms import FormulaireDElement
from maillage.ingenieries.models import Ingenierie
from maillage.socle.formulaires import FormulaireSuivi, Section
from maillage.socle.mots import citer
from maillage.socle.saisies import JOUR, cases, champ, texte
from maillage.territoires.champs import ChampTerritoire, ChampTerritoires

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


def themes_par_famille() -> list[tuple[str, list[tuple[str, str]]]]:
    """Les thèmes, rangés sous leur famille."""
    return [
        (famille.libelle, [(t.code, t.libelle) for t in famille.themes])
        for famille in methode.themes().familles
    ]


LIGNES_COLLEES = 50
PUCES = " \t\u00a0-–—•*·"


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


class FormulaireDeSaisie(FormulaireDeBesoin):
    """La saisie rapide : un seul champ ; coller est permis, au besoin un besoin par ligne."""

    class Meta:
        model = Signal
        fields = ["texte", "operateur"]
        labels = {"texte": "Ce que vous avez entendu"}
        help_texts = {"texte": "Dans leurs mots, si possible. Source et thèmes attendront."}
        widgets = {"texte": texte(5, autofocus=True)}

    @property
    def par_ligne(self) -> bool:
        """Le bouton « Noter un besoin par ligne » a été choisi."""
        return "par_ligne" in self.data

    def clean_texte(self) -> str:
        lu: str = self.cleaned_data["texte"]
        if self.par_ligne and len(_dites(lu)) > LIGNES_COLLEES:
            raise forms.ValidationError(
                f"{LIGNES_COLLEES} lignes au plus à la fois : collez le reste ensuite."
            )
        return lu

    def signaux(self) -> list[Signal]:
        """Un signal, ou un par ligne écrite, sans sa puce."""
        lignes = _dites(self.instance.texte) if self.par_ligne else []
        if not lignes:
            return [self.instance]
        dla = self.instance.operateur_id
        return [Signal(operateur_id=dla, texte=ligne) for ligne in lignes]


def _dites(colle: str) -> list[str]:
    return [dite for ligne in colle.splitlines() if (dite := ligne.strip(PUCES))]


class FormulaireDeSignal(FormulaireDeBesoin):
    """Compléter et coder un signal."""

    source = forms.ChoiceField(
        label="D’où vient ce besoin",
        required=False,
        choices=lambda: [("", "À dire"), *choix.sources()],
    )
    structure = ChampOrganisation(
        label="Structure concernée", natures=[Nature.STRUCTURE], required=False
    )
    auteur_organisation = ChampOrganisation(
        label="Au nom de", natures=Nature.partagees(), required=False
    )
    territoire = ChampTerritoire(label="Territoire", required=False)
    themes = cases("Thèmes", themes_par_famille)

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


class FormulaireDeThemes(FormulaireDeBesoin):
    """Coder un besoin de diagnostic : le reste se dit, et se corrige, dans le diagnostic."""

    themes = cases("Thèmes", themes_par_famille)

    class Meta:
        model = Signal
        fields = ["themes"]


class FormulaireDeProblematique(FormulaireDeBesoin):
    """Formuler une problématique ; `signaux` : les preuves qu'on rassemble en la créant."""

    sections = (
        Section("Secteur et territoires", ("secteur", "territoires")),
        Section(
            "Comment le besoin est vérifié",
            (
                "methode_de_validation",
                "rencontres",
                "structures_consultees",
                "partenaires_consultes",
            ),
        ),
    )

    territoires = ChampTerritoires(label="Territoires", required=False)
    signaux = forms.ModelMultipleChoiceField(
        queryset=Signal.objects.none(), required=False, widget=forms.MultipleHiddenInput
    )

    quantites = ("rencontres", "structures_consultees")

    class Meta:
        model = Problematique
        fields = [
            "titre",
            "operateur",
            "contexte",
            "enjeux",
            "besoins",
            "secteur",
            "territoires",
            "methode_de_validation",
            "partenaires_consultes",
        ]
        help_texts = {
            "titre": "Le besoin en une phrase courte, comme le diraient les structures.",
            "contexte": "Ce qui se passe, pour qui, depuis quand.",
            "enjeux": "Ce qui se joue si personne n’agit.",
            "methode_de_validation": "Enquête, réunion, échanges : comment le besoin est confirmé.",
        }
        widgets = {
            nom: texte(4) for nom in ("contexte", "enjeux", "besoins", "methode_de_validation")
        } | {"partenaires_consultes": texte(2)}

    def __init__(self, *args: Any, utilisateur: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, utilisateur=utilisateur, **kwargs)
        if self.instance._state.adding:
            champ(self, "signaux").queryset = Signal.objects.visibles_par(utilisateur)
        else:
            del self.fields["signaux"]
            self.initial["territoires"] = list(self.instance.territoires.all())

    def liens(self) -> dict[str, Any]:
        return {
            nom: self.cleaned_data[nom]
            for nom in ("territoires", "signaux")
            if nom in self.cleaned_data
        }


class FormulaireDeStructure(forms.Form):
    """Une structure qui partage le besoin."""

    structure = ChampOrganisation(label="Structure", natures=[Nature.STRUCTURE])

    def __init__(self, *args: Any, utilisateur: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lier_utilisateur(self, utilisateur)


class FormulaireDOrientation(FormulaireSuivi):
    """Vers qui orienter une structure concernée, et pourquoi."""

    instance: Orientation

    vers = ChampOrganisation(label="Vers qui", natures=Nature.partagees(), required=False)

    class Meta:
        model = Orientation
        fields = ["structure", "vers", "vers_libelle", "pourquoi"]
        help_texts = {"pourquoi": "Ce que la structure y trouvera : ces mots lui seront dits."}
        widgets = {"pourquoi": texte(3)}

    def __init__(
        self, *args: Any, utilisateur: Utilisateur, problematique: Problematique, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        lier_utilisateur(self, utilisateur)
        self.instance.problematique = problematique
        champ(self, "structure").queryset = Organisation.objects.visibles_par(utilisateur).filter(
            problematiques=problematique
        )


class FormulaireDeRattachement(forms.Form):
    """La problématique à laquelle répond une mission."""

    problematique = forms.ModelChoiceField(
        label="Problématique", queryset=Problematique.objects.none(), empty_label="Choisissez"
    )

    def __init__(
        self, *args: Any, utilisateur: Utilisateur, ingenierie: Ingenierie, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        champ(self, "problematique").queryset = (
            Problematique.objects.visibles_par(utilisateur)
            .exclude(etat=EtatProblematique.ECARTEE)
            .exclude(ingenieries=ingenierie)
            .order_by("recherche")
        )


class FormulaireDeCiblage(forms.Form):
    """Les quatorze sous-items d'un coup ; chacun se souvient du texte que l'on avait lu."""

    def __init__(self, *args: Any, ingenierie: Ingenierie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        presents = {c.sous_item: c.retenu for c in ingenierie.ciblages.all()}
        for code, element in _sous_items().items():
            self.fields[code] = forms.CharField(
                label=element.libelle,
                help_text=element.aide,
                required=False,
                max_length=2000,
                initial=presents.get(code, ""),
                show_hidden_initial=True,
                widget=texte(2),
            )

    @property
    def criteres(self) -> list[tuple[methode.Element, list[forms.BoundField]]]:
        """Chaque critère et ses champs, pour le gabarit."""
        return [
            (critere, [self[element.code] for element in critere.elements])
            for critere in methode.ciblage().criteres
        ]

    def lignes(self) -> list[LigneDeCiblage]:
        """Les seuls sous-items que la personne a changés."""
        return [
            LigneDeCiblage(code, _lignes(self.cleaned_data[code]), _lignes(self._lu(code)))
            for code in self.changed_data
        ]

    def signaler_conflit(self, conflit: ConflitDeCiblage) -> None:
        """Garde la saisie, montre ce que l'autre a écrit, et permet de décider."""
        donnees: Any = self.data
        self.data = donnees = donnees.copy()
        for code, enregistre in conflit.enregistres.items():
            ecrit = citer(enregistre) if enregistre else "plus rien"
            self.add_error(
                code,
                f"Quelqu’un d’autre a écrit ici entre-temps : {ecrit}. Gardez votre texte ou "
                "reprenez le sien, puis enregistrez de nouveau.",
            )
            donnees[self.add_initial_prefix(code)] = enregistre

    def _lu(self, code: str) -> str:
        lu: str = self.data.get(self.add_initial_prefix(code), "")
        return lu.strip()


def _sous_items() -> dict[str, methode.Element]:
    return {e.code: e for critere in methode.ciblage().criteres for e in critere.elements}


def _lignes(texte: str) -> str:
    """Les fins de ligne d'un navigateur ne sont pas un changement."""
    return texte.replace("\r\n", "\n")


class FormulaireDeRole(FormulaireDElement):
    """La place du DLA ; les deux axes disent leurs pôles."""

    pouvoirs_publics = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    projet = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)

    class Meta:
        model = RoleDuDLA
        fields = [
            "pouvoirs_publics",
            "projet",
            "posture",
            "legitimite",
            "demarche_proposee",
            "coherence",
            "risque_garde",
        ]
        help_texts = {
            "legitimite": "Mission, fonction, mandat, territoire : ce qui autorise le DLA à agir.",
            "coherence": "Avec le cadre du DLA, les besoins, les parcours, le territoire.",
            "risque_garde": "Ce à quoi vous voulez faire attention, avec vos mots.",
        }
        widgets = {"posture": forms.RadioSelect} | {
            nom: texte(3)
            for nom in ("legitimite", "demarche_proposee", "coherence", "risque_garde")
        }

    def preparer(self) -> None:
        for axe in methode.postures().axes:
            position = champ(self, axe.code)
            position.label = axe.libelle
            position.choices = [("", "Sans position"), *_echelle(*axe.poles)]
        champ(self, "posture").choices = [("", "À choisir"), *_postures()]


def _postures() -> list[tuple[str, str]]:
    """Chaque posture, et la situation où elle guette le DLA."""
    postures = methode.postures()
    poles = {pole.code: pole.libelle.lower() for pole in postures.poles}
    return [
        (p.code, f"{p.libelle} ({poles[p.pouvoirs_publics]}, {poles[p.projet]})")
        for p in postures.postures
    ]


def _echelle(premier: methode.Element, second: methode.Element) -> list[tuple[int, str]]:
    """Cinq positions, de l'un à l'autre pôle."""
    return [
        (1, f"1. {premier.libelle}"),
        (2, f"2. Plutôt {citer(premier.libelle.lower())}"),
        (3, "3. Entre les deux"),
        (4, f"4. Plutôt {citer(second.libelle.lower())}"),
        (5, f"5. {second.libelle}"),
    ]
