"""La page : proposer, ajuster, lever un obstacle, comparer, décider."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.confirmer.groupes.calculs.facteurs import FACTEURS
from maillage.confirmer.groupes.calculs.reglages import AUTRES_POIDS
from maillage.confirmer.models import (
    ConcurrencePresumee,
    EtatDeScenario,
    ExigenceDeGroupe,
    Groupe,
    Palier,
    Participation,
    ScenarioDeGroupes,
    SouhaitDeGroupe,
)
from maillage.socle.journal.models import Acte
from maillage.socle.models import Travail

pytestmark = pytest.mark.django_db


def reglages(*groupes: tuple[str, int | str, int | str], **autres: Any) -> dict[str, Any]:
    """Ce que le formulaire envoie."""
    envoi: dict[str, Any] = {"dehors": "non", "plusieurs": 1, "graine": 0}
    for rang, (nom, minimum, maximum) in enumerate(groupes or (("A", 0, 40), ("B", 0, 40))):
        envoi |= {f"groupe_{rang}_nom": nom, f"groupe_{rang}_theme": ""}
        envoi |= {f"groupe_{rang}_minimum": minimum, f"groupe_{rang}_maximum": maximum}
    envoi |= {f"poids_{p.code}": p.defaut for p in (*FACTEURS, *AUTRES_POIDS)}
    return envoi | autres


def adresse(nom: str, *cles: Any) -> str:
    return reverse(f"confirmer:{nom}", args=cles)


@pytest.fixture
def scenario(page, dossier, a_grouper) -> ScenarioDeGroupes:
    """La première proposition, pour dix structures en deux groupes de quatre à six."""
    a_grouper(10)
    voulus = reglages(("Mécénat", 4, 6), ("Marketing", 4, 6))
    page.post(adresse("groupes_proposer", dossier.pk), voulus)
    return ScenarioDeGroupes.objects.first()


def test_sans_structure_la_page_dit_quoi_faire(page, dossier) -> None:
    contenu = page.get(adresse("groupes", dossier.pk)).content.decode()
    assert "Il faut au moins deux structures" in contenu


def test_lire_la_page_n_ecrit_rien(page, dossier, a_grouper) -> None:
    a_grouper(6)
    assert page.get(adresse("groupes", dossier.pk)).status_code == 200
    assert not ScenarioDeGroupes.objects.exists()


def test_proposer_donne_des_scenarios_distincts(page, dossier, scenario) -> None:
    tous = list(ScenarioDeGroupes.objects.all())
    assert len(tous) > 1
    assert tous[0].nom == "Proposition 1"
    contenu = page.get(adresse("groupes", dossier.pk)).content.decode()
    assert "Nulle répartition ne vaut mieux" in contenu
    assert "Proposition 2" in contenu


def test_la_page_dit_ce_que_compte_l_objectif(page, dossier, scenario) -> None:
    lue = page.get(adresse("groupes", dossier.pk))
    contenu = " ".join(lue.content.decode().split())
    assert "ce qui rapproche les structures dans chaque groupe, selon vos poids" in contenu
    parts = dict(lue.context["plateau"]["parts"])
    assert "Attentes" in parts
    assert f"<li>Attentes : {parts['Attentes']}</li>" in contenu


def test_une_nouvelle_demande_ne_remplace_que_ce_que_l_on_n_a_pas_garde(
    page, dossier, scenario
) -> None:
    page.post(adresse("groupes_etat", dossier.pk, scenario.pk, "garder"), {"version": 1})
    page.post(adresse("groupes_proposer", dossier.pk), reglages())
    noms = list(ScenarioDeGroupes.objects.values_list("nom", flat=True))
    assert noms[:2] == ["Proposition 1", "Proposition 2"]
    scenario.refresh_from_db()
    assert scenario.etat == EtatDeScenario.GARDE


def test_une_saisie_fautive_ne_perd_rien(page, dossier, a_grouper) -> None:
    a_grouper(4)
    faux = reglages(("Mécénat", 5, 4), ("Emploi", "", ""))
    reponse = page.post(adresse("groupes_proposer", dossier.pk), faux)
    assert reponse.status_code == 422
    contenu = reponse.content.decode()
    assert "au moins 5 dépasse au plus 4" in contenu
    assert 'value="Emploi"' in contenu
    assert page.post(adresse("groupes_proposer", dossier.pk), {}).status_code == 422


def test_un_conflit_est_dit_avec_les_noms_et_leve_d_un_geste(page, dossier, a_grouper) -> None:
    une, autre, *_ = a_grouper(6)
    for sorte in ("ensemble", "jamais"):
        ExigenceDeGroupe.objects.create(ingenierie=dossier, sorte=sorte, une=une, autre=autre)
    envoi = reglages(("A", 2, 4), ("B", 2, 4))
    reponse = page.post(adresse("groupes_proposer", dossier.pk), envoi)
    assert reponse.status_code == 422
    contenu = reponse.content.decode()
    assert "Association 000 et Association 001 doivent être ensemble." in contenu
    assert "Association 000 et Association 001 ne doivent jamais être ensemble." in contenu
    geste = f"jamais:{une.pk}:{autre.pk}"
    assert geste in contenu
    assert (
        page.post(adresse("groupes_proposer", dossier.pk), envoi | {"lever": geste}).status_code
        == 302
    )
    assert ExigenceDeGroupe.objects.get().sorte == "ensemble"
    assert "a levé l’exigence" in Acte.objects.sur(dossier).first().phrase
    for place in ScenarioDeGroupes.objects.values_list("places", flat=True):
        assert place[str(une.pk)] == place[str(autre.pk)]


@pytest.mark.parametrize("geste", ["toutes", "maximum:0"])
def test_trop_peu_de_places_se_leve_aussi(page, dossier, a_grouper, geste: str) -> None:
    a_grouper(6)
    envoi = reglages(("A", 0, 2), ("B", 0, 2))
    assert (
        "a au plus 2\u00a0places"
        in page.post(adresse("groupes_proposer", dossier.pk), envoi).content.decode()
    )
    page.post(adresse("groupes_proposer", dossier.pk), envoi | {"lever": geste})
    places = ScenarioDeGroupes.objects.first().places
    assert sum(not p for p in places.values()) == (2 if geste == "toutes" else 0)


def test_deplacer_verrouiller_puis_proposer_autour(page, dossier, scenario) -> None:
    cle = next(iter(scenario.places))
    ailleurs = 1 - scenario.places[cle][0]
    ajuster = adresse("groupes_ajuster", dossier.pk, scenario.pk)
    reponse = page.post(ajuster, {"geste": f"vers:{cle}:{ailleurs}"})
    assert reponse["Location"].endswith(f"#carte-{cle}")
    page.post(ajuster, {"geste": f"verrou:{cle}"})
    scenario.refresh_from_db()
    assert scenario.places[cle] == [ailleurs]
    assert scenario.verrous == [cle]
    assert scenario.ajuste
    assert page.post(ajuster, {"geste": f"vers:{cle}:-1"}).status_code == 403
    envoi = reglages(("Mécénat", 4, 6), ("Marketing", 4, 6), depuis=scenario.pk)
    page.post(adresse("groupes_proposer", dossier.pk), envoi)
    for nouveau in ScenarioDeGroupes.objects.all():
        assert nouveau.places[cle] == [ailleurs]
        assert nouveau.verrous == [cle]


def test_a_htmx_le_plateau_revient_avec_ce_que_le_geste_change(page, dossier, scenario) -> None:
    cle = next(iter(scenario.places))
    reponse = page.post(
        adresse("groupes_ajuster", dossier.pk, scenario.pk),
        {"geste": f"vers:{cle}:-1"},
        headers={"HX-Request": "true"},
    )
    contenu = reponse.content.decode()
    assert f'data-focus="{cle}"' in contenu
    assert "L’objectif passe de" in contenu
    assert "<h1" not in contenu
    assert "sort de ce que vous avez exigé" in contenu or "hors groupe" in contenu


@pytest.mark.parametrize(
    "geste", ["", "vers", "vers:rien:1", "vers::", "verrou:x", "autre:1:2", "aussi:\x00:1"]
)
def test_un_geste_illisible_ne_change_rien(page, dossier, scenario, geste: str) -> None:
    ajuster = adresse("groupes_ajuster", dossier.pk, scenario.pk)
    assert page.post(ajuster, {"geste": geste}).status_code == 302
    scenario.refresh_from_db()
    assert not scenario.ajuste


def test_une_place_qui_n_existe_pas_est_refusee(page, dossier, scenario) -> None:
    cle = next(iter(scenario.places))
    ajuster = adresse("groupes_ajuster", dossier.pk, scenario.pk)
    for geste in (f"vers:{cle}:9", f"vers:{dossier.pk}:0"):
        assert page.post(ajuster, {"geste": geste}).status_code == 403


def test_une_structure_arrivee_depuis_se_place_sans_rien_recalculer(
    page, dossier, scenario, mobilisees
) -> None:
    avant = dict(scenario.places)
    (nouvelle,) = mobilisees(1, "interessee")
    lire = f"{adresse('groupes', dossier.pk)}?scenario={scenario.pk}"
    contenu = page.get(lire).content.decode()
    assert "1\u00a0structure est arrivée depuis cette proposition" in contenu
    assert f'value="vers:{nouvelle.pk}:1"' in contenu
    with CaptureQueriesContext(connection) as geste:
        reponse = page.post(
            adresse("groupes_ajuster", dossier.pk, scenario.pk),
            {"geste": f"vers:{nouvelle.pk}:1"},
            headers={"HX-Request": "true"},
        )
    assert len([q for q in geste if "SAVEPOINT" not in q["sql"]]) <= 12
    plateau = reponse.content.decode()
    assert f"{nouvelle.structure.nom} est dans « Marketing »." in plateau.replace("\u00a0", " ")
    assert "L’objectif" in plateau
    assert "depuis cette proposition" not in plateau
    scenario.refresh_from_db()
    assert scenario.places == avant | {str(nouvelle.pk): [1]}


def test_une_structure_qui_n_est_pas_a_grouper_ne_se_place_pas(
    page, dossier, scenario, mobilisees
) -> None:
    """Seulement invitée, ou d'une autre mission : elle n'est pas dans l'atelier."""
    (invitee,) = mobilisees(1, "contactee")
    ajuster = adresse("groupes_ajuster", dossier.pk, scenario.pk)
    assert page.post(ajuster, {"geste": f"vers:{invitee.pk}:0"}).status_code == 403
    scenario.refresh_from_db()
    assert str(invitee.pk) not in scenario.places


