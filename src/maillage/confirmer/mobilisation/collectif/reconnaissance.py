"""Reconnaître les membres d'un collectif : dans les structures que l'on voit, puis au registre.

Un numéro ou un nom exact suffit à reconnaître ; un nom approchant propose, et l'on choisit. Les
requêtes ne dépendent pas du nombre de lignes : les numéros et les noms se lisent tous ensemble, et
`APPROCHEES` lignes au plus se cherchent une à une, fautes comprises.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db.models import Q

from maillage.annuaire.champs import choisissables, libelle_de_choix
from maillage.annuaire.doublons.saisie import dire_prises
from maillage.annuaire.droits import peut_creer
from maillage.annuaire.models import EntreeDuRegistre, Nature, Organisation
from maillage.annuaire.recherche.moteur import dans_le_registre
from maillage.confirmer.mobilisation.collectif.lignes import Dite, lire
from maillage.socle.normalisation import normaliser

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur

APPROCHEES = 12
PROPOSEES = 5
FICHE, REGISTRE = "fiche", "registre"
LAISSER = "laisser"
FERMEE = "Le registre la dit fermée : choisissez-la si elle vit encore, sinon laissez-la de côté."


@dataclass(frozen=True, slots=True)
class Candidate:
    """Une structure que la ligne pourrait dire : une fiche que l'on voit, ou une entrée."""

    objet: Organisation | EntreeDuRegistre

    @property
    def cle(self) -> str:
        sorte = FICHE if isinstance(self.objet, Organisation) else REGISTRE
        return f"{sorte}:{self.objet.pk}"

    @property
    def libelle(self) -> str:
        if isinstance(self.objet, Organisation):
            return libelle_de_choix(self.objet)
        lieu = f" ({self.objet.lieu})" if self.objet.lieu else ""
        fermee = ", n’est plus en activité" if self.fermee else ""
        return f"{self.objet.nom}{lieu}, au registre : {self.objet.source}{fermee}"

    @property
    def fermee(self) -> bool:
        """Le registre la dit dissoute ou fermée."""
        return isinstance(self.objet, EntreeDuRegistre) and not self.objet.active


@dataclass(slots=True)
class Ligne:
    """Une ligne collée, ce qu'elle peut dire, et ce que l'on en décide.

    `choix` : la clé d'une candidate, `LAISSER`, ou vide tant que rien n'est décidé.
    """

    texte: str
    dite: Dite
    candidates: list[Candidate] = field(default_factory=list)
    choix: str = ""
    probleme: str = ""

    @property
    def champ(self) -> str:
        """Le nom du choix : il suit le texte de la ligne, pas son rang."""
        return f"choix-{sha256(self.texte.encode()).hexdigest()[:12]}"

    @property
    def decidee(self) -> bool:
        return bool(self.choix)

    @property
    def retenue(self) -> Candidate | None:
        return next((c for c in self.candidates if c.cle == self.choix), None)


def reconnaitre(textes: Iterable[str], utilisateur: Utilisateur) -> list[Ligne]:
    """Une ligne par texte distinct, avec ses candidates ; seule, la juste est déjà choisie.

    Le registre ne se propose qu'à qui peut en reprendre une fiche.
    """
    lignes = [Ligne(texte, lire(texte)) for texte in dict.fromkeys(textes)]
    registre = bool(peut_creer(utilisateur))
    _par_numero(lignes, utilisateur, registre=registre)
    _par_nom([li for li in lignes if not li.candidates], utilisateur)
    for ligne in lignes:
        if len(ligne.candidates) == 1:
            _retenir_la_seule(ligne, ligne.candidates[0])
    muettes = [li for li in lignes if not li.candidates and normaliser(li.dite.nom)]
    for ligne in muettes[:APPROCHEES]:
        _approcher(ligne, utilisateur, registre=registre)
    for ligne in lignes:
        ligne.probleme = ligne.probleme or _ce_qui_manque(ligne)
    return lignes


