"""La page d'accueil : ce qu'elle range où, pour qui, et à quel coût."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from maillage.annuaire.models import Nature, Rattachement, Role
from maillage.annuaire.perimetre import perimetre_de
from maillage.confirmer.models import Consultation, Participation
from maillage.engager.models import Avis, Partenariat
from maillage.finaliser.models import Seance
from maillage.identifier.models import Problematique, Signal
from maillage.ingenieries.models import Avancement, EtatAvancement, EtatIngenierie, Ingenierie, Note
from maillage.ingenieries.operations import ajouter_element, marquer, modifier_ingenierie
from maillage.piloter.accueils import PAR_ROLE
from maillage.piloter.aujourdhui import MONTREES, Rangee, _questions, colonnes
from maillage.socle.models import Utilisateur
from tests.capitaliser.fabriques import fiche_publiee
from tests.comptes import connecte
from tests.fabriques import agent, departement, mission, operateur, organisation

pytestmark = pytest.mark.django_db

JOUR = date(2026, 3, 10)
NATURE_DU_ROLE = {
    Role.CHARGE_ACCOMPAGNEMENT: Nature.OPERATEUR,
    Role.RESPONSABLE: Nature.OPERATEUR,
    Role.DLA_REGIONAL: Nature.DLA_REGIONAL,
    Role.CENTRE_RESSOURCES: Nature.CENTRE_RESSOURCES,
    Role.NATIONAL: Nature.NATIONAL,
    Role.MEMBRE_COMITE: Nature.RESEAU,
    Role.PARTENAIRE: Nature.FINANCEUR,
    Role.PRESTATAIRE: Nature.PRESTATAIRE,
    Role.STRUCTURE: Nature.STRUCTURE,
    Role.ANIMATEUR: Nature.COLLECTIVITE,
    Role.ADMINISTRATEUR: Nature.NATIONAL,
}


def rangees(compte: Utilisateur, jour: date = JOUR) -> tuple[Rangee, Rangee, Rangee]:
    a_faire, semaine, bouge = colonnes(compte, jour)
    return a_faire, semaine, bouge


def libelles(rangee: Rangee) -> list[str]:
    return [ligne["libelle"] for ligne in rangee.lignes]


def test_le_retard_passe_devant_puis_ce_qui_vient_puis_le_reste() -> None:
    m = mission()
    par = agent(m.operateur)
    for code, jours in (("engager.lancer", 0), ("identifier.cerner", -3), ("engager.valider", -9)):
        marquer(m, code, EtatAvancement.A_FAIRE, echeance=JOUR + timedelta(days=jours), par=par)
    marquer(m, "confirmer.etablir", EtatAvancement.EN_COURS, echeance=JOUR + timedelta(3), par=par)
    a_faire, semaine, _ = rangees(par)
    assert [(ligne["etat"], ligne["echeance"]) for ligne in a_faire.lignes[:3]] == [
        ("en_retard", "En retard de 9\u00a0jours"),
        ("en_retard", "En retard de 3\u00a0jours"),
        ("a_faire", "Aujourd’hui"),
    ]
    assert a_faire.phrase == "2\u00a0gestes en retard, d’abord."
    assert [ligne["echeance"] for ligne in semaine.lignes] == ["Vendredi 13 mars"]


def test_chaque_ligne_a_son_geste_et_mene_a_la_demarche() -> None:
    m = mission(titre="Mécénat")
    par = agent(m.operateur)
    marquer(m, "identifier.cerner", EtatAvancement.FAIT, par=par)
    ligne = rangees(par)[0].lignes[0]
    assert (ligne["libelle"], ligne["contexte"]) == (
        "Cibler les structures bénéficiaires",
        "Mécénat",
    )
    assert ligne["geste_libelle"] == "Continuer"
    assert connecte(par).get(ligne["geste_url"]).status_code == 200


def test_une_demarche_datee_ne_se_dit_pas_deux_fois() -> None:
    m = mission()
    par = agent(m.operateur)
    marquer(m, "identifier.cerner", EtatAvancement.EN_COURS, echeance=JOUR, par=par)
    assert libelles(rangees(par)[0]) == ["Cerner une problématique"]


def test_une_mission_toute_faite_propose_de_se_clore() -> None:
    m = mission()
    Avancement.objects.bulk_create(
        Avancement(ingenierie=m, code=code, etat=EtatAvancement.FAIT) for code in DEMARCHES
    )
    assert "Clore la mission" in libelles(rangees(agent(m.operateur))[0])


DEMARCHES = [
    f"{etape}.{demarche}"
    for etape, demarches in {
        "identifier": ("cerner", "cibler", "positionner"),
        "engager": ("lancer", "convenir", "valider"),
        "confirmer": ("mobiliser", "etablir", "regler"),
        "finaliser": ("realiser", "evaluer", "capitaliser"),
    }.items()
    for demarche in demarches
]


def test_une_mission_close_propose_sa_fiche_puis_n_insiste_plus() -> None:
    m = mission(etat=EtatIngenierie.CLOSE, close_le=JOUR, titre="Mécénat")
    par = agent(m.operateur)
    assert libelles(rangees(par)[0]) == ["Publier la fiche de «\u00a0Mécénat\u00a0»"]
    fiche_publiee(m)
    assert libelles(rangees(par)[0]) == []


def test_ca_bouge_montre_les_gestes_des_autres_sur_mes_missions() -> None:
    m = mission(titre="Mécénat")
    moi, collegue = agent(m.operateur), agent(m.operateur)
    ailleurs = mission(operateur("DLA de la Gironde", departement("33", "Gironde")))
    modifier_ingenierie(m, version=1, liens={}, par=moi)
    marquer(m, "identifier.cerner", EtatAvancement.FAIT, par=collegue)
    marquer(m, "identifier.cibler", EtatAvancement.FAIT, par=collegue)
    marquer(ailleurs, "identifier.cerner", EtatAvancement.FAIT, par=agent(ailleurs.operateur))
    bouge = rangees(moi, timezone.localdate())[2]
    assert [(ligne["contexte"], ligne["libelle"]) for ligne in bouge.lignes] == [
        (
            "Mécénat",
            f"{collegue} a marqué «\u00a0Cibler les structures bénéficiaires\u00a0» fait, "
            "et 1\u00a0autre geste",
        )
    ]


def test_un_acte_interne_ne_sort_pas_des_dla_de_la_mission() -> None:
    m = mission()
    regional = agent(
        organisation(Nature.DLA_REGIONAL, territoires=list(m.territoires.all())), Role.DLA_REGIONAL
    )
    associe = operateur("DLA du Jura", departement("39", "Jura"))
    m.operateurs_associes.add(associe)
    ajouter_element(Note(ingenierie=m, texte="SECRET"), nom="la note", par=agent(m.operateur))
    aujourd_hui = timezone.localdate()
    assert any("SECRET" in texte for texte in libelles(rangees(agent(associe), aujourd_hui)[2]))
    assert not any("SECRET" in texte for texte in libelles(rangees(regional, aujourd_hui)[2]))


def test_les_fiches_parues_se_voient_de_tous() -> None:
    fiche_publiee(mission(titre="Mécénat"))
    national = agent(organisation(Nature.NATIONAL), Role.NATIONAL)
    assert libelles(rangees(national, timezone.localdate())[2]) == ["Mécénat"]


def test_un_partenaire_voit_ou_en_est_sa_mission_sans_avoir_a_la_conduire() -> None:
    m = mission(titre="Mécénat")
    financeur = organisation(Nature.FINANCEUR)
    Partenariat.objects.create(
        ingenierie=m, organisation=financeur, famille="financeurs", etat="engage"
    )
    a_faire, semaine, _ = rangees(agent(financeur, Role.PARTENAIRE))
    assert a_faire.lignes == []
    assert [(ligne["libelle"], ligne["contexte"]) for ligne in semaine.lignes] == [
        ("Mécénat", "En ce moment : cerner une problématique")
    ]


def test_le_regional_voit_les_retards_dans_la_semaine_et_ne_les_a_pas_a_faire() -> None:
    m = mission(titre="Mécénat")
    marquer(
        m,
        "identifier.cerner",
        EtatAvancement.A_FAIRE,
        echeance=JOUR - timedelta(2),
        par=agent(m.operateur),
    )
    regional = organisation(Nature.DLA_REGIONAL, territoires=list(m.territoires.all()))
    a_faire, semaine, _ = rangees(agent(regional, Role.DLA_REGIONAL))
    assert a_faire.lignes == []
    assert semaine.lignes[0]["contexte"] == "Mécénat"
    assert semaine.lignes[0]["echeance"] == "En retard de 2\u00a0jours"


@pytest.mark.parametrize("role", list(Role), ids=lambda r: r.value)
def test_chaque_role_a_un_accueil_juste_et_un_geste_qui_s_ouvre(role: Role) -> None:
    compte = agent(organisation(NATURE_DU_ROLE[role]), role)
    client = connecte(compte)
    page = client.get("/")
    assert page.status_code == 200
    assert PAR_ROLE[role].phrase in page.content.decode()
    for lien in page.context["navigation"]:
        assert client.get(lien.url).status_code == 200, lien.libelle
    adresse = page.content.decode().split(PAR_ROLE[role].geste)[0].rsplit('href="', 1)[1]
    assert client.get(adresse.split('"')[0]).status_code == 200


def test_un_perimetre_qui_change_change_aussitot_ce_que_l_on_voit() -> None:
    """Les questions restent écrites d'une page à l'autre, jamais pour un autre périmètre."""
    m = mission(titre="Mécénat")
    par = agent(m.operateur)
    ailleurs = mission(operateur("DLA de la Gironde", departement("33", "Gironde")), titre="Paie")
    client = connecte(par)
    assert "Mécénat" in client.get("/").content.decode()
    rattachement = Rattachement.objects.get(personne__compte=par)
    Rattachement.objects.filter(pk=rattachement.pk).update(organisation=ailleurs.operateur)
    page = client.get("/").content.decode()
    assert "Paie" in page
    assert "Mécénat" not in page


@pytest.mark.parametrize("role", Role.values)
def test_les_questions_s_ecrivent_sans_lire_la_base(
    role: str, django_assert_num_queries: Callable[[int], Any]
) -> None:
    """Gardées d'une page à l'autre, elles ne peuvent rien tenir de ce qui change en base."""
    par = agent(mission().operateur, role=role)
    perimetre = perimetre_de(par)
    with django_assert_num_queries(0):
        _questions(par.pk, perimetre, JOUR)


def test_les_questions_ne_s_ecrivent_qu_une_fois(monkeypatch: pytest.MonkeyPatch) -> None:
    par = agent(mission().operateur)
    colonnes(par, JOUR)
    monkeypatch.setattr("maillage.socle.lots._ecrire", lambda lot: pytest.fail("écrit deux fois"))
    colonnes(par, JOUR)


def test_sans_rattachement_la_page_dit_quoi_demander() -> None:
    compte = Utilisateur.objects.create_user("seule@exemple.fr", "un-mot-de-passe-long")
    page = connecte(compte).get("/").content.decode()
    assert "demandez à votre DLA" in page


def test_sans_connexion_on_demande_de_se_connecter(client) -> None:
    assert client.get("/")["Location"].startswith("/compte/login/")


def peupler(m: Ingenierie, par: Utilisateur, nombre: int) -> None:
    """De quoi faire parler chaque pièce."""
    hier = timezone.localdate() - timedelta(days=1)
    for rang in range(nombre):
        dossier = mission(m.operateur, titre=f"Mission {rang}")
        marquer(dossier, "identifier.cerner", EtatAvancement.A_FAIRE, echeance=hier, par=par)
        Signal.objects.create(operateur=m.operateur, texte=f"Besoin {rang}")
        Problematique.objects.create(operateur=m.operateur, titre=f"Problème {rang}")
        Avis.objects.create(ingenierie=dossier, operateur=m.operateur, date=hier)
        Seance.objects.create(ingenierie=dossier, forme="collective", titre="Séance", date=hier)
        Consultation.objects.create(ingenierie=dossier, etat="close")
        Participation.objects.create(
            ingenierie=dossier,
            structure=organisation(),
            palier="contactee",
            atteint="contactee",
            contactee_le=hier - timedelta(days=30),
        )
        fiche_publiee(dossier)


def test_la_page_coute_cinq_requetes_et_ne_deborde_pas() -> None:
    m = mission()
    moi, collegue = agent(m.operateur), agent(m.operateur)

    client = connecte(moi)

    def ouvrir() -> tuple[int, Any]:
        with CaptureQueriesContext(connection) as requetes:
            page = client.get("/")
        assert page.status_code == 200
        print("\n".join(q["sql"][:160] for q in requetes))
        return len(requetes), page

    peupler(m, collegue, 1)
    peu, _ = ouvrir()
    peupler(m, collegue, 25)
    beaucoup, page = ouvrir()
    assert beaucoup == peu == 5, "session, compte, périmètre, ce qui attend, ce qui bouge"
    assert max(len(colonne.lignes) for colonne in page.context["colonnes"]) == MONTREES
    assert f"Les {MONTREES} premiers sur" in page.context["colonnes"][0].phrase
    assert len(page.content) < 80_000
