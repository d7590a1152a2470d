"""Le bilan : ce qu'il compte, ce qu'il sépare, à qui il parle, et où mènent ses chiffres."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from maillage.annuaire.models import Nature, Role
from maillage.ingenieries.models import Ingenierie
from maillage.piloter.bilan.lecture import DERNIERE, SANS_ANNEE, TOUTES, Periode, de_a, lire
from maillage.piloter.bilan.tableur import MISSIONS
from maillage.piloter.calculs.bilan import Bilan, Cellule, dire, moyenne, reserves
from maillage.socle.models import Utilisateur
from maillage.socle.quantites import Total
from maillage.territoires.models import Niveau, Territoire
from tests.comptes import connecte
from tests.fabriques import agent, commune, departement, mission, operateur, organisation
from tests.piloter.fabriques import apport, declarer, depense, projet, q, retenir

pytestmark = pytest.mark.django_db


def bilan(periode: Periode = TOUTES, axe: str = "") -> Bilan:
    return lire(None, periode, axe)


def ligne(lu: Bilan, cle: Any) -> Cellule:
    return next(c for c in lu.lignes if c.cle == str(cle))


def page(compte: Utilisateur, adresse: str = "/pilotage/") -> Any:
    client = connecte(compte)
    return client.get(adresse)


def lu(reponse: Any) -> str:
    """Le texte de la page, sans balises."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", reponse.content.decode())).split())


def test_connu_approche_et_inconnu_restent_separes() -> None:
    for montant in (q(2000), q(1500, "environ"), q(None)):
        depense(mission(), montant=montant)
    mission()
    cout = bilan().ensemble.cout
    assert cout == Total(3500, 2, 1, 2, "€", "environ")
    assert dire(cout) == "environ 3\u202f500\u00a0€"
    assert reserves(cout) == "sur 2\u00a0missions, dont 1 approchée"


def test_une_depense_qui_manque_fait_dire_au_moins() -> None:
    m = mission()
    depense(m, montant=q(300))
    depense(m)
    assert dire(bilan().ensemble.cout) == "au moins 300\u00a0€"


def test_une_part_d_un_cout_inconnu_reste_une_part() -> None:
    connu, inconnu = mission(), mission()
    depense(connu, montant=q(1000))
    for m in (connu, inconnu):
        apport(m, famille="collectivites", part=q(40))
    (famille,) = bilan().apports
    assert (famille.acquis.valeur, famille.acquis.connues, famille.acquis.inconnues) == (400, 1, 0)
    assert famille.parts == 1


def test_les_financements_se_rangent_par_famille_et_par_reponse() -> None:
    m = mission()
    apport(m, credits_dla=True, montant=q(2000), etat="verse")
    apport(m, famille="opco", montant=q(500), etat="demande")
    apport(m, famille="opco", montant=q(None), etat="demande")
    apport(m, famille="prives", montant=q(900), etat="refuse")
    apport(m, famille="prives", montant=q(800), etat="pressenti")
    apports = {a.code: a for a in bilan().apports}
    assert apports.keys() == {"credits_dla", "opco"}
    assert apports["credits_dla"].acquis.valeur == 2000
    attendus = apports["opco"].attendus
    assert (attendus.valeur, attendus.connues, attendus.inconnues) == (500, 1, 1)
    assert bilan().acquis.valeur == 2000


def test_une_structure_compte_une_fois_a_travers_ses_missions() -> None:
    doubs = operateur()
    structure = organisation()
    for annee in (2024, 2025):
        m = mission(doubs, annee=annee)
        retenir(m, structure)
        retenir(m)
    declarer(mission(doubs, annee=2025), q(20, "environ"))
    mission(doubs, annee=2025)
    lu = bilan(axe="annee")
    assert lu.ensemble.nommees == 3
    assert [ligne(lu, a).nommees for a in (2024, 2025)] == [2, 2]
    assert dire(lu.ensemble.structures) == "environ 23"
    assert (lu.ensemble.sans_nom.valeur, lu.ensemble.sans_nom.inconnues) == (20, 1)


