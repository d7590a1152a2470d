"""Deux diagnostics d'une structure, domaine par domaine : ce qui a bougé, sans note ni rang."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from maillage.accueillir.diagnostics.lecture import DomaineLu
from maillage.accueillir.models import Besoin
from maillage.socle.mots import compter, enumerer

TEXTES = {"situation": "Situation", "forces": "Forces", "fragilites": "Fragilités"}


@dataclass(frozen=True, slots=True)
class Rapproche:
    """Un même texte aux deux dates."""

    libelle: str
    avant: str
    apres: str

    @property
    def change(self) -> bool:
        return self.avant.split() != self.apres.split()


@dataclass(frozen=True, slots=True)
class DomaineCompare:
    """Un domaine aux deux dates : ses textes, ses besoins apparus, levés, toujours là."""

    nom: str
    textes: tuple[Rapproche, ...]
    apparus: tuple[Besoin, ...] = ()
    leves: tuple[Besoin, ...] = ()
    toujours: tuple[Besoin, ...] = ()

    @property
    def change(self) -> bool:
        return bool(self.apparus or self.leves) or any(t.change for t in self.textes)

    @property
    def dit(self) -> bool:
        """L'une des deux dates en dit quelque chose."""
        return self.change or bool(self.toujours) or any(t.apres for t in self.textes)


def comparer(
    avant: Sequence[DomaineLu], apres: Sequence[DomaineLu], *, interne: bool = False
) -> list[DomaineCompare]:
    """Les domaines de l'une ou l'autre grille ; l'interne ne se compare que pour le DLA."""
    anciens = {lu.code: lu for lu in avant}
    recents = {lu.code: lu for lu in apres}
    codes = list(dict.fromkeys([*recents, *anciens]))
    return [_domaine(anciens.get(code), recents.get(code), interne) for code in codes]


def dire(compares: Sequence[DomaineCompare]) -> str:
    """« 3 domaines ont bougé : 2 besoins apparus, 1 levé. » ; on ne dit que ce qui est arrivé."""
    bouges = sum(d.change for d in compares)
    if not bouges:
        return "Rien n’a bougé entre ces deux dates."
    apparus = sum(len(d.apparus) for d in compares)
    leves = sum(len(d.leves) for d in compares)
    verbe = "ont bougé" if bouges > 1 else "a bougé"
    dits = [
        compter(nombre, f"besoin {etat}", f"besoins {etat}s")
        for nombre, etat in ((apparus, "apparu"), (leves, "levé"))
        if nombre
    ]
    return f"{compter(bouges, 'domaine')} {verbe} : {enumerer(dits) or 'les besoins restent'}."


def _domaine(avant: DomaineLu | None, apres: DomaineLu | None, interne: bool) -> DomaineCompare:
    present = apres or avant
    if present is None:
        raise ValueError("Un domaine comparé est au moins dans l'une des grilles.")
    anciens, recents = _besoins(avant, interne), _besoins(apres, interne)
    suites = {cle for besoin in recents if (cle := _suit(besoin, anciens))}
    return DomaineCompare(
        present.nom,
        tuple(
            Rapproche(libelle, _texte(avant, champ), _texte(apres, champ))
            for champ, libelle in TEXTES.items()
        ),
        apparus=tuple(b for b in recents if _suit(b, anciens) is None),
        leves=tuple(b for b in anciens if b.pk not in suites),
        toujours=tuple(b for b in recents if _suit(b, anciens) is not None),
    )


def _suit(besoin: Besoin, anciens: Iterable[Besoin]) -> UUID | None:
    """L'ancien besoin que celui-ci continue : le même d'origine, à défaut le même thème."""
    for ancien in anciens:
        if _origine(ancien) == _origine(besoin):
            return ancien.pk
    for ancien in anciens:
        if besoin.theme and ancien.theme == besoin.theme:
            return ancien.pk
    return None


def _origine(besoin: Besoin) -> UUID:
    return besoin.origine_id or besoin.pk


def _besoins(lu: DomaineLu | None, interne: bool) -> tuple[Besoin, ...]:
    if lu is None:
        return ()
    return lu.besoins if interne else lu.partages


def _texte(lu: DomaineLu | None, champ: str) -> str:
    return getattr(lu.volet, champ) if lu else ""
