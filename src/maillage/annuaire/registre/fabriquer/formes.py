"""Les mises en forme du RNA : une association fabriquée devient une ligne de fichier.

`waldec-2026` : 39 colonnes, UTF-8 avec BOM, tout entre guillemets, fins de ligne CRLF ;
`waldec-2018` : 41 colonnes, ISO-8859-1, guillemets au besoin et pour les vides ;
`import` : 26 colonnes, ISO-8859-1, identifiants d'avant Waldec (position R : reprise).
Les colonnes `adrg_*`, qui sont l'adresse d'une personne, ne portent que des valeurs neutres.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from maillage.annuaire.registre.fabriquer.associations import SANS_DATE, Association
from maillage.annuaire.registre.fabriquer.numeros import ancien_numero, gestion, numero_rna
from maillage.annuaire.registre.fabriquer.tirage import un

_SANS_ACCENT = str.maketrans("àâäçéèêëîïôöùûüÿÀÂÇÉÈÊËÎÏÔÖÙÛÜ", "aaaceeeeiioouuuyAACEEEEIIOOUUU")
_TITRE_COURT = 38

_DEBUT_WALDEC = (
    "id;id_ex;siret;rup_mi;gestion;date_creat;date_decla;date_publi;date_disso;nature;groupement;"
    "titre;titre_court;objet;objet_social1;objet_social2;adrs_complement;adrs_numvoie;"
    "adrs_repetition;adrs_typevoie;adrs_libvoie;adrs_distrib;adrs_codeinsee;adrs_codepostal;"
    "adrs_libcommune;adrg_declarant;adrg_complemid;adrg_complemgeo;adrg_libvoie;adrg_distrib;"
    "adrg_codepostal;adrg_achemine;adrg_pays;dir_civilite;"
)
_WALDEC_2026 = f"{_DEBUT_WALDEC}siteweb;publiweb;observation;position;maj_time"
_WALDEC_2018 = f"{_DEBUT_WALDEC}telephone;siteweb;email;publiweb;observation;position;maj_time"
_IMPORT = (
    "id;id_ex;siret;gestion;date_creat;date_publi;nature;groupement;titre;objet;objet_social1;"
    "objet_social2;adr1;adr2;adr3;adrs_codepostal;libcom;adrs_codeinsee;dir_civilite;telephone;"
    "siteweb;email;observation;position;rup_mi;maj_time"
)


def _tout_entre_guillemets(champs: list[str]) -> str:
    return '"' + '";"'.join(champs) + '"\r\n'


def _guillemets_au_besoin(champs: list[str]) -> str:
    return ";".join([_cite(c) if c else '""' for c in champs]) + "\n"


def _cite(champ: str) -> str:
    return f'"{champ}"' if ";" in champ or '"' in champ or "\n" in champ else champ


@dataclass(frozen=True, slots=True)
class Forme:
    """Une mise en forme : archive, colonnes, encodage, ligne, champs (l'identifiant d'abord)."""

    archive: str
    colonnes: str
    encodage: str
    ligne: Callable[[list[str]], str]
    champs: Callable[[Association, random.Random], list[str]]

    @property
    def entete(self) -> str:
        return self.ligne(self.colonnes.split(";"))


def _ecrit(nom: str, alea: random.Random) -> str:
    """Trois noms sur quatre en capitales sans accents ; les guillemets doublés."""
    tirage = alea.random()
    if tirage < 0.75:
        nom = nom.translate(_SANS_ACCENT).upper()
    elif tirage < 0.85:
        nom = nom.upper()
    return nom.replace('"', '""')


def _titre_court(nom: str, sigle: str) -> str:
    if sigle:
        return sigle
    return nom if len(nom) <= _TITRE_COURT else f"{nom[:34].replace(chr(34), '')}..."


def _siret_ecrit(siret: str, alea: random.Random) -> str:
    """Au registre, 7 SIRET connus sur 10 ; un sur cent transformé par un tableur."""
    if not siret or (tirage := alea.random()) >= 0.7:
        return ""
    if tirage >= 0.007:
        return siret
    return f"{siret}.0" if tirage < 0.004 else f"{int(siret):.5E}".replace(".", ",")


def _publiee(declaree: str, alea: random.Random) -> str:
    return SANS_DATE if alea.random() < 0.1 else declaree


def _waldec(avec_contacts: bool) -> Callable[[Association, random.Random], list[str]]:
    contacts = [""] if avec_contacts else []

    def champs(a: Association, alea: random.Random) -> list[str]:
        nom, adresse, lieu = _ecrit(a.nom, alea), a.adresse, a.lieu
        objets = a.domaine.objets
        second = un(alea, objets) if alea.random() < 0.35 else "000000"
        return [
            numero_rna(lieu, a.rang),
            ancien_numero(lieu, a.rang)[4:] if alea.random() < 0.4 else "",
            _siret_ecrit(a.siret, alea),
            "",
            gestion(lieu),
            a.creee,
            a.declaree,
            _publiee(a.declaree, alea),
            a.dissoute,
            "D",
            "S" if alea.random() < 0.97 else "U",
            nom,
            _titre_court(nom, a.sigle),
            a.objet.replace('"', '""'),
            un(alea, objets),
            second,
            adresse.complement,
            adresse.numero,
            adresse.repetition,
            adresse.type_de_voie,
            adresse.voie,
            adresse.distribution,
            a.commune[0],
            lieu.code_postal,
            a.commune[1],
            *("", "", "", "adresse de gestion", "", lieu.code_postal, lieu.libelle, "FRANCE", "PM"),
            *contacts,
            a.site,
            *contacts,
            "1" if a.site else "0",
            "Reprise  =>  date ag=0000-00-00" if alea.random() < 0.05 else "",
            "A" if a.dissoute == SANS_DATE else "D",
            f"{a.declaree} 10:08:36",
        ]

    return champs


def _import(a: Association, alea: random.Random) -> list[str]:
    adresse, lieu = a.adresse, a.lieu
    identifiant = ancien_numero(lieu, a.rang)
    reprise = alea.random() < 0.6
    objets = a.domaine.objets
    return [
        identifiant,
        identifiant[4:],
        _siret_ecrit(a.siret, alea),
        gestion(lieu),
        a.creee,
        _publiee(a.declaree, alea),
        "D",
        "S",
        _ecrit(a.nom, alea),
        a.objet.replace('"', '""'),
        un(alea, objets),
        "000000",
        adresse.complement,
        f"{adresse.numero}{adresse.repetition:<9} {adresse.type_de_voie} {adresse.voie}".strip(),
        "",
        lieu.code_postal,
        a.commune[1].upper(),
        a.commune[0],
        "PM",
        "",
        a.site,
        "",
        numero_rna(lieu, a.rang) if reprise else "",
        "R" if reprise else ("A" if a.dissoute == SANS_DATE else "D"),
        "",
        f"{a.declaree} 09:30:17",
    ]


FORMES = {
    "waldec-2026": Forme(
        "rna_waldec_20260101",
        _WALDEC_2026,
        "utf-8",
        _tout_entre_guillemets,
        _waldec(avec_contacts=False),
    ),
    "waldec-2018": Forme(
        "rna_waldec_20180101",
        _WALDEC_2018,
        "iso-8859-1",
        _guillemets_au_besoin,
        _waldec(avec_contacts=True),
    ),
    "import": Forme(
        "rna_import_20180101",
        _IMPORT,
        "iso-8859-1",
        _guillemets_au_besoin,
        _import,
    ),
}
