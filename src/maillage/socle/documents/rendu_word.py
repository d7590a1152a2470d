"""Remplir un gabarit Word qu'une personne peut modifier à la main.

Un gabarit est du code venu d'ailleurs : il n'a droit qu'à lire des champs nommés, boucler sur
eux et choisir. Ni appel, ni macro, ni calcul, ni attribut Python ; tout le reste est refusé
avant d'être exécuté, avec une raison que son auteur comprend.
"""

from __future__ import annotations

import difflib
import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, filters, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree  # type: ignore[import-untyped]

from maillage.socle.documents.archives import Archive, ArchiveRefusee, lire_archive
from maillage.socle.documents.donnees import chemins, restreindre, simplifier
from maillage.socle.documents.types import reconnaitre

PERMIS: tuple[type[nodes.Node], ...] = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const),
    *(nodes.Getattr, nodes.Getitem, nodes.For, nodes.If, nodes.CondExpr),
    *(nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand),
    *(nodes.Filter, nodes.Test, nodes.Keyword),
)
"""Ce qu'un gabarit peut écrire ; tout autre nœud est refusé."""

REFUSES: dict[type[nodes.Node], str] = {
    nodes.Call: "un appel (des parenthèses)",
    nodes.BinExpr: "un calcul",
    nodes.Assign: "« set »",
    nodes.Macro: "« macro »",
    nodes.Include: "« include »",
    nodes.Import: "« import »",
}
"""Comment dire ce qu'un gabarit tente le plus souvent sans y avoir droit."""

FILTRES: dict[str, Callable[..., Any]] = {
    nom: filters.FILTERS[nom]
    for nom in ("capitalize", "default", "first", "join", "last", "length", "lower", "upper")
}
TESTS = ("defined", "undefined", "none", "odd", "even")
BOUCLE = ("index", "index0", "first", "last", "length", "revindex")
BOUCLES_MAX = 3
_LISTE = "liste parcourue"
PROPRIETE_MAX = 255
PROPRIETES = ("author", "comments", "subject", "title")
journal = logging.getLogger(__name__)


class GabaritRefuse(Exception):
    """Le gabarit ne peut pas servir ; `raison` le dit à qui l'a écrit."""

    def __init__(self, raison: str) -> None:
        super().__init__(raison)
        self.raison = raison


def rendre_docx(
    gabarit: bytes | Path, contexte: Mapping[str, Any], champs_permis: Collection[str]
) -> bytes:
    """Le document rempli.

    `champs_permis` sont des chemins pointés (« titre », « structures », « structures.nom ») :
    le gabarit ne voit rien d'autre du contexte, qui peut contenir des dataclasses. Les textes
    sont rendus tels quels, sauts de ligne compris. Lève `GabaritRefuse`.
    """
    document = _ouvrir(gabarit)
    donnees = restreindre(simplifier(contexte), frozenset(champs_permis))
    _proteger(lambda: document.render(donnees, _Environnement(champs_permis), autoescape=True))
    sortie = BytesIO()
    document.save(sortie)
    return sortie.getvalue()


def champs_de(contexte: Mapping[str, Any]) -> list[str]:
    """Les chemins pointés qu'offre un contexte, pour les montrer à qui écrit un gabarit."""
    return sorted(set(chemins(contexte)))


class _Gabarit(DocxTemplate):
    """Le gabarit de docxtpl, dont les propriétés reçoivent du texte et non du XML échappé."""

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        proprietes = self.docx.core_properties
        texte = jinja_env.overlay(autoescape=False)
        for nom in PROPRIETES:
            rendu = texte.from_string(getattr(proprietes, nom)).render(context)
            setattr(proprietes, nom, rendu[:PROPRIETE_MAX])


def _liste(valeur: Any) -> Any:
    """Ce que parcourt une boucle ; lettre à lettre, trois longs textes ne finiraient jamais."""
    if isinstance(valeur, str):
        raise GabaritRefuse("« for » parcourt une liste, et non les lettres d’un texte.")
    return valeur


class _ChampInconnu(StrictUndefined):
    """Lire un champ absent refuse le gabarit en nommant le champ."""

    def _fail_with_undefined_error(self, *_args: Any, **_options: Any) -> Any:
        raise GabaritRefuse(f"Le champ « {self._undefined_name} » n’existe pas ici.")

    __iter__ = __str__ = __len__ = __eq__ = __ne__ = __bool__ = __hash__ = (
        _fail_with_undefined_error
    )