def test_une_mission_abandonnee_est_comptee_a_part() -> None:
    m = mission(etat="abandonnee", motif_de_fin="Plus personne.")
    depense(m, montant=q(900))
    retenir(m)
    apport(m, montant=q(900))
    e = bilan(axe="secteur").ensemble
    assert (e.missions, e.abandonnees, e.nommees, e.cout.connues) == (0, 1, 0, 0)
    assert not bilan().apports
    assert "1 mission abandonnée" in lu(page(agent(m.operateur)))


def test_une_mission_inter_dla_compte_une_fois_et_chez_chacun() -> None:
    jura = operateur("DLA du Jura", departement("39", "Jura"))
    m = mission()
    m.operateurs_associes.add(jura)
    depense(m, montant=q(1000))
    lu = bilan(axe="operateur")
    assert (lu.ensemble.missions, lu.ensemble.cout.valeur) == (1, 1000)
    assert {c.libelle: c.cout.valeur for c in lu.lignes} == {
        "DLA du Doubs": 1000,
        "DLA du Jura": 1000,
    }


def test_nature_et_type() -> None:
    projet(mission(), type_ingenierie="solution_avec")
    projet(mission(nature="individuelle"), type_ingenierie="individuelle")
    mission()
    e = bilan().ensemble
    assert (e.collectives, e.individuelles) == (2, 1)
    assert e.types == {
        "individuelle": 1,
        "reponse_collective": 0,
        "solution_avec": 1,
        "non_dit": 1,
    }


def test_les_durees_se_lisent_en_moyenne() -> None:
    projet(mission(), duree=q(6))
    projet(mission(), duree=q(9, "presque"))
    mission()
    duree = bilan().ensemble.duree
    assert str(moyenne(duree)) == "presque 7,5\u00a0mois"
    assert duree.inconnues == 1
    assert str(moyenne(bilan().ensemble.delai)) == "inconnu"


def test_par_territoire_chaque_lieu_et_ce_qui_est_plus_large() -> None:
    doubs, jura = departement(), departement("39", "Jura")
    region = Territoire.objects.create(
        niveau=Niveau.REGION, code="27", nom="Bourgogne", nom_normalise="bourgogne"
    )
    Territoire.objects.filter(pk=region.pk).update(chemin=[region.pk])
    deux, large = mission(), mission()
    deux.territoires.set([doubs, jura])
    large.territoires.set([region])
    lu = bilan(axe="departement")
    assert {c.cle: c.missions for c in lu.lignes} == {
        str(doubs.pk): 1,
        str(jura.pk): 1,
        "plus_large": 1,
    }
    assert ligne(lu, doubs.pk).libelle == doubs.nom_complet


def test_la_periode_ne_garde_que_les_annees_que_dit_la_source() -> None:
    for annee, dite in ((2006, False), (2010, True), (2012, True)):
        mission(annee=annee, annee_dite=dite)
    assert bilan(DERNIERE).ensemble.missions == 1
    assert bilan(de_a(2006, 2010)).ensemble.missions == 1
    assert bilan(SANS_ANNEE).ensemble.missions == 1
    toutes = bilan(axe="annee")
    assert toutes.ensemble.missions == 3
    assert {c.cle for c in toutes.lignes} == {"2010", "2012", "non_dit"}
    assert [a.annee for a in toutes.annees] == [2012, 2010, None]


def test_sans_mission_la_page_dit_quoi_faire() -> None:
    assert "Rien à compter ici" in lu(page(agent(operateur())))


def test_la_page_s_ouvre_sur_la_derniere_annee() -> None:
    doubs = operateur()
    for annee in (2024, 2025, 2025):
        mission(doubs, annee=annee)
    compte = agent(doubs)
    assert "En 2025\u00a0: 2\u00a0missions menées" in page(compte).context["phrase"]
    assert "Toutes les années\u00a0: 3" in page(compte, "/pilotage/?de=&a=").context["phrase"]
    assert "De 2024 à 2025\u00a0: 3" in page(compte, "/pilotage/?de=2024&a=2025").context["phrase"]