def test_la_borne_ne_se_dit_plus_quand_ce_qu_elle_suppose_a_change(page, dossier, scenario) -> None:
    participation = dossier.participations.first()
    participation.niveau = "maitrise" if participation.niveau != "maitrise" else "decouverte"
    participation.save()
    contenu = page.get(adresse("groupes", dossier.pk)).content.decode()
    assert "l’écart au mieux possible n’est plus connu" in contenu
    assert "c’est prouvé" not in contenu


def test_des_groupes_qui_se_recouvrent(page, dossier, a_grouper) -> None:
    """Nord : des thèmes, et des structures de plusieurs groupes à la fois."""
    toutes = a_grouper(8)
    for participation in toutes[:3]:
        for theme in ("Mécénat", "Marketing"):
            SouhaitDeGroupe.objects.create(
                ingenierie=dossier, participation=participation, theme=theme
            )
    envoi = reglages(("Mécénat", 2, 8), ("marketing", 2, 8), plusieurs=2)
    page.post(adresse("groupes_proposer", dossier.pk), envoi)
    scenario = ScenarioDeGroupes.objects.first()
    doubles = {cle for cle, siennes in scenario.places.items() if len(siennes) == 2}
    assert doubles
    assert doubles <= {str(p.pk) for p in toutes[:3]}
    contenu = page.get(adresse("groupes", dossier.pk)).content.decode()
    assert "aussi dans" in contenu
    cle = str(toutes[5].pk)
    autre = 1 - scenario.places[cle][0]
    ajuster = adresse("groupes_ajuster", dossier.pk, scenario.pk)
    page.post(ajuster, {"geste": f"aussi:{cle}:{autre}"})
    scenario.refresh_from_db()
    assert scenario.places[cle] == [1 - autre, autre]
    page.post(ajuster, {"geste": f"aussi:{cle}:{autre}"})
    scenario.refresh_from_db()
    assert scenario.places[cle] == [1 - autre]