class _Environnement(SandboxedEnvironment):
    """Le bac à sable : des données simples, aucun attribut, quelques filtres."""

    def __init__(self, champs_permis: Collection[str]) -> None:
        super().__init__(autoescape=True, undefined=_ChampInconnu)
        self.champs_permis = champs_permis
        self.filters = {**FILTRES, _LISTE: _liste}
        self.tests = {nom: self.tests[nom] for nom in TESTS}
        self.globals.clear()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        arbre = super()._parse(source, name, filename)
        _controler(arbre, self.champs_permis)
        for boucle in arbre.find_all(nodes.For):
            boucle.iter = nodes.Filter(boucle.iter, _LISTE, [], [], None, None)
        return arbre

    def getattr(self, obj: Any, attribute: str) -> Any:
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, LoopContext) and argument in BOUCLE:
            return getattr(obj, argument)
        if isinstance(obj, Mapping) and argument in obj:
            return obj[argument]
        if isinstance(obj, list) and argument in range(len(obj)):
            return obj[argument]
        return self.undefined(obj=obj, name=argument)


def _ouvrir(gabarit: bytes | Path) -> _Gabarit:
    contenu = gabarit.read_bytes() if isinstance(gabarit, Path) else gabarit
    try:
        reconnaitre(contenu, "gabarit.docx")
        _refuser_l_exterieur(lire_archive(contenu))
    except ValidationError as erreur:
        raise GabaritRefuse(" ".join(erreur.messages)) from erreur
    except (ArchiveRefusee, etree.XMLSyntaxError) as erreur:
        raise GabaritRefuse(f"Ce gabarit est abîmé : {erreur}") from erreur
    return _Gabarit(BytesIO(contenu))


def _refuser_l_exterieur(archive: Archive) -> None:
    """Ni entités XML, ni modèle ou image cherchés ailleurs à l'ouverture du document."""
    analyseur = etree.XMLParser(resolve_entities=False, no_network=True)
    for nom in archive.noms:
        if not nom.endswith((".xml", ".rels")):
            continue
        arbre = etree.fromstring(archive.lire(nom), analyseur)
        if arbre.getroottree().docinfo.doctype:
            raise GabaritRefuse("Ce gabarit déclare des entités XML : recréez-le dans Word.")
        if nom.endswith(".rels") and any(map(_est_exterieure, arbre)):
            raise GabaritRefuse(
                "Ce gabarit va chercher un modèle ou une image hors du document : "
                "intégrez-les, puis déposez-le de nouveau."
            )


def _est_exterieure(relation: Any) -> bool:
    externe = relation.get("TargetMode") == "External"
    return externe and not relation.get("Type", "").endswith("/hyperlink")


def _proteger(geste: Callable[[], object]) -> None:
    """Ce que docxtpl lève sur un gabarit mal formé devient un refus lisible."""
    try:
        geste()
    except GabaritRefuse:
        raise
    except TemplateSyntaxError as erreur:
        raise GabaritRefuse(
            f"Une balise est mal écrite : {erreur.message}.{_ou(erreur)}"
        ) from erreur
    except Exception as erreur:
        journal.warning("Gabarit Word refusé.", exc_info=True)
        raise GabaritRefuse(
            "Ce gabarit n’a pas pu être rempli : vérifiez que chaque « for » et chaque « if » "
            "s’ouvre et se ferme au même endroit (paragraphe, ligne de tableau)."
        ) from erreur


def _ou(erreur: TemplateSyntaxError) -> str:
    lignes: Iterable[str] = getattr(erreur, "docx_context", ())
    pres = " ".join(" ".join(lignes).split())
    return f" Près de : « {pres[:120]} »" if pres else ""


def _controler(arbre: nodes.Template, champs_permis: Collection[str]) -> None:
    for noeud in arbre.find_all(nodes.Node):
        if not isinstance(noeud, PERMIS):
            raise GabaritRefuse(
                f"Un gabarit ne peut pas employer {_nommer(noeud)} : il lit des champs, "
                "avec « if » et « for »."
            )
        if isinstance(noeud, nodes.Filter) and noeud.name not in FILTRES:
            raise GabaritRefuse(
                f"Le filtre « {noeud.name} » n’existe pas ; filtres permis : {', '.join(FILTRES)}."
            )
    if _profondeur(arbre) > BOUCLES_MAX:
        raise GabaritRefuse(f"Pas plus de {BOUCLES_MAX} boucles l’une dans l’autre.")
    noms = list(arbre.find_all(nodes.Name))
    locaux = {"loop"} | {nom.name for nom in noms if nom.ctx == "store"}
    for nom in sorted({nom.name for nom in noms} - locaux - set(champs_permis)):
        raise GabaritRefuse(f"Le champ « {nom} » n’existe pas.{_proche(nom, champs_permis)}")


def _nommer(noeud: nodes.Node) -> str:
    return next((dit for genre, dit in REFUSES.items() if isinstance(noeud, genre)), "cela")


def _profondeur(noeud: nodes.Node) -> int:
    propre = int(isinstance(noeud, nodes.For))
    return propre + max(map(_profondeur, noeud.iter_child_nodes()), default=0)


def _proche(nom: str, champs_permis: Collection[str]) -> str:
    proches = difflib.get_close_matches(nom, champs_permis, n=1)
    return f" Vouliez-vous écrire « {proches[0]} » ?" if proches else ""