def test_chaque_chiffre_mene_a_la_liste_qu_il_compte() -> None:
    """Les liens de la page, ouverts un à un, montrent autant de missions que dit le chiffre."""
    doubs, jura = operateur(), operateur("DLA du Jura", departement("39", "Jura"))
    for rang in range(6):
        m = mission(doubs, annee=2024 + rang % 2, secteur="culture" if rang % 3 else "")
        if rang % 2:
            depense(m, montant=q(100, "environ"))
            projet(m, jours=q(2), duree=q(3), type_ingenierie="solution_avec")
            retenir(m)
            apport(m, credits_dla=True, montant=q(100))
        if rang == 3:
            m.operateurs_associes.add(jura)
    mission(doubs, annee=2025, etat="abandonnee", motif_de_fin="Plus personne.")
    compte = agent(doubs)
    client = connecte(compte)
    ouverts = 0
    for par in ("annee", "operateur", "departement", "secteur"):
        contexte = client.get(f"/pilotage/?de=&a=&par={par}").context
        ensemble = contexte["ensemble"]
        attendus = {case.url: None for _, case in contexte["chiffres"]}
        attendus |= {
            contexte["chiffres"][0][1].url: ensemble.missions,
            contexte["chiffres"][3][1].url: ensemble.cout.connues,
            contexte["url_sans_euros"]: ensemble.cout.inconnues,
            contexte["url_abandonnees"]: ensemble.abandonnees,
        }
        for rangee in contexte["lignes"]:
            cases = dict(rangee.cases)
            attendus[cases["Missions"].url] = rangee.cellule.missions
            attendus[cases["Coût"].url] = rangee.cellule.cout.connues
            attendus[cases["Coût"].url_manque] = rangee.cellule.cout.inconnues
            attendus[cases["Structures"].url_manque] = rangee.cellule.sans_nom.inconnues
        attendus |= {url: int(combien[0]) for _, combien, url in contexte["types"]}
        for url, combien in attendus.items():
            if url and combien is not None:
                assert client.get(url).context["liste"].total == combien, url
                ouverts += 1
    assert ouverts > 30


def test_la_liste_dit_les_filtres_qu_un_lien_pose_et_les_garde() -> None:
    doubs = operateur()
    mission(doubs)
    reponse = page(agent(doubs), "/missions/?cout=inconnu&de=2026&a=2026&etat=menees")
    assert "Coût\u00a0: inconnu" in unescape(reponse.content.decode())
    assert '<input type="hidden" name="cout" value="inconnu"' in reponse.content.decode()
    assert reponse.context["liste"].total == 1


@pytest.mark.parametrize(
    "adresse", ["?de=abc&a=99999", "?operateur=x", "?par=x&page=99", "?de=\x00"]
)
def test_une_adresse_illisible_ne_casse_rien(adresse: str) -> None:
    doubs = operateur()
    mission(doubs)
    assert page(agent(doubs), f"/pilotage/{adresse}").status_code == 200


def feuilles(reponse: Any) -> dict[str, list[list[Any]]]:
    livre = CalamineWorkbook.from_filelike(BytesIO(reponse.getvalue()))
    return {nom: livre.get_sheet_by_name(nom).to_python() for nom in livre.sheet_names}


def en_lignes(feuille: list[list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(feuille[0], valeurs, strict=True)) for valeurs in feuille[1:]]


def test_le_tableur_dit_comme_la_page_nombres_en_nombres() -> None:
    doubs = operateur()
    m = mission(doubs, titre="=CMD()", annee=2025)
    depense(m, montant=q(1500, "environ"))
    apport(m, credits_dla=True, montant=q(1500))
    mission(doubs, annee=2025)
    lues = feuilles(page(agent(doubs), "/pilotage/?export=xlsx"))
    assert list(lues) == [
        "Ensemble",
        "Financements",
        "Par année",
        "Par DLA",
        "Par département",
        "Par secteur",
        "Missions",
    ]
    (ensemble,) = en_lignes(lues["Ensemble"])
    assert ensemble["Missions menées"] == 2
    assert (ensemble["Coût (€)"], ensemble["Coût (€) : précision"]) == (1500, "environ")
    assert (ensemble["Coût (€) : connues"], ensemble["Coût (€) : inconnues"]) == (1, 1)
    assert ensemble["Jours d’intervention"] == ""
    assert en_lignes(lues["Financements"])[0]["Acquis (€)"] == 1500
    missions = {ligne["Titre"]: ligne for ligne in en_lignes(lues["Missions"])}
    assert missions["=CMD()"]["Coût (€)"] == 1500
    assert [x["Coût (€)"] for titre, x in missions.items() if titre != "=CMD()"] == [""]


