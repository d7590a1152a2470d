"""La charge : le réalisé se compte, mène à sa liste, et se lit en face de ce qui est convenu."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage import methode
from maillage.accueillir.models import Demande, ObjectifConvenu, Parcours
from maillage.annuaire.models import Nature, Organisation, Personne, Role
from maillage.confirmer.models import Participation, ProjetDIntervention
from maillage.piloter.charge.comptes import COMPTES
from maillage.socle.quantites import Quantite
from tests.accueillir.monde_du_parcours import action, diagnostic, jour, parcours
from tests.comptes import connecte
from tests.fabriques import agent, mission, operateur, organisation

pytestmark = pytest.mark.django_db
ANNEE = jour().year


def page(compte: Any, **filtres: Any) -> Any:
    reponse = connecte(compte).get(reverse("piloter:charge"), filtres)
    assert reponse.status_code == 200
    return reponse


def faits(compte: Any, **filtres: Any) -> dict[str, str]:
    """Le réalisé par nature, tel qu'il se lit."""
    return {f.nature.code: str(f.fait) for f in page(compte, **filtres).context["faces"]}


def lignes(compte: Any, code: str, **filtres: Any) -> list[str]:
    adresse = reverse("piloter:charge_compte", args=[code])
    return [ligne.titre for ligne in connecte(compte).get(adresse, filtres).context["lignes"]]


def convenir(dla: Organisation, nature: str, nombre: int, **champs: Any) -> ObjectifConvenu:
    valeurs = {"nombre_valeur": nombre, "nombre_precision": "exact", "annee": ANNEE} | champs
    return ObjectifConvenu.objects.create(operateur=dla, nature=nature, **valeurs)


def test_chaque_nature_de_la_methode_se_compte() -> None:
    assert {n.code for n in methode.charge().natures} <= COMPTES.keys()


def annee_pleine(dla: Organisation) -> None:
    """Une de chaque : accueillie, diagnostiquée, en parcours, en mission, en collectif."""
    s = organisation(operateur=dla, nom="Théâtre")
    for _ in range(2):
        Demande.objects.create(structure=s, operateur=dla, etat="accueillie")
    Demande.objects.create(
        structure=organisation(operateur=dla), operateur=dla, etat="sans_suite", motif="Loin"
    )
    diagnostic(s)
    parcours(s)
    mission(dla, nature="individuelle", titre="Seule", annee=ANNEE)
    collective = mission(dla, titre="À plusieurs", annee=ANNEE)
    abandonnee = mission(dla, annee=ANNEE, etat="abandonnee", motif_de_fin="Personne")
    for dossier in (collective, abandonnee):
        Participation.objects.create(
            ingenierie=dossier, structure=s, palier="retenue", atteint="retenue"
        )
    projet = ProjetDIntervention(ingenierie=collective)
    projet.jours = Quantite(Decimal(6), unite="jour")
    projet.save()


def test_le_realise_se_compte_et_chaque_chiffre_mene_a_sa_liste() -> None:
    dla = operateur()
    annee_pleine(dla)
    annee_pleine(operateur("DLA du Jura"))
    par = agent(dla)
    lus = faits(par)
    assert lus.pop("jours") == "au moins 6\u00a0jours"
    assert lus == dict.fromkeys(lus, "1")
    assert "1 mission sans durée connue" in page(par).content.decode()
    for code in lus:
        assert len(lignes(par, code)) == 1, code
    assert lignes(par, "structures") == lignes(par, "structures_en_collectif") == ["Théâtre"]
    assert lignes(par, "jours") == ["À plusieurs", "Seule"]
    assert set(faits(par, annee=ANNEE - 1).values()) == {"0"}


def test_l_objectif_fait_face_au_realise_en_phrase() -> None:
    dla = operateur()
    annee_pleine(dla)
    par = agent(dla)
    assert "Aucun objectif n’est convenu" in page(par).content.decode()
    convenir(dla, "diagnostics", 2)
    convenir(dla, "diagnostics", 3, financeur=organisation(Nature.FINANCEUR))
    convenir(dla, "collectives", 1)
    convenir(dla, "jours", 10)
    convenir(dla, "parcours", 9, annee=ANNEE - 1)
    lues = {f.nature.code: f for f in page(par).context["faces"]}
    assert lues["diagnostics"].phrase == "Il en reste 4"
    assert lues["diagnostics"].part == 20
    assert lues["collectives"].phrase == "Objectif atteint"
    assert lues["jours"].phrase == "Il en reste au plus 4"
    assert lues["parcours"].phrase == "Pas d’objectif convenu"
    phrase = page(par).context["phrase"]
    assert phrase.startswith("1 objectif atteint sur 3. Le plus loin")
    assert "Diagnostics partagés" in phrase


