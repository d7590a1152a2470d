"""Nettoyer des colonnes entières : textes, codes, dates, numéros, noms normalisés.

Chaque règle existe aussi pour une valeur seule (`socle.normalisation`, `annuaire.numeros`) ; des
tests de propriété tiennent les deux égales.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import add

import polars as pl

from maillage.socle.normalisation import LIGATURES, normaliser

_BLANC = r"\x00-\x1f\x7f\x{a0}\x{2000}-\x{200b}\x{2028}\x{2029}\x{202f}\x{feff}"
_BLANCS = rf" *[{_BLANC}][ {_BLANC}]*| {{2,}}"
_HORS_MOT = r" *[^a-z0-9 ][^a-z0-9]*| {2,}"
"""Sans relever les espaces simples, déjà à leur place : ce sont presque tous les caractères."""

_ACCENTS = "[\u0300-\u034e\u0350-\u036f]+"
_LATIN = "^[\x01-\u024f‘’“”–—…€]*$"
"""Ce que polars et Python décomposent pareil ; un nom en d'autres lettres passe par Python."""

_FLOTTANT = r"^([0-9]{7,14})[.,]0+$"
_LA_POSTE = "356000000"


def texte(colonne: str, longueur: int | None = None) -> pl.Expr:
    """Une ligne, sans blancs doubles ni caractère de commande."""
    net = pl.col(colonne).str.replace_all(_BLANCS, " ").str.strip_chars()
    return net.str.slice(0, longueur).str.strip_chars_end() if longueur else net


def identifiant(colonne: str, motif: str) -> pl.Expr:
    """La valeur si elle a cette forme, vide sinon."""
    net = pl.col(colonne).str.strip_chars().str.to_uppercase()
    return pl.when(net.str.contains(f"^(?:{motif})$")).then(net).otherwise(pl.lit(""))


def code(colonne: str, motif: str) -> pl.Expr:
    """Comme `identifiant`, pour une colonne où les mêmes valeurs reviennent."""
    return par_valeur(colonne, identifiant(colonne, motif))


def par_valeur(colonne: str, regle: pl.Expr) -> pl.Expr:
    """Cette règle de la colonne, calculée une fois par valeur distincte et non par ligne."""

    def appliquer(lus: pl.Series) -> pl.Series:
        distincts = lus.unique().rename(colonne)
        return lus.replace_strict(distincts, distincts.to_frame().select(regle).to_series())

    return pl.col(colonne).map_batches(appliquer, return_dtype=pl.String)


def code_de_lieu(colonne: str) -> pl.Expr:
    """Cinq caractères, Corse comprise ; le zéro qu'un tableur a ôté est remis."""
    ecrit = identifiant(colonne, r"[0-9]{4,5}|2[AB][0-9]{3}")
    return par_valeur(colonne, ecrit.str.pad_start(5, "0").replace("00000", ""))


def jour(colonne: str) -> pl.Expr:
    """Une date ISO ou française ; rien si elle est impossible, « 0001-01-01 » compris."""
    return pl.col(colonne).map_batches(_jours, return_dtype=pl.Date)


def _jours(lus: pl.Series) -> pl.Series:
    """Les écritures rares après coup : les essayer toutes sur chaque date se paierait."""
    jours = lus.str.to_date("%Y-%m-%d", strict=False)
    restent = (jours.is_null() & (lus != "")).arg_true()
    ecrits = lus.gather(restent).str.strip_chars().str.slice(0, 10)
    autrement = [ecrits.str.to_date(forme, strict=False) for forme in ("%Y-%m-%d", "%d/%m/%Y")]
    return _plausibles(jours.scatter(restent, autrement[0].fill_null(autrement[1])))


def _plausibles(moments: pl.Series) -> pl.Series:
    """Ceux qui ne sont ni d'avant 1600 ni d'après l'an prochain ; les autres, absents."""
    bornes = pl.Series([date(1600, 1, 1), date(date.today().year + 2, 1, 1)]).cast(moments.dtype)
    dehors = ~moments.is_between(bornes[0], bornes[1], closed="left")
    return moments.scatter(dehors.arg_true(), None)


def jour_illisible(colonne: str, lu: str) -> pl.Expr:
    """Vrai si la source dit une date que `jour` n'a pas su lire ; l'an 1 veut dire « aucune »."""
    dit = pl.col(colonne).str.strip_chars()
    return pl.col(lu).is_null() & (dit != "") & ~dit.str.starts_with("0001-01-01")


def instant(colonne: str) -> pl.Expr:
    """« 2016-01-09 12:46:10 » à l'heure de Paris, rendu en UTC ; la seule date vaut minuit."""
    lu = pl.col(colonne).map_batches(_moments, return_dtype=pl.Datetime("us"))
    a_paris = lu.dt.replace_time_zone("Europe/Paris", ambiguous="earliest", non_existent="null")
    return a_paris.dt.convert_time_zone("UTC").dt.replace_time_zone(None)


