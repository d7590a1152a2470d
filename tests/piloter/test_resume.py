"""Le résumé que tient PostgreSQL dit toujours comme le calcul direct, quoi qu'il se passe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.confirmer.models import Atteint, Participation
from maillage.engager.calculs.budget import VALORISATION
from maillage.ingenieries.models import Ingenierie
from maillage.piloter.models import ResumeDeMission
from maillage.socle.quantites import Precision, Quantite, Total
from tests.fabriques import mission, operateur, organisation
from tests.piloter.fabriques import declarer, depense, projet, q, resultat, retenir, seance, signal
from tests.simultane import l_un_attend_l_autre

JOUR = date(2025, 3, 1)
PRECISIONS = st.sampled_from([p for p in Precision if p != Precision.INCONNU])
QUANTITES = st.none() | st.tuples(st.integers(0, 900), PRECISIONS)


def ecrire(dite: tuple[int, Precision] | None) -> Quantite:
    return q(None) if dite is None else q(*dite)


def mois(debut: date | None, fin: date | None) -> Quantite:
    if debut is None or fin is None or fin < debut:
        return q(None)
    return Quantite((Decimal((fin - debut).days) / Decimal("30.4375")).quantize(Decimal("0.1")))


def somme(quantites: list[Quantite]) -> Quantite:
    """La règle des cas : ce qui manque d'une part est un minimum, si rien n'y est approché."""
    total = Total.de(quantites).quantite
    return Quantite(total.valeur, total.precision)


def attendu(m: Ingenierie) -> dict[str, Any]:
    """Le calcul direct, par les objets du dossier."""
    m = Ingenierie.objects.get(pk=m.pk)
    retenues = Participation.objects.filter(ingenierie=m, atteint=Atteint.RETENUE)
    nommees = sorted(p.structure_id for p in retenues)
    du_palier = m.effectifs_declares.filter(palier="retenue", dont="").first()
    declare = du_palier.nombre if du_palier else q(None)
    if declare.connue and declare.valeur > len(nommees):
        sans_nom = Quantite(declare.valeur - len(nommees), declare.precision)
    else:
        sans_nom = q(0) if nommees or declare.connue else q(None)
    dit = getattr(m, "projet_intervention", None)
    jours = dit.jours if dit and dit.jours.connue else somme([s.duree for s in m.seances.all()])
    couts = [ligne.cout for ligne in m.lignes_de_budget.exclude(nature=VALORISATION)]
    entendus = [s.date for p in m.problematiques.all() for s in p.signaux.all()]
    duree = mois(m.demarree_le, m.close_le)
    delais = [
        delai
        for r in m.resultats.filter(obtenu=True)
        if (delai := r.delai if r.delai.connue else mois(m.close_le, r.constate_le)).connue
    ]
    return {
        "annee": m.annee,
        "annee_dite": m.annee_dite,
        "nature": m.nature,
        "secteur": m.secteur,
        "abandonnee": m.etat == "abandonnee",
        "type_ingenierie": dit.type_ingenierie if dit else "",
        "operateurs": sorted([m.operateur_id, *m.operateurs_associes.values_list("pk", flat=True)]),
        "structures": nommees,
        "sans_nom": sans_nom,
        "jours": jours,
        "cout": somme(couts),
        "attente": mois(min(entendus, default=None), m.demarree_le),
        "duree": duree if duree.connue or dit is None else dit.duree,
        "delai": min(delais, key=lambda d: (d.valeur, d.precision), default=q(None)),
    }


def dit(m: Ingenierie) -> dict[str, Any]:
    resume = ResumeDeMission.objects.get(pk=m.pk)
    lu = {nom: getattr(resume, nom) for nom in attendu(m)}
    return {nom: (v.valeur, v.precision) if isinstance(v, Quantite) else v for nom, v in lu.items()}


def verifier(m: Ingenierie) -> None:
    voulu = {
        nom: (v.valeur, v.precision) if isinstance(v, Quantite) else v
        for nom, v in attendu(m).items()
    }
    assert dit(m) == voulu


Geste = Callable[[Ingenierie], Any]
GESTES: dict[str, Geste] = {
    "rien": lambda m: None,
    "dates": lambda m: Ingenierie.objects.filter(pk=m.pk).update(
        demarree_le=JOUR, close_le=JOUR + timedelta(400), secteur="culture", annee_dite=False
    ),
    "abandon": lambda m: Ingenierie.objects.filter(pk=m.pk).update(
        etat="abandonnee", motif_de_fin="Plus personne."
    ),
    "associe": lambda m: m.operateurs_associes.add(operateur("DLA du Jura")),
    "plus d'associe": lambda m: (
        m.operateurs_associes.add(operateur("DLA du Jura")),
        m.operateurs_associes.clear(),
    ),
    "structures": lambda m: [retenir(m), retenir(m)],
    "structure contactée": lambda m: retenir(m, palier="contactee", atteint="contactee"),
    "structure désistée": lambda m: retenir(m, palier="desistee"),
    "structure retirée": lambda m: retenir(m).delete(),
    "effectif": lambda m: [retenir(m), declarer(m, q(20, "environ"))],
    "effectif plus petit que les noms": lambda m: [retenir(m), retenir(m), declarer(m, q(1))],
    "effectif, une partie": lambda m: declarer(m, q(7), dont="culturelles"),
    "jours du projet": lambda m: [
        seance(m, q(1)),
        projet(m, jours=q("2.5"), duree=q(6, "presque")),
    ],
    "jours des séances": lambda m: [seance(m, q(1)), seance(m, q("0.5", "environ"))],
    "séance sans durée": lambda m: [seance(m, q(1)), seance(m, q(None))],
    "dépenses": lambda m: [
        depense(m, jours=q(5), cout_jour=q(900, "environ")),
        depense(m, montant=q(300)),
        depense(m, nature="valorisation", montant=q(4000)),
    ],
    "dépense inconnue": lambda m: [depense(m, montant=q(300)), depense(m)],
    "dépenses toutes inconnues": lambda m: depense(m),
    "dépense effacée": lambda m: depense(m, montant=q(300)).delete(),
    "signaux": lambda m: (
        GESTES["dates"](m),
        signal(m, JOUR - timedelta(90)),
        signal(m, JOUR - timedelta(200)),
    ),
    "signal d'après": lambda m: (GESTES["dates"](m), signal(m, JOUR + timedelta(9))),
    "signal redaté": lambda m: (
        GESTES["dates"](m),
        type(s := signal(m, JOUR)).objects.filter(pk=s.pk).update(date=JOUR - timedelta(50)),
    ),
    "signal détaché": lambda m: (
        GESTES["dates"](m),
        signal(m, JOUR - timedelta(90)).problematiques.get().signaux.clear(),
    ),
    "résultats": lambda m: [
        resultat(m, delai=q(8)),
        resultat(m, delai=q(4, "environ")),
        resultat(m, delai=q(1), obtenu=False),
    ],
    "résultat daté": lambda m: (
        GESTES["dates"](m),
        resultat(m, constate_le=JOUR + timedelta(500)),
        resultat(m, constate_le=JOUR + timedelta(10)),
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("geste", GESTES)
def test_le_resume_dit_comme_le_calcul_direct(geste: str) -> None:
    autre, m = mission(), mission(operateur("DLA de l’Ain"))
    GESTES[geste](m)
    verifier(m)
    verifier(autre)


@pytest.mark.django_db
def test_tous_les_gestes_a_la_suite() -> None:
    m = mission()
    for nom, geste in GESTES.items():
        if nom in {"effectif plus petit que les noms", "effectif, une partie", "jours du projet"}:
            continue
        geste(m)
        verifier(m)


@pytest.mark.django_db
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    lignes=st.lists(st.tuples(QUANTITES, QUANTITES, QUANTITES), max_size=4),
    durees=st.lists(QUANTITES, max_size=3),
    retenues=st.integers(0, 3),
    nombre=QUANTITES.filter(lambda dite: dite is not None),
)
def test_quelles_que_soient_les_precisions(lignes, durees, retenues, nombre) -> None:
    with transaction.atomic():
        m = mission()
        for jours, cout_jour, montant in lignes:
            seul = q(None) if jours and cout_jour else ecrire(montant)
            depense(m, jours=ecrire(jours), cout_jour=ecrire(cout_jour), montant=seul)
        for duree in durees:
            seance(m, ecrire(duree))
        for _ in range(retenues):
            retenir(m)
        declarer(m, ecrire(nombre))
        verifier(m)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_une_mission_effacee_emporte_son_resume() -> None:
    m = mission()
    for geste in ("structures", "dépenses", "jours des séances", "résultats", "signaux"):
        GESTES[geste](m)
    with transaction.atomic():
        m.delete()
        with connection.cursor() as curseur:
            curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not ResumeDeMission.objects.exists()


@pytest.mark.django_db
def test_une_ecriture_en_lot_refait_chaque_mission() -> None:
    missions = [mission() for _ in range(3)]
    structures = [organisation() for _ in range(4)]
    Participation.objects.bulk_create(
        Participation(ingenierie=m, structure=s, palier="retenue", atteint="retenue")
        for m in missions
        for s in structures
    )
    for m in missions:
        verifier(m)
    Participation.objects.filter(structure=structures[0]).delete()
    for m in missions:
        verifier(m)


@pytest.mark.django_db(transaction=True)
def test_deux_ecritures_simultanees_se_voient() -> None:
    """La seconde attend la première, puis compte avec elle."""
    m = mission()
    l_un_attend_l_autre(lambda: depense(m, montant=q(100)), lambda: depense(m, montant=q(40)))
    verifier(m)
    assert ResumeDeMission.objects.get(pk=m.pk).cout == Quantite(Decimal(140), unite="€")