def test_la_decision_remplit_les_groupes_et_dit_ce_qu_elle_change(page, dossier, scenario) -> None:
    """Un groupe saisi à la main du même nom garde son profil ; un autre nom ne bouge pas."""
    une = dossier.participations.first()
    mecenat = Groupe.objects.create(ingenierie=dossier, nom="Mécénat", profil="Écrit à la main")
    mecenat.participations.set([une])
    Groupe.objects.create(ingenierie=dossier, nom="Déjà formé").participations.set([une])
    scenario.places[str(une.pk)] = [1]
    scenario.save()
    decider = adresse("groupes_decider", dossier.pk, scenario.pk)
    contenu = page.get(decider).content.decode()
    assert "<h1>Retenir «\u00a0Proposition 1\u00a0»</h1>" in contenu
    assert "en sortent : Association 000" in contenu
    assert "Déjà formé" in contenu
    assert page.post(decider, {"raisons": "", "version": scenario.version}).status_code == 422
    perime = page.post(decider, {"raisons": "Deux niveaux", "version": scenario.version + 4})
    assert perime.status_code == 422
    assert "Deux niveaux" in perime.content.decode()
    page.post(decider, {"raisons": "Deux niveaux", "version": scenario.version})
    scenario.refresh_from_db()
    assert scenario.etat == EtatDeScenario.RETENU
    mecenat.refresh_from_db()
    assert mecenat.profil == "Écrit à la main"
    for rang, nom in enumerate(("Mécénat", "Marketing")):
        attendus = {cle for cle, siennes in scenario.places.items() if siennes == [rang]}
        groupe = Groupe.objects.get(nom=nom)
        assert {str(p.pk) for p in groupe.participations.all()} == attendus
    assert list(Groupe.objects.get(nom="Déjà formé").participations.all()) == [une]
    acte = Acte.objects.sur(dossier).first()
    assert "a retenu les groupes" in acte.phrase
    assert "Deux niveaux" in acte.phrase
    assert not Acte.objects.sur(dossier).partageables().exists()


