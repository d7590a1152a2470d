"""Le portefeuille : la dernière nouvelle, qui est muette, ce qui attend, et ce qu'il coûte."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.accueillir.models import Action, Demande, Parcours, PointDeSuivi
from maillage.annuaire.models import Organisation, Personne, Role
from maillage.confirmer.models import Participation
from maillage.finaliser.models import Presence, Seance
from tests.accueillir.monde_du_parcours import action, diagnostic, jour, parcours, point
from tests.comptes import connecte
from tests.fabriques import agent, mission, operateur, organisation

pytestmark = pytest.mark.django_db
EQUIPE, MIEN = "accueillir:portefeuille_equipe", "accueillir:portefeuille"


def page(compte: Any, nom: str = EQUIPE, **filtres: Any) -> str:
    reponse = connecte(compte).get(reverse(nom), filtres)
    assert reponse.status_code == 200
    return " ".join(reponse.content.decode().split())


def noms(compte: Any, nom: str = EQUIPE, **filtres: Any) -> list[str]:
    """Les structures montrées, dans l'ordre."""
    reponse = connecte(compte).get(reverse(nom), filtres)
    return [ligne.structure.nom for ligne in reponse.context["lignes"]]


def structure(dla: Organisation, nom: str) -> Organisation:
    return organisation(operateur=dla, nom=nom)


def test_la_derniere_nouvelle_est_la_plus_recente_de_toutes() -> None:
    dla = operateur()
    s = structure(dla, "Théâtre")
    par = agent(dla)
    p = parcours(s, ouvert_le=jour(-300))
    attendues = [
        ("demande", lambda: Demande.objects.create(structure=s, operateur=dla, recue_le=jour(-90))),
        ("diagnostic", lambda: diagnostic(s, date=jour(-80))),
        ("rencontre", lambda: point(p, date=jour(-70))),
        ("action faite", lambda: action(p, etat="faite", faite_le=jour(-60))),
        ("séance d’une mission", lambda: seance(s, dla, jour(-50))),
    ]
    assert ", parcours ouvert" in page(par)
    for libelle, faire in attendues:
        faire()
        assert f", {libelle}" in page(par), libelle


def seance(s: Organisation, dla: Organisation, le: Any) -> None:
    m = mission(dla)
    venue = Participation.objects.create(
        ingenierie=m, structure=s, palier="retenue", atteint="retenue"
    )
    tenue = Seance.objects.create(ingenierie=m, forme="collective", titre="Journée", date=le)
    Presence.objects.create(seance=tenue, participation=venue, etat="present")


def test_une_nouvelle_d_un_autre_dla_ne_compte_pas() -> None:
    dla, autre = operateur(), operateur("DLA du Jura")
    s = structure(dla, "Théâtre")
    parcours(s, ouvert_le=jour(-300))
    point(parcours(s, operateur=autre), date=jour(-1))
    assert noms(agent(dla), situation="silence") == ["Théâtre"]
    assert noms(agent(autre), situation="silence") == []


def test_chaque_situation_a_sa_liste_et_son_compte() -> None:
    dla = operateur()
    par = agent(dla)
    action(parcours(structure(dla, "En retard")), echeance=jour(-1))
    parcours(structure(dla, "Muette"), ouvert_le=jour(-200))
    action(parcours(structure(dla, "Bilan")), etat="faite", faite_le=jour())
    diagnostic(structure(dla, "À valider"), etat="a_valider", soumis_le="2026-11-01T10:00Z")
    parcours(structure(dla, "Passée"), etat="clos", ouvert_le=jour(-300), clos_le=jour(-200))
    attendues = {
        "retard": ["En retard"],
        "silence": ["Muette"],
        "bilan": ["Bilan"],
        "valider": ["À valider"],
    }
    for situation, liste in attendues.items():
        assert noms(par, situation=situation) == liste
    assert "Passée" not in noms(par)
    assert len(noms(par)) == 4
    assert "Passée" in noms(par, situation="toutes")
    assert "4 structures en accompagnement, dont 1 sans nouvelle depuis trois mois." in page(par)


def test_le_mien_ne_montre_que_ce_que_je_suis_l_equipe_filtre_par_personne() -> None:
    dla = operateur()
    moi, autre = agent(dla), agent(dla)
    ma_fiche = Personne.objects.get(compte=moi)
    parcours(structure(dla, "La mienne"), charge=ma_fiche)
    parcours(structure(dla, "L’autre"), charge=Personne.objects.get(compte=autre))
    assert noms(moi, MIEN) == ["La mienne"]
    assert noms(moi, EQUIPE, tri="structure") == ["L’autre", "La mienne"]
    assert noms(moi, EQUIPE, charge=ma_fiche.pk) == ["La mienne"]