def test_chacun_porte_ce_qu_il_porte_et_le_chiffre_mene_a_sa_liste() -> None:
    dla = operateur()
    par, collegue = agent(dla), agent(dla)
    moi = Personne.objects.get(compte=par)
    sienne = Personne.objects.get(compte=collegue)
    p = parcours(organisation(operateur=dla, nom="La mienne"), charge=moi)
    action(p, intitule="Due", echeance=jour(5))
    action(p, intitule="Loin", echeance=jour(90))
    parcours(organisation(operateur=dla), charge=sienne)
    mission(dla, charge=moi, titre="En cours")
    portes = {
        ligne["personne"]: [combien for _, combien, _ in ligne["portes"]]
        for ligne in page(par).context["personnes"]
    }
    assert portes == {moi: [1, 1, 1], sienne: [1, 0, 0]}
    assert lignes(par, "parcours_en_cours", charge=moi.pk) == ["La mienne"]
    assert lignes(par, "actions", charge=moi.pk) == ["Due"]
    assert lignes(par, "missions_ouvertes", charge=moi.pk) == ["En cours"]
    assert lignes(par, "actions", charge=sienne.pk) == []


def test_la_responsable_convient_corrige_et_retire() -> None:
    dla = operateur()
    client = connecte(agent(dla, Role.RESPONSABLE))
    adresse = reverse("piloter:objectif_convenir")
    envoi = {"annee": ANNEE, "nature": "diagnostics", "nombre": "environ 30"}
    assert client.post(adresse, envoi).status_code == 302
    objectif = ObjectifConvenu.objects.get()
    assert (str(objectif.nombre), objectif.operateur) == ("environ 30", dla)
    assert client.post(adresse, envoi).status_code == 422, "le même deux fois"
    for faux in ({"nombre": ""}, {"nombre": "beaucoup"}, {"annee": 1900}, {"nature": "zz"}):
        assert client.post(adresse, envoi | faux).status_code == 422, faux
    un = reverse("piloter:objectif_corriger", args=[objectif.pk])
    assert client.post(un, envoi | {"nombre": "25", "version": 1}).status_code == 302
    assert client.post(un, envoi | {"nombre": "20", "version": 1}).status_code == 422
    client.post(reverse("piloter:objectif_retirer", args=[objectif.pk]))
    assert not ObjectifConvenu.objects.exists()


def test_un_financeur_ne_lit_pas_l_objectif_convenu_avec_lui() -> None:
    dla, financeur = operateur(), organisation(Nature.FINANCEUR)
    convenir(dla, "diagnostics", 30, financeur=financeur)
    client = connecte(agent(financeur, Role.PARTENAIRE))
    assert client.get(reverse("piloter:charge")).status_code == 403


def test_une_adresse_absurde_donne_une_page() -> None:
    client = connecte(agent(operateur()))
    for absurde in ("?annee=abc", "?annee=1", "?annee=%00", "?annee=99999999999"):
        reponse = client.get(reverse("piloter:charge") + absurde)
        assert reponse.status_code == 200
        assert reponse.context["annee"] == ANNEE
    liste = reverse("piloter:charge_compte", args=["diagnostics"])
    assert client.get(f"{liste}?charge=x&tri=zz&annee=z").status_code == 200
    assert client.get(reverse("piloter:charge_compte", args=["zz"])).status_code == 404


def test_la_page_coute_autant_a_dix_qu_a_mille_parcours() -> None:
    dla = operateur()
    compte = agent(dla)
    couts = []
    for combien in (10, 990):
        lot = Organisation.objects.bulk_create(
            Organisation(nom=f"S{i}", natures=["structure"]) for i in range(combien)
        )
        Parcours.objects.bulk_create(Parcours(structure=s, operateur=dla) for s in lot)
        for adresse in ("piloter:charge", "piloter:charge_compte"):
            url = reverse(adresse, args=["parcours"] if "compte" in adresse else [])
            client = connecte(compte)
            client.get(url)
            with CaptureQueriesContext(connection) as captees:
                client.get(url)
            couts.append(len(captees))
    assert couts[:2] == couts[2:]
    assert max(couts) <= 12