def test_une_structure_partie_depuis_n_entre_pas_dans_le_groupe_decide(
    page, dossier, scenario
) -> None:
    """Le plateau ne la montre plus : la décision ne peut la placer sans le dire."""
    partie, reste = dossier.participations.all()[:2]
    scenario.places |= {str(partie.pk): [0], str(reste.pk): [0]}
    scenario.save()
    Participation.objects.filter(pk=partie.pk).update(palier=Palier.DESISTEE)
    decider = adresse("groupes_decider", dossier.pk, scenario.pk)
    page.post(decider, {"raisons": "Oui", "version": scenario.version})
    membres = set(Groupe.objects.get(nom="Mécénat").participations.all())
    assert reste in membres
    assert partie not in membres


def test_chercher_autour_d_un_scenario_retenu_ne_le_deverrouille_pas(
    page, dossier, scenario
) -> None:
    cle = next(iter(scenario.places))
    page.post(adresse("groupes_ajuster", dossier.pk, scenario.pk), {"geste": f"verrou:{cle}"})
    scenario.refresh_from_db()
    decider = adresse("groupes_decider", dossier.pk, scenario.pk)
    page.post(decider, {"raisons": "Oui", "version": scenario.version})
    scenario.refresh_from_db()
    envoi = reglages(("Mécénat", 4, 6), ("Marketing", 4, 6), depuis=scenario.pk)
    proposer = adresse("groupes_proposer", dossier.pk)
    assert page.post(proposer, envoi | {"lever": f"verrou:{cle}"}).status_code == 302
    retenu = ScenarioDeGroupes.objects.get(pk=scenario.pk)
    assert (retenu.verrous, retenu.version) == ([cle], scenario.version)
    assert ScenarioDeGroupes.objects.exclude(pk=scenario.pk).last().verrous == []