def test_les_colonnes_du_tableur_sont_stables() -> None:
    codes = [c.code for c in MISSIONS.colonnes]
    assert codes[:10] == [
        *("id", "titre", "annee", "annee_dite", "nature", "type", "dla", "secteur", "etat"),
        "nommees",
    ]
    assert len(codes) == len(set(codes))


def test_le_tableur_national_n_a_pas_la_liste_des_missions() -> None:
    mission(titre="Secret de mission")
    compte = agent(organisation(Nature.NATIONAL), Role.NATIONAL)
    lues = feuilles(page(compte, "/pilotage/?export=xlsx"))
    assert "Missions" not in lues
    assert "Secret" not in str(lues)


def test_chacun_ne_compte_que_ce_qu_il_voit() -> None:
    doubs, gironde = operateur(), operateur("DLA de la Gironde", departement("33", "Gironde"))
    mission(doubs), mission(gironde), mission(gironde)
    regional = organisation(Nature.DLA_REGIONAL, territoires=[departement()])
    assert page(agent(doubs)).context["ensemble"].missions == 1
    assert page(agent(gironde)).context["ensemble"].missions == 2
    assert page(agent(regional, Role.DLA_REGIONAL)).context["ensemble"].missions == 1


def test_le_niveau_national_lit_tout_sans_rien_nommer_ni_ouvrir() -> None:
    doubs = operateur()
    m = mission(doubs, titre="Secret de mission")
    retenir(m, organisation(nom="Association Confidence"))
    compte = agent(organisation(Nature.NATIONAL), Role.NATIONAL)
    for par in ("annee", "operateur", "region", "secteur"):
        reponse = page(compte, f"/pilotage/?par={par}")
        assert reponse.context["ensemble"].nommees == 1
        texte = reponse.content.decode()
        assert "/missions/" not in texte
        assert "Confidence" not in texte
        assert "Secret" not in texte


def test_le_niveau_national_ne_descend_pas_a_la_commune() -> None:
    """Une mission individuelle dans une petite commune désigne la structure qu'elle sert."""
    doubs = operateur()
    commune(dans=departement())
    national = agent(organisation(Nature.NATIONAL), Role.NATIONAL)
    for compte, dit in ((national, "25056 » n’est pas un lieu connu"), (agent(doubs), "")):
        texte = lu(page(compte, "/pilotage/?territoire=25056"))
        assert ("n’est pas un lieu connu" in texte) == bool(dit)
        assert dit in texte
    assert "lieu connu" not in lu(page(national, "/pilotage/?territoire=25"))


@pytest.mark.parametrize("role", [Role.PARTENAIRE, Role.STRUCTURE, Role.PRESTATAIRE])
def test_qui_n_est_pas_du_reseau_est_refuse_avec_la_raison(role: str) -> None:
    reponse = page(agent(organisation(), role))
    assert reponse.status_code == 403
    assert "ouvert aux agents du réseau" in lu(reponse)


def test_le_nombre_de_requetes_ne_depend_pas_du_volume(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    doubs = operateur()
    client = connecte(agent(doubs))
    for combien in (10, 400):
        Ingenierie.objects.bulk_create(
            Ingenierie(titre=f"M{rang}", operateur=doubs, annee=2010 + rang % 15)
            for rang in range(combien)
        )
        for par in ("annee", "operateur", "departement", "secteur"):
            with django_assert_max_num_queries(8):
                client.get(f"/pilotage/?de=&a=&par={par}")