def test_l_ordre_met_les_plus_muettes_d_abord_et_se_trie() -> None:
    dla = operateur()
    par = agent(dla)
    for rang, nom in enumerate(("A", "B", "C")):
        parcours(structure(dla, nom), ouvert_le=jour(-rang))
    assert noms(par) == ["C", "B", "A"]
    assert noms(par, tri="-nouvelle") == ["A", "B", "C"]
    assert noms(par, q="b") == ["B"]


def test_une_adresse_absurde_donne_la_liste() -> None:
    dla = operateur()
    parcours(structure(dla, "A"))
    for absurde in ({"situation": "zz"}, {"charge": "x"}, {"tri": "pk--"}, {"page": "9e9"}):
        assert noms(agent(dla), **absurde) == ["A"]


def test_l_export_suit_les_filtres() -> None:
    dla = operateur()
    parcours(structure(dla, "=Théâtre"))
    parcours(structure(dla, "Passée"), etat="clos", clos_le=jour())
    reponse = connecte(agent(dla)).get(reverse(EQUIPE), {"export": "csv"})
    texte = b"".join(reponse.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert "'=Théâtre" in texte
    assert "Passée" not in texte


def test_il_coute_autant_a_dix_qu_a_mille_structures() -> None:
    dla = operateur()
    moi = Personne.objects.get(compte=agent(dla))
    couts = []
    for combien in (10, 990):
        en_nombre(dla, moi, combien)
        for nom in (EQUIPE, MIEN):
            client = connecte(moi.compte)
            client.get(reverse(nom))
            with CaptureQueriesContext(connection) as captees:
                assert client.get(reverse(nom)).status_code == 200
            couts.append(len(captees))
    assert couts[:2] == couts[2:]
    assert max(couts) <= 12


def en_nombre(dla: Organisation, charge: Personne, combien: int) -> None:
    """Des structures suivies, en lot : un parcours, une action en retard, une rencontre."""
    lot = Organisation.objects.bulk_create(
        Organisation(nom=f"Structure {i}", natures=["structure"]) for i in range(combien)
    )
    ouverts = Parcours.objects.bulk_create(
        Parcours(structure=s, operateur=dla, charge=charge) for s in lot
    )
    Action.objects.bulk_create(
        Action(parcours=p, sorte="propre", intitule="X", echeance=jour(-1)) for p in ouverts
    )
    PointDeSuivi.objects.bulk_create(PointDeSuivi(parcours=p, date=jour(-9)) for p in ouverts)


# Aujourd'hui


def dites(compte: Any) -> str:
    return " ".join(connecte(compte).get(reverse("piloter:aujourdhui")).content.decode().split())


def test_aujourd_hui_dit_les_actions_les_rencontres_et_les_bilans() -> None:
    dla = operateur()
    par = agent(dla)
    moi = Personne.objects.get(compte=par)
    p = parcours(structure(dla, "Théâtre"), charge=moi)
    action(p, intitule="Écrire le poste", echeance=jour(-2))
    action(p, intitule="Dans un mois", echeance=jour(30))
    point(p, date=jour(-40), prochain_le=jour(-10))
    point(p, date=jour(-5), prochain_le=jour(2))
    action(parcours(structure(dla, "Jardin"), charge=moi), etat="faite")
    lue = dites(par)
    assert "Écrire le poste" in lue
    assert "Dans un mois" not in lue
    assert "Point de suivi" in lue
    assert "Rencontre à noter" not in lue, "une rencontre plus récente l'efface"
    assert "Bilan à faire" in lue


def test_aujourd_hui_ne_dit_pas_les_parcours_d_une_collegue_sauf_ce_qu_on_me_confie() -> None:
    dla = operateur()
    par, collegue = agent(dla), Personne.objects.get(compte=agent(dla))
    p = parcours(structure(dla, "Théâtre"), charge=collegue)
    action(p, intitule="À elle", echeance=jour())
    confiee = Personne.objects.get(compte=par)
    action(p, intitule="À moi", echeance=jour(), personne=confiee)
    lue = dites(par)
    assert "À moi" in lue
    assert "À elle" not in lue


def test_aujourd_hui_dit_a_la_structure_son_action_et_rien_d_autre() -> None:
    p = parcours()
    action(p, intitule="La sienne", echeance=jour(1))
    action(p, intitule="Celle du DLA", sorte="expertise", echeance=jour(1))
    action(parcours(), intitule="D’une autre", echeance=jour(1))
    lue = dites(agent(p.structure, Role.STRUCTURE))
    assert "La sienne" in lue
    assert "Celle du DLA" not in lue
    assert "D’une autre" not in lue