def test_un_scenario_retenu_ne_s_ajuste_plus_et_se_reprend(page, dossier, scenario) -> None:
    decider = adresse("groupes_decider", dossier.pk, scenario.pk)
    page.post(decider, {"raisons": "Oui", "version": scenario.version})
    cle = next(iter(scenario.places))
    ajuster = adresse("groupes_ajuster", dossier.pk, scenario.pk)
    assert page.post(ajuster, {"geste": f"vers:{cle}:-1"}).status_code == 403
    scenario.refresh_from_db()
    revenir = adresse("groupes_etat", dossier.pk, scenario.pk, "revenir")
    page.post(revenir, {"version": scenario.version})
    autre = ScenarioDeGroupes.objects.exclude(pk=scenario.pk).first()
    decider = adresse("groupes_decider", dossier.pk, autre.pk)
    page.post(decider, {"raisons": "Plutôt", "version": autre.version})
    etats = set(ScenarioDeGroupes.objects.filter(etat="retenu").values_list("pk", flat=True))
    assert etats == {autre.pk}


def test_l_apercu_dit_ce_que_des_poids_changeraient_sans_rien_ecrire(
    page, dossier, scenario
) -> None:
    avant = list(ScenarioDeGroupes.objects.values())
    envoi = reglages(("Mécénat", 4, 6), ("Marketing", 4, 6), depuis=scenario.pk)
    dit = page.post(
        adresse("groupes_apercu", dossier.pk), envoi | {"poids_niveau": -3}
    ).content.decode()
    assert "Ces réglages donneraient un objectif de" in dit
    assert "de place depuis «\u00a0Proposition 1\u00a0»" in dit
    assert list(ScenarioDeGroupes.objects.values()) == avant
    assert (
        "ne se lisent pas" in page.post(adresse("groupes_apercu", dossier.pk), {}).content.decode()
    )


def test_avant_de_decider_on_lit_qui_reste_sans_groupe(page, dossier, scenario) -> None:
    decider = adresse("groupes_decider", dossier.pk, scenario.pk)
    assert "sans groupe" not in page.get(decider).content.decode()
    seule = dossier.participations.first()
    sortir = adresse("groupes_ajuster", dossier.pk, scenario.pk)
    page.post(sortir, {"geste": f"vers:{seule.pk}:-1"})
    lue = " ".join(page.get(decider).content.decode().split())
    assert f"1 structure reste sans groupe : {seule.structure.nom}." in lue


def test_l_apercu_dit_qu_aucune_structure_ne_changerait(page, dossier, scenario) -> None:
    envoi = reglages(("Mécénat", 4, 6), ("Marketing", 4, 6), depuis=scenario.pk)
    for cle in scenario.places:
        verrou = adresse("groupes_ajuster", dossier.pk, scenario.pk)
        page.post(verrou, {"geste": f"verrou:{cle}"})
    dit = page.post(adresse("groupes_apercu", dossier.pk), envoi).content.decode()
    assert ": aucune structure ne changerait de place depuis" in dit


def test_beaucoup_de_structures_deviennent_un_travail(page, dossier, a_grouper) -> None:
    a_grouper(61)
    reponse = page.post(
        adresse("groupes_proposer", dossier.pk), reglages(("A", 20, 40), ("B", 20, 40))
    )
    travail = Travail.objects.get()
    assert reponse["Location"] == travail.get_absolute_url()
    assert travail.suite == adresse("groupes", dossier.pk)


def test_la_page_tient_son_budget(page, dossier, a_grouper) -> None:
    """Douze requêtes au plus, autant à quatre structures qu'à quarante."""
    toutes = a_grouper(40)
    ConcurrencePresumee.objects.create(ingenierie=dossier, une=toutes[0], autre=toutes[1])
    page.post(adresse("groupes_proposer", dossier.pk), reglages(("A", 10, 30), ("B", 10, 30)))
    with CaptureQueriesContext(connection) as quarante:
        contenu = page.get(adresse("groupes", dossier.pk)).content
    assert len(quarante) <= 12
    assert len(contenu) <= 80_000
    for participation in toutes[4:]:
        participation.delete()
    with CaptureQueriesContext(connection) as quatre:
        page.get(adresse("groupes", dossier.pk))
    assert len(quatre) == len(quarante)
    scenario = ScenarioDeGroupes.objects.first()
    with CaptureQueriesContext(connection) as geste:
        page.post(
            adresse("groupes_ajuster", dossier.pk, scenario.pk),
            {"geste": f"vers:{toutes[0].pk}:-1"},
            headers={"HX-Request": "true"},
        )
    assert len([q for q in geste if "SAVEPOINT" not in q["sql"]]) <= 12
