"""Le flux des associations fabriquées d'un département, avec ses doublons et ses homonymes.

Écrit avant le détecteur, sans regarder ce qu'il saura retrouver. Parts des lignes :

- 3 % sont des **doublons** : une association déjà écrite dans le département (l'une des 600
  dernières gardées en mémoire, remplacées au hasard), déclarée sous un autre numéro, avec un nom
  varié (`variations.py` donne la part de chaque sorte) ; même adresse à peu près 60 %, autre
  adresse de la commune 29 %, commune déléguée 5 % (si elle en a), autre commune du département
  6 % ; objet repris 50 %, retouché 25 %, réécrit 25 % ; SIRET repris 45 % s'il existe, autre
  établissement 8 % ; site repris une fois sur deux ; la seconde est dissoute dans un quart des
  cas ;
- 3 % sont des **sections** : même tête de nom qu'une autre de la commune, même adresse 6 fois
  sur 10 (« … section judo », « … section danse ») : jamais des doublons ;
- 2 % sont des **homonymes d'ailleurs** : le nom d'une autre, dans une autre commune ;
- 1 % sont des **rivales** : « Tennis club olympique de X » à côté de « Tennis club de X » ;
- 0,2 % sont des **homonymes du lieu** : même nom, même commune, autre domaine et autre adresse ;
- les autres ont un nom propre à leur commune ; 12 % siègent à la mairie et 8 % à la maison des
  associations de leur commune, si bien qu'une adresse commune ne prouve rien.

30 % ont un SIRET, un sur cent rendu en flottant par un tableur.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from maillage.annuaire.registre.fabriquer import mots
from maillage.annuaire.registre.fabriquer.domaines import Domaine
from maillage.annuaire.registre.fabriquer.lieux import Departement, Lieu
from maillage.annuaire.registre.fabriquer.noms import Noms, acronyme
from maillage.annuaire.registre.fabriquer.numeros import siren, siret
from maillage.annuaire.registre.fabriquer.tirage import un, un_pese
from maillage.annuaire.registre.fabriquer.variations import retoucher, varier

DOUBLONS, SECTIONS, AILLEURS, RIVALES, HOMONYMES = 0.03, 0.03, 0.02, 0.01, 0.002
EN_MEMOIRE = 600
SANS_DATE = "0001-01-01"
_PREMIER_JOUR = date(1930, 1, 1)
_JOURS = [
    (_PREMIER_JOUR + timedelta(days=n)).isoformat()
    for n in range((date(2025, 12, 20) - _PREMIER_JOUR).days)
]
_PART_DES_SIEGES = (0.12, 0.20)


@dataclass(frozen=True, slots=True)
class Adresse:
    """Une adresse de siège, champ par champ comme `adrs_*`."""

    complement: str
    numero: str
    repetition: str
    type_de_voie: str
    voie: str
    distribution: str


@dataclass(slots=True)
class Association:
    """Une association telle qu'on l'a fabriquée, avant mise en forme.

    `copie_de` est le rang de celle qu'elle répète (None si elle n'est le doublon de personne),
    `sorte` la variation du nom ; `siret` est vide ou juste, `siren_connu` celui que SIRENE lui
    donne. `commune` (code, nom) est celle de l'adresse, parfois déléguée.
    """

    rang: int
    nom: str
    sigle: str
    domaine: Domaine
    objet: str
    lieu: Lieu
    commune: tuple[str, str]
    adresse: Adresse
    siret: str
    site: str
    creee: str
    declaree: str
    dissoute: str
    copie_de: int | None = None
    sorte: str = ""


class Fabrique:
    """Les associations d'un département, dans l'ordre, à graine égale les mêmes."""

    def __init__(self, departement: Departement, graine: int) -> None:
        self.departement = departement
        self.alea = random.Random(f"{graine}/{departement.code}")  # noqa: S311 - pour mesurer
        self.noms = Noms(self.alea)
        self.memoire: list[Association] = []

    def flux(self, combien: int) -> Iterator[Association]:
        """`combien` associations ; la mémoire ne dépend pas de leur nombre (aux noms pris près)."""
        tirer = self.alea.random
        for rang in range(combien):
            if len(self.memoire) < 20:
                association = self._neuve(rang)
            else:
                association = self._tiree(rang, tirer())
            self._retenir(association)
            yield association

    def _tiree(self, rang: int, tirage: float) -> Association:
        for part, faire in (
            (DOUBLONS, self._doublon),
            (SECTIONS, self._section),
            (AILLEURS, self._homonyme_d_ailleurs),
            (RIVALES, self._rivale),
            (HOMONYMES, self._homonyme_du_lieu),
        ):
            if tirage < part:
                return faire(rang)
            tirage -= part
        return self._neuve(rang)

    def _retenir(self, association: Association) -> None:
        """Un doublon n'est pas répété : les paires vraies restent des paires."""
        if association.copie_de is not None:
            return
        if len(self.memoire) < EN_MEMOIRE:
            self.memoire.append(association)
        else:
            self.memoire[int(self.alea.random() * EN_MEMOIRE)] = association

    # Associations distinctes

    def _neuve(self, rang: int, lieu: Lieu | None = None, nom: str = "") -> Association:
        alea = self.alea
        lieu = lieu or un_pese(alea, self.departement.lieux, self.departement.cumul)
        domaine = self.noms.domaine()
        nom = self.noms.reserver(lieu, nom) if nom else self.noms.neuf(domaine, lieu)
        creee, declaree = self._dates()
        return Association(
            rang,
            nom,
            acronyme(nom) if alea.random() < 0.3 else "",
            domaine,
            self.noms.objet(domaine),
            lieu,
            (lieu.code, lieu.libelle),
            self._adresse(lieu),
            self._siret(rang),
            f"{self.noms.mot().lower()}.example" if alea.random() < 0.06 else "",
            creee,
            declaree,
            self._dissolution(declaree) if alea.random() < 0.12 else SANS_DATE,
        )

    def _section(self, rang: int) -> Association:
        soeur = self._une()
        tete = soeur.nom.partition(" section ")[0]
        section = f"{tete} section {un(self.alea, mots.SECTIONS)}"
        association = self._neuve(rang, soeur.lieu, section)
        if self.alea.random() < 0.6:
            association.adresse = soeur.adresse
        return association

    def _homonyme_d_ailleurs(self, rang: int) -> Association:
        autre = self._une()
        association = self._neuve(rang, nom=autre.nom)
        association.domaine, association.objet = autre.domaine, autre.objet
        return association

    def _rivale(self, rang: int) -> Association:
        autre = self._une()
        mots_du_nom = autre.nom.split()
        mots_du_nom.insert(min(2, len(mots_du_nom)), un(self.alea, mots.RIVAUX))
        association = self._neuve(rang, autre.lieu, " ".join(mots_du_nom))
        association.domaine = autre.domaine
        association.objet = self.noms.objet(autre.domaine)
        return association

    def _homonyme_du_lieu(self, rang: int) -> Association:
        autre = self._une()
        association = self._neuve(rang, autre.lieu)
        association.nom = autre.nom
        return association

    # Doublons

    def _doublon(self, rang: int) -> Association:
        origine = self._une()
        alea = self.alea
        nom, sigle, sorte = varier(origine.nom, origine.sigle, origine.lieu, alea)
        creee, declaree = self._dates()
        copie = replace(
            origine,
            rang=rang,
            nom=nom,
            sigle=sigle,
            objet=self._objet_redit(origine),
            siret=self._siret_redit(origine),
            site=origine.site if alea.random() < 0.5 else "",
            creee=origine.creee if alea.random() < 0.4 else creee,
            declaree=declaree,
            dissoute=self._dissolution(declaree) if alea.random() < 0.25 else SANS_DATE,
            copie_de=origine.rang,
            sorte=sorte,
        )
        self._situer(copie, alea.random())
        return copie

    def _situer(self, copie: Association, tirage: float) -> None:
        if tirage < 0.06:
            lieu = un_pese(self.alea, self.departement.lieux, self.departement.cumul)
            copie.lieu, copie.commune = lieu, (lieu.code, lieu.libelle)
            copie.adresse = self._adresse(lieu)
        elif tirage < 0.11 and copie.lieu.anciens:
            copie.commune = un(self.alea, copie.lieu.anciens)
        elif tirage < 0.40:
            copie.adresse = self._adresse(copie.lieu)
        else:
            copie.adresse = self._adresse_redite(copie.adresse)

    def _adresse_redite(self, adresse: Adresse) -> Adresse:
        tirage = self.alea.random()
        if tirage < 0.6:
            return adresse
        if tirage < 0.75:
            return replace(adresse, complement="", voie=adresse.voie.upper())
        if tirage < 0.9:
            en_clair = f"{adresse.numero} {adresse.type_de_voie} {adresse.voie}".strip()
            return replace(adresse, numero="", type_de_voie="", voie=en_clair)
        return replace(adresse, numero="", repetition="", distribution="_")

    def _objet_redit(self, origine: Association) -> str:
        tirage = self.alea.random()
        if tirage < 0.5:
            return origine.objet
        if tirage < 0.75:
            return retoucher(origine.objet, self.alea)
        return self.noms.objet(origine.domaine)

    def _siret_redit(self, origine: Association) -> str:
        if not origine.siret:
            return ""
        tirage = self.alea.random()
        if tirage < 0.45:
            return origine.siret
        return siret(origine.siret[:9], 2) if tirage < 0.53 else ""

    # Communs

    def _une(self) -> Association:
        return un(self.alea, self.memoire)

    def _dates(self) -> tuple[str, str]:
        tirage = self.alea.random
        rang = int(len(_JOURS) * tirage() ** 0.55)
        plus_tard = min(len(_JOURS) - 1, rang + int(4000 * tirage() ** 3))
        return (SANS_DATE if tirage() < 0.05 else _JOURS[rang]), _JOURS[plus_tard]

    def _dissolution(self, declaree: str) -> str:
        rang = (date.fromisoformat(declaree) - _PREMIER_JOUR).days
        return _JOURS[rang + int((len(_JOURS) - rang) * self.alea.random())]

    def _siret(self, rang: int) -> str:
        if self.alea.random() >= 0.3:
            return ""
        return siret(siren(self.departement.rang, rang), 1)

    def _adresse(self, lieu: Lieu) -> Adresse:
        alea = self.alea
        tirage = alea.random()
        mairie, maison = _PART_DES_SIEGES
        if tirage < mairie:
            return Adresse("Mairie", "1", "", "PL", "de la Mairie", "_")
        if tirage < maison:
            return Adresse("Maison des associations", "12", "", "RUE", "du Stade", "_")
        voie = un(alea, mots.NOMS_DE_VOIE) if alea.random() < 0.35 else self.noms.lieu_dit(lieu)
        return Adresse(
            un(alea, mots.COMPLEMENTS_D_ADRESSE) if alea.random() < 0.1 else "",
            "" if alea.random() < 0.12 else str(1 + int(120 * alea.random() ** 2)),
            "B" if alea.random() < 0.03 else "",
            un(alea, mots.VOIES),
            voie,
            un(alea, mots.DISTRIBUTIONS),
        )
