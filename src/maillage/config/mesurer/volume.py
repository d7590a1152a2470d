"""Un volume national : structures, besoins et missions de vingt ans, posés en lot."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any

import click
import pgtrigger
from django.db import connection, models

from maillage import methode
from maillage.annuaire import nomenclatures
from maillage.annuaire.models import Nature, Organisation
from maillage.config.mesurer.dossiers import dater, dedans
from maillage.identifier.models import Signal
from maillage.ingenieries.models import Avancement, EtatAvancement, EtatIngenierie, Ingenierie
from maillage.socle.quantites import ecrire_nombre
from maillage.territoires.models import Niveau, Territoire

STRUCTURES, BESOINS, MISSIONS = 100_000, 300_000, 30_000
ANNEES = range(2007, 2027)
LOT = 5_000
MOTS = ("mécénat", "emploi", "partagé", "gouvernance", "trésorerie", "bénévoles", "locaux")


def poser(echelle: float = 1.0, graine: int = 7) -> list[Organisation]:
    """Pose le volume (multiplié par `echelle`) et rend les opérateurs, un par département."""
    alea = random.Random(graine)  # noqa: S311 - un tirage pour mesurer, pas pour protéger
    operateurs = _operateurs()
    communes = list(Territoire.objects.communes().values_list("pk", flat=True))
    with pgtrigger.ignore():
        structures = _en_lots(
            Organisation, _structures(int(STRUCTURES * echelle), operateurs, communes, alea)
        )
        _en_lots(Signal, _signaux(int(BESOINS * echelle), operateurs, structures, alea))
        missions = _en_lots(Ingenierie, _missions(int(MISSIONS * echelle), operateurs, alea))
        _en_lots(Ingenierie.territoires.through, _lieux(missions))
        _en_lots(Avancement, _avancements(missions, alea))
        for modele, objets in dedans(missions, structures, alea):
            _en_lots(modele, objets)
    with connection.cursor() as curseur:
        curseur.execute("VACUUM ANALYZE")  # ce que l'autovacuum aurait fait dans la minute
    return operateurs


def _en_lots(modele: type[models.Model], objets: Iterable[Any]) -> list[Any]:
    poses: list[Any] = []
    source = iter(objets)
    while lot := list(islice(source, LOT)):
        poses += modele._default_manager.bulk_create(lot)
        click.echo(
            f"\r  {modele._meta.verbose_name} : {ecrire_nombre(len(poses))}", nl=False, err=True
        )
    click.echo(err=True)
    return poses


def _operateurs() -> list[Organisation]:
    operateurs = []
    for departement in Territoire.objects.filter(niveau=Niveau.DEPARTEMENT):
        operateur = Organisation.objects.create(
            nom=f"DLA {departement.nom}", natures=[Nature.OPERATEUR]
        )
        operateur.territoires.set([departement])
        operateurs.append(operateur)
    return operateurs


def _structures(
    combien: int, operateurs: list[Organisation], communes: list[int], alea: random.Random
) -> Iterator[Organisation]:
    secteurs = [code for code, _ in nomenclatures.choix_secteurs()]
    for rang in range(combien):
        yield Organisation(
            nom=f"Association {alea.choice(MOTS)} {alea.choice(MOTS)} {rang}",
            natures=[Nature.STRUCTURE],
            secteur=alea.choice(secteurs),
            commune_id=alea.choice(communes),
            operateur=alea.choice(operateurs) if rang % 3 == 0 else None,
        )


def _signaux(
    combien: int,
    operateurs: list[Organisation],
    structures: list[Organisation],
    alea: random.Random,
) -> Iterator[Signal]:
    sources = [code for code, _ in methode.choix("signaux.sources")]
    themes = [code for code, _ in methode.choix("themes.themes")]
    for _ in range(combien):
        yield Signal(
            operateur=alea.choice(operateurs),
            source=alea.choice(sources),
            date=_jour(alea),
            texte=" ".join(alea.choices(MOTS, k=12)),
            structure=alea.choice(structures),
            themes=alea.sample(themes, alea.randint(0, 2)),
        )


def _missions(
    combien: int, operateurs: list[Organisation], alea: random.Random
) -> Iterator[Ingenierie]:
    for rang in range(combien):
        annee = alea.choice(ANNEES)
        mission = Ingenierie(
            titre=f"Mission {alea.choice(MOTS)} {rang}",
            operateur=alea.choice(operateurs),
            annee=annee,
            etat=EtatIngenierie.EN_COURS if annee > 2024 else EtatIngenierie.CLOSE,
        )
        dater(mission, alea)
        yield mission


def _lieux(missions: list[Ingenierie]) -> Iterator[models.Model]:
    """Chaque mission, sur le département de son DLA."""
    lieux = dict(Organisation.territoires.through.objects.values_list("organisation", "territoire"))
    for mission in missions:
        yield Ingenierie.territoires.through(
            ingenierie=mission, territoire_id=lieux[mission.operateur_id]
        )


def _avancements(missions: list[Ingenierie], alea: random.Random) -> Iterator[Avancement]:
    demarches = [d.code for d in methode.cycle().demarches]
    for mission in missions:
        for code in demarches[: alea.randint(0, 12)]:
            yield Avancement(ingenierie=mission, code=code, etat=EtatAvancement.FAIT)


def _jour(alea: random.Random) -> date:
    return date(alea.choice(ANNEES), 1, 1) + timedelta(days=alea.randint(0, 360))