def _retenir_la_seule(ligne: Ligne, seule: Candidate) -> None:
    """Une structure fermée ne se choisit pas d'elle-même : on le dit, et l'on décide."""
    if seule.fermee:
        ligne.probleme = FERMEE
    else:
        ligne.choix = seule.cle


def _par_numero(lignes: Sequence[Ligne], utilisateur: Utilisateur, *, registre: bool) -> None:
    """Cinq requêtes au plus : mes fiches, toutes, celles que je vois, le registre, leurs noms."""
    numerotees = [ligne for ligne in lignes if ligne.dite.champ]
    if not numerotees:
        return
    fiches = _fiches_de(numerotees, choisissables(utilisateur, [Nature.STRUCTURE]))
    restent = []
    for ligne in numerotees:
        ligne.candidates = [Candidate(fiche) for fiche in fiches[ligne.dite.numero]]
        restent += [] if ligne.candidates else [ligne]
    if not restent:
        return
    prises = _fiches_de(restent, Organisation.objects.select_related("operateur"))
    _dire_les_prises(restent, prises, utilisateur)
    libres = [ligne for ligne in restent if not prises[ligne.dite.numero]]
    entrees = _entrees_de(libres) if registre else {}
    for ligne in libres:
        ligne.candidates = [Candidate(entree) for entree in entrees.get(ligne.dite.numero, ())]
    _aussi_parmi_mes_fiches([li for li in libres if li.candidates], utilisateur)


def _dire_les_prises(
    lignes: Sequence[Ligne], prises: Mapping[str, list[Organisation]], utilisateur: Utilisateur
) -> None:
    """Le numéro est à une fiche que l'on ne peut choisir : laquelle si on la voit, à qui demander.

    D'un SIRET, la fiche ne porte parfois que le SIREN.
    """
    portees = [
        (ligne, ligne.dite.champ if _porte(fiche, ligne.dite) else "siren", fiche)
        for ligne in lignes
        for fiche in prises[ligne.dite.numero]
    ]
    dites = dire_prises([(champ, fiche) for _, champ, fiche in portees], utilisateur)
    for (ligne, _, _), dite in zip(portees, dites, strict=True):
        ligne.probleme = f"{ligne.probleme} {dite.message}".strip()


def _porte(fiche: Organisation, dite: Dite) -> bool:
    return bool(getattr(fiche, dite.champ) == dite.numero)


def _fiches_de(
    lignes: Sequence[Ligne], parmi: Iterable[Organisation]
) -> dict[str, list[Organisation]]:
    """Les fiches qui portent chaque numéro ; d'un SIRET, à défaut celles du même SIREN."""
    par_champ: dict[str, set[str]] = defaultdict(set)
    for ligne in lignes:
        par_champ[ligne.dite.champ].add(ligne.dite.numero)
    par_champ["siren"] |= {siret[:9] for siret in par_champ["siret"]}
    demandees = Q()
    for champ, numeros in par_champ.items():
        demandees |= Q(**{f"{champ}__in": numeros})
    lues = list(parmi.filter(demandees))  # type: ignore[attr-defined]
    trouvees: dict[str, list[Organisation]] = defaultdict(list)
    for ligne in lignes:
        numero = ligne.dite.numero
        memes = [f for f in lues if _porte(f, ligne.dite)]
        if not memes and ligne.dite.champ == "siret":
            memes = [f for f in lues if f.siren == numero[:9] and not f.siret]
        trouvees[numero] = memes
    return trouvees


def _entrees_de(lignes: Sequence[Ligne]) -> dict[str, list[EntreeDuRegistre]]:
    """Les entrées du registre de chaque numéro (une requête)."""
    cles = {ligne.dite.numero: _au_registre(ligne.dite) for ligne in lignes}
    demandees = Q(numero__in=cles.values()) | Q(siren__in=cles.values())
    lues = list(EntreeDuRegistre.objects.pour_liste().filter(demandees))
    return {numero: [e for e in lues if cle in (e.numero, e.siren)] for numero, cle in cles.items()}