def _moments(lus: pl.Series) -> pl.Series:
    moments = lus.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False)
    restent = (moments.is_null() & (lus != "")).arg_true()
    ecrits = lus.gather(restent).str.strip_chars().str.replace("T", " ", literal=True)
    autrement = ecrits.str.slice(0, 19).str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False)
    jours = ecrits.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    return _plausibles(moments.scatter(restent, autrement.fill_null(jours.cast(moments.dtype))))


def numeros(ecrits: pl.Series, longueur: int) -> pl.Series:
    """Des SIREN (9) ou des SIRET (14) : ceux dont la clef est juste, vide sinon.

    Un tableur en a pu faire « 12345678900011.0 », ou manger ses zéros de tête : on les remet, la
    clef de Luhn dit si c'est bien lui. En notation « 1,23E+13 », ses chiffres sont perdus.
    """
    rangs = (ecrits != "").arg_true()  # la plupart n'en ont pas
    nets = ecrits.gather(rangs).str.replace_all(r"[\s\-]", "").str.replace(_FLOTTANT, "$1")
    candidats = nets.str.contains(rf"^[0-9]{{{longueur - 2},{longueur}}}$")
    rangs = rangs.filter(candidats)
    pleins = nets.filter(candidats).str.pad_start(longueur, "0")
    justes = _luhn(pleins, longueur) | _la_poste(pleins, longueur)
    vides = pl.repeat("", len(ecrits), eager=True)
    return vides.scatter(rangs.filter(justes), pleins.filter(justes))


def _chiffres(pleins: pl.Series, longueur: int) -> list[pl.Series]:
    """Leurs chiffres, des unités aux plus hauts."""
    entiers = pleins.cast(pl.Int64)
    return [entiers // 10**rang % 10 for rang in range(longueur)]


def _luhn(pleins: pl.Series, longueur: int) -> pl.Series:
    poids = [
        chiffres if rang % 2 == 0 else chiffres * 2 - 9 * (chiffres > 4).cast(pl.Int64)
        for rang, chiffres in enumerate(_chiffres(pleins, longueur))
    ]
    return reduce(add, poids) % 10 == 0


def _la_poste(pleins: pl.Series, longueur: int) -> pl.Series:
    sommes = reduce(add, _chiffres(pleins, longueur))
    return pleins.str.starts_with(_LA_POSTE) & (longueur == 14) & (sommes % 5 == 0)


def adresse(*colonnes: str) -> pl.Expr:
    """Les morceaux d'une adresse sur une ligne, sans les « _ » que laisse la saisie."""
    reunis = pl.concat_str([pl.col(c).str.strip_chars("_ ") for c in colonnes], separator=" ")
    return reunis.str.replace_all(_BLANCS, " ").str.strip_chars().str.slice(0, 500)


def phrases(constats: Mapping[str, pl.Expr]) -> pl.Expr:
    """Les phrases dont la condition est vraie, séparées de « ; » ; vide s'il n'y en a pas."""
    dites = [pl.when(vrai).then(pl.lit(phrase)) for phrase, vrai in constats.items()]
    return pl.concat_str(dites, separator=" ; ", ignore_nulls=True)


def premiere_phrase(constats: Mapping[str, pl.Expr]) -> pl.Expr:
    """La première phrase dont la condition est vraie, vide sinon."""
    dites = [pl.when(vrai).then(pl.lit(phrase)) for phrase, vrai in constats.items()]
    return pl.coalesce(*dites, pl.lit(""))


def normaliser_noms(cadre: pl.DataFrame) -> pl.DataFrame:
    """Ajoute `nom_normalise` : exactement `normaliser(f"{nom} {sigle}")`, ligne à ligne."""
    bruts = cadre.select(pl.concat_str("nom", "sigle", separator=" ")).to_series()
    accentues = (bruts.str.len_bytes() != bruts.str.len_chars()).arg_true()
    nus = bruts.scatter(accentues, _sans_accents(bruts.gather(accentues)))
    minuscules = nus.str.to_lowercase().str.replace_all(_HORS_MOT, " ")
    return cadre.with_columns(nom_normalise=minuscules.str.strip_chars(" "))


def _sans_accents(bruts: pl.Series) -> pl.Series:
    """Les lettres nues ; un nom qui n'est pas en lettres latines est déjà normalisé par Python."""
    lettres = {chr(rang): remplacement for rang, remplacement in LIGATURES.items()}
    nus = bruts.str.replace_many(lettres).str.normalize("NFKD").str.replace_all(_ACCENTS, "")
    autres = (~bruts.str.contains(_LATIN)).arg_true()
    refaits = pl.Series(map(normaliser, bruts.gather(autres)), dtype=pl.String)
    return nus.scatter(autres, refaits)
