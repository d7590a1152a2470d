"""Un petit pays de besoins, et tout ce qui peut leur arriver, un à un ou en lot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from maillage.accueillir.models import Besoin, Diagnostic, EtatDiagnostic
from maillage.annuaire.doublons.fusion import reunir
from maillage.annuaire.models import Organisation
from maillage.identifier.models import Signal
from maillage.territoires.models import Niveau, Territoire
from tests.fabriques import agent, commune, departement, operateur, organisation
from tests.identifier.monde import signal
from tests.identifier.regroupement.monde import besoin_de_diagnostic

BANQUE, ENERGIE, LOCAUX = "finances.banque", "ecologie.energie", "moyens.locaux"


@dataclass(frozen=True, slots=True)
class Pays:
    """Deux départements et une région, trois structures, deux DLA, ce qu'ils ont entendu."""

    doubs: Territoire
    jura: Territoire
    region: Territoire
    besancon: Territoire
    dole: Territoire
    structures: list[Organisation]
    dla: list[Organisation]
    signaux: list[Signal]


def peupler() -> Pays:
    """Chaque façon d'être quelque part ; des redites de mois, d'années et de DLA différents."""
    doubs, jura = departement(), departement("39", "Jura")
    region = Territoire.objects.create(niveau=Niveau.REGION, code="27", nom="Région", chemin=[])
    besancon = commune(dans=doubs)
    dole = commune("39198", "Dole", dans=jura)
    structures = [organisation(commune=c) for c in (besancon, dole, None)]
    dla = [operateur(), operateur("DLA du Jura", jura)]
    dits = [
        (0, 0, date(2026, 3, 5), [BANQUE], "culture", None),
        (0, 1, date(2025, 8, 1), [BANQUE, ENERGIE], "culture", None),
        (0, 0, date(2024, 11, 30), [BANQUE], "sport", dole),
        (1, 1, date(2026, 6, 30), [ENERGIE], "sport", region),
        (1, 0, date(2026, 7, 1), [ENERGIE], "", jura),
        (2, 0, date(2019, 1, 1), [BANQUE], "", None),
        (2, 1, date(2026, 3, 9), [], "culture", doubs),
        (None, 0, date(2025, 12, 31), [BANQUE], "culture", besancon),
        (None, 0, date(2027, 2, 1), [BANQUE], "", None),
    ]
    signaux = [
        signal(
            dla[chez],
            structure=None if qui is None else structures[qui],
            date=jour,
            themes=themes,
            secteur=secteur,
            territoire=ou,
        )
        for qui, chez, jour, themes, secteur, ou in dits
    ]
    return Pays(doubs, jura, region, besancon, dole, structures, dla, signaux)


Geste = Callable[[Pays], object]


def ne_rien_changer(pays: Pays) -> None:
    """Repris d'une lecture ancienne : ce qui s'écrit du département ne compte pas."""
    pays.signaux[0].departement = pays.jura
    pays.signaux[0].save()


def changer_de_structure(pays: Pays) -> None:
    pays.signaux[0].structure = pays.structures[1]
    pays.signaux[0].save()


def oter_la_structure_en_lot(pays: Pays) -> None:
    Signal.objects.filter(structure=pays.structures[0]).update(structure=None)


def dire_le_territoire(pays: Pays) -> None:
    for rang, ou in enumerate((pays.dole, pays.jura, pays.region)):
        pays.signaux[rang].territoire = ou
        pays.signaux[rang].save()


def oter_le_territoire_en_lot(pays: Pays) -> None:
    Signal.objects.update(territoire=None)


def deplacer_un_siege(pays: Pays) -> None:
    pays.structures[0].commune = pays.dole
    pays.structures[0].save()


def oter_les_sieges_en_lot(pays: Pays) -> None:
    Organisation.objects.update(commune=None)


def recharger_le_decoupage(pays: Pays) -> None:
    """Besançon passe dans le Jura, le Jura n'est plus un département."""
    Territoire.objects.filter(pk=pays.besancon.pk).update(departement=pays.jura)
    Territoire.objects.filter(pk=pays.jura.pk).update(niveau=Niveau.EPCI)


def recoder(pays: Pays) -> None:
    pays.signaux[0].themes = [ENERGIE, LOCAUX]
    pays.signaux[0].save()
    pays.signaux[6].themes = [BANQUE]
    pays.signaux[6].save()


def decoder_en_lot(pays: Pays) -> None:
    Signal.objects.filter(themes__contains=[BANQUE]).update(themes=[])


def changer_de_jour(pays: Pays) -> None:
    for rang, jour in enumerate((date(2026, 4, 1), date(2023, 8, 1), date(2026, 7, 1))):
        pays.signaux[rang].date = jour
        pays.signaux[rang].save()


def changer_de_secteur(pays: Pays) -> None:
    pays.signaux[0].secteur = "sport"
    pays.signaux[0].save()


def changer_de_mots(pays: Pays) -> None:
    Signal.objects.update(texte="Dit autrement")


def supprimer(pays: Pays) -> None:
    pays.signaux[0].delete()
    pays.signaux[3].delete()


def tout_supprimer(pays: Pays) -> None:
    Signal.objects.all().delete()


def ajouter_en_lot(pays: Pays) -> None:
    Signal.objects.bulk_create(
        Signal(operateur=pays.dla[0], texte="Dit", structure=s, themes=[theme], date=jour)
        for s in pays.structures
        for theme in (BANQUE, LOCAUX)
        for jour in (date(2026, 3, 20), date(2022, 3, 20))
    )


def entendre_un_diagnostic(pays: Pays) -> None:
    besoin = besoin_de_diagnostic(pays.dla[0], dit="Un refus", theme=BANQUE)
    Diagnostic.objects.update(etat=EtatDiagnostic.EN_COURS)
    Besoin.objects.filter(pk=besoin.pk).update(interne=True)


def reunir_deux_structures(pays: Pays) -> None:
    gardee, absorbee = pays.structures[:2]
    reunir(gardee, absorbee, champs={}, lignes={}, par=None)


def effacer_qui_l_a_note(pays: Pays) -> None:
    compte = agent(pays.dla[0])
    Signal.objects.update(note_par=compte)
    compte.personne.delete()
    compte.delete()


GESTES: list[Geste] = [  # dans un ordre où ils s’enchaînent
    ne_rien_changer,
    changer_de_structure,
    oter_la_structure_en_lot,
    dire_le_territoire,
    oter_le_territoire_en_lot,
    deplacer_un_siege,
    oter_les_sieges_en_lot,
    recharger_le_decoupage,
    recoder,
    decoder_en_lot,
    changer_de_jour,
    changer_de_secteur,
    changer_de_mots,
    ajouter_en_lot,
    entendre_un_diagnostic,
    effacer_qui_l_a_note,
    reunir_deux_structures,
    supprimer,
    tout_supprimer,
]