def _au_registre(dite: Dite) -> str:
    return dite.numero[:9] if dite.champ == "siret" else dite.numero


def _aussi_parmi_mes_fiches(lignes: Sequence[Ligne], utilisateur: Utilisateur) -> None:
    """Une fiche du même nom, sans numéro : la reprendre du registre en ferait un double."""
    noms = [normaliser(str(ligne.candidates[0].objet)) for ligne in lignes]
    fiches = fiches_de_ces_noms(set(noms), utilisateur)
    for ligne, nom in zip(lignes, noms, strict=True):
        if memes := [Candidate(fiche) for fiche in fiches if nom in _noms_de(fiche)]:
            ligne.candidates = [*memes, *ligne.candidates]
            ligne.probleme = "Une fiche porte déjà ce nom, sans ce numéro : laquelle est-ce ?"


def _par_nom(lignes: Sequence[Ligne], utilisateur: Utilisateur) -> None:
    """Les fiches visibles qui portent exactement ce nom, ce sigle, ou « nom (commune) »."""
    voulus = {normaliser(_sans_commune(ligne.dite.nom)) for ligne in lignes} - {""}
    fiches = fiches_de_ces_noms(voulus, utilisateur)
    for ligne in lignes:
        cle = normaliser(ligne.dite.nom)
        ligne.candidates = [Candidate(f) for f in fiches if cle and cle in _noms_de(f)]


def fiches_de_ces_noms(noms: Collection[str], utilisateur: Utilisateur) -> list[Organisation]:
    """Celles que l'on voit et qui peuvent s'écrire ainsi (une requête).

    Un sigle se range au bout du nom ; sans lui, seul le nom entier convient : sinon « association »
    lirait toutes celles dont le nom commence ainsi.
    """
    portes = Q(nom_normalise__in=noms)
    for nom in noms:
        a_un_bout = Q(nom_normalise__startswith=f"{nom} ") | Q(nom_normalise__endswith=f" {nom}")
        portes |= a_un_bout & ~Q(sigle="")
    return list(choisissables(utilisateur, [Nature.STRUCTURE]).filter(portes)) if noms else []


def _noms_de(fiche: Organisation) -> set[str]:
    """Sous quoi cette fiche s'écrit."""
    ecrits = (fiche.nom, fiche.sigle, f"{fiche.nom} {fiche.sigle}", libelle_de_choix(fiche))
    return {normaliser(ecrit) for ecrit in ecrits} - {""}


def _sans_commune(nom: str) -> str:
    return nom.rpartition(" (")[0] if nom.endswith(")") else nom


def _approcher(ligne: Ligne, utilisateur: Utilisateur, *, registre: bool) -> None:
    """Les fiches, puis les entrées, que ces mots évoquent, fautes comprises ; rien n'est choisi."""
    fiches = choisissables(utilisateur, [Nature.STRUCTURE]).cherche(ligne.dite.nom)[:PROPOSEES]
    trouvees = dans_le_registre(ligne.dite.nom).entrees if registre else []
    entrees = [entree for entree in trouvees if entree.active][:PROPOSEES]
    ligne.candidates = [Candidate(fiche) for fiche in fiches]
    ligne.candidates += [Candidate(entree) for entree in entrees]


def _ce_qui_manque(ligne: Ligne) -> str:
    if ligne.dite.probleme:
        return ligne.dite.probleme
    if ligne.choix:
        return ""
    if ligne.candidates:
        return "Rien n’est exactement cela : choisissez, ou corrigez la ligne."
    if ligne.dite.numero:
        return "Ce numéro n’est ni dans vos structures, ni au registre."
    return "Aucune de vos structures ni le registre ne répondent à ce nom."
