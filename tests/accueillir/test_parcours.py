"""Le parcours : ce que sa page dit, ce que chacun peut y faire, ce qu'elle coûte."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.accueillir.models import Action, Evolution, Parcours
from maillage.accueillir.parcours import operations
from maillage.accueillir.parcours.chiffres import comparer
from maillage.annuaire.models import ChiffresAnnuels, Personne, Role
from maillage.socle.models import Acte, Notification
from tests.accueillir.monde_du_parcours import action, diagnostic, jour, parcours, point
from tests.comptes import connecte
from tests.fabriques import agent, operateur, organisation

pytestmark = pytest.mark.django_db


def page(compte: Any, objet: Any) -> str:
    """Ce que dit la page, d'une espace à l'autre."""
    reponse = connecte(compte).get(objet.get_absolute_url())
    assert reponse.status_code == 200
    return " ".join(reponse.content.decode().split())


def envoyer(compte: Any, adresse: str, **champs: Any) -> Any:
    return connecte(compte).post(adresse, champs)


def etat(objet: Action, verbe: str) -> str:
    return reverse("accueillir:action_etat", args=[objet.pk, verbe])


def test_la_page_dit_ou_il_en_est_et_ce_qui_presse() -> None:
    p = parcours()
    action(p, sorte="expertise", intitule="Revoir le budget", echeance=jour(-3))
    action(p, etat="faite", faite_le=jour(-1))
    point(p, prochain_le=jour(4))
    lue = page(agent(p.operateur), p)
    assert "1 action faite sur 2, 1 en retard. Prochain point le" in lue
    assert "Revoir le budget</a>, attendue le" in lue
    assert "1 action sans personne pour la mener." in lue


def test_un_rendez_vous_passe_sans_nouvelle_rencontre_se_dit() -> None:
    p = parcours()
    point(p, date=jour(-20), prochain_le=jour(-2))
    assert "n’est pas noté." in page(agent(p.operateur), p)
    point(p, date=jour(-1))
    assert "n’est pas noté." not in page(agent(p.operateur), p)


def test_ouvert_depuis_un_diagnostic_il_en_reprend_les_besoins() -> None:
    d = diagnostic()
    par = agent(d.operateur)
    ouvrir = reverse("accueillir:parcours_ouvrir", args=[d.structure_id])
    propose = connecte(par).get(f"{ouvrir}?diagnostic={d.pk}").content.decode()
    assert f'value="{d.pk}" selected' in propose
    envoyer(par, ouvrir, diagnostic=d.pk, ouvert_le=jour(), visee="Deux emplois stables")
    p = Parcours.objects.get()
    lue = page(par, p)
    assert "Embaucher sans se perdre" in lue
    assert "1 besoin sans action en face." in lue
    action(p, besoin=d.besoins.get())
    assert "sans action en face" not in page(par, p)


def test_le_diagnostic_d_une_autre_structure_ou_d_un_autre_dla_n_est_pas_repris() -> None:
    d = diagnostic()
    etranger = diagnostic(organisation(operateur=d.operateur))
    par = agent(d.operateur)
    ouvrir = reverse("accueillir:parcours_ouvrir", args=[d.structure_id])
    reponse = envoyer(par, ouvrir, diagnostic=etranger.pk, ouvert_le=jour())
    assert reponse.status_code == 422
    assert not Parcours.objects.exists()


def test_une_action_change_d_etat_et_revient() -> None:
    p = parcours()
    a, par = action(p), agent(p.operateur)
    for verbe, motif, attendu in (
        ("engager", "", "engagee"),
        ("terminer", "Le poste est pourvu", "faite"),
        ("reprendre", "", "engagee"),
        ("abandonner", "", "engagee"),
        ("abandonner", "Plus de besoin", "abandonnee"),
        ("reprendre", "", "engagee"),
    ):
        a.refresh_from_db()
        envoyer(par, etat(a, verbe), version=a.version, motif=motif)
        a.refresh_from_db()
        assert a.etat == attendu, verbe
    assert a.resultat == "Le poste est pourvu"
    assert (a.faite_le, a.motif) == (None, "")


def test_une_action_abandonnee_dit_pourquoi_meme_en_base() -> None:
    with pytest.raises(ValidationError, match="pourquoi"):
        Action(parcours=parcours(), sorte="propre", intitule="X", etat="abandonnee").full_clean()


def test_deux_personnes_sur_la_meme_action_ne_perdent_rien() -> None:
    p = parcours()
    a, par = action(p), agent(p.operateur)
    envoyer(par, etat(a, "engager"), version=1)
    envoyer(par, etat(a, "terminer"), version=1)
    a.refresh_from_db()
    assert a.etat == "engagee"
    adresse = reverse("accueillir:action_modifier", args=[p.pk, a.pk])
    reponse = envoyer(par, adresse, version=1, intitule="Autre", sorte="propre")
    assert reponse.status_code == 422
    assert "pendant que vous l’écriviez" in reponse.content.decode()


def test_la_structure_lit_son_parcours_et_dit_faite_son_action() -> None:
    d = diagnostic(soumis_le=None)
    besoin = d.besoins.get()
    p = parcours(d.structure, diagnostic=d, charge=Personne.objects.get(compte=agent(d.operateur)))
    sienne = action(p, besoin=besoin)
    autre = action(p, sorte="expertise", intitule="Relire les comptes")
    point(p, resume="On a parlé du poste", note_interne="MOT-INTERNE")
    operations.ajouter_element(
        p.notes.model(parcours=p, texte="MOT-INTERNE"), nom="la note", par=None
    )
    contact = agent(d.structure, Role.STRUCTURE)
    lue = page(contact, p)
    assert "On a parlé du poste" in lue
    assert "MOT-INTERNE" not in lue
    assert besoin.dit not in lue, "un diagnostic en cours n'est pas encore partagé"
    assert etat(sienne, "terminer") in lue
    assert etat(autre, "terminer") not in lue
    assert etat(sienne, "abandonner") not in lue
    envoyer(contact, etat(sienne, "terminer"), version=1, motif="C’est fait")
    sienne.refresh_from_db()
    assert sienne.etat == "faite"
    assert Notification.objects.get().destinataire == p.charge.compte
    assert envoyer(contact, etat(autre, "terminer"), version=1).status_code == 403


def test_la_structure_lit_les_besoins_d_un_diagnostic_soumis_sauf_l_interne() -> None:
    d = diagnostic(soumis_le="2026-03-02T10:00Z", etat="a_valider")
    d.besoins.create(domaine="gouvernance", dit="MOT-INTERNE", interne=True)
    p = parcours(d.structure, diagnostic=d)
    action(p, besoin=d.besoins.get(interne=True))
    contact = agent(d.structure, Role.STRUCTURE)
    lue = page(contact, p)
    assert "Embaucher sans se perdre" in lue
    assert "MOT-INTERNE" not in lue


def test_une_action_remise_previent_la_personne_une_fois() -> None:
    p = parcours()
    collegue = Personne.objects.get(compte=agent(p.operateur))
    a, par = action(p), agent(p.operateur)
    adresse = reverse("accueillir:action_modifier", args=[p.pk, a.pk])
    for version in (1, 2):
        envoyer(
            par,
            adresse,
            version=version,
            intitule=a.intitule,
            sorte=a.sorte,
            personne=collegue.pk,
        )
    annonces = Notification.objects.filter(destinataire=collegue.compte)
    assert [n.phrase for n in annonces] == [f"On vous confie : {a.intitule} ({p.structure.nom})."]


def test_une_action_ne_se_confie_qu_a_l_equipe_ou_a_la_structure() -> None:
    p = parcours()
    ailleurs = Personne.objects.get(compte=agent(operateur("DLA du Jura")))
    adresse = reverse("accueillir:action_ajouter", args=[p.pk])
    reponse = envoyer(
        agent(p.operateur), adresse, intitule="X", sorte="propre", personne=ailleurs.pk
    )
    assert reponse.status_code == 422


def test_clos_il_ne_s_ecrit_plus_sauf_son_bilan_et_il_se_reprend() -> None:
    p = parcours()
    par = agent(p.operateur)
    a = action(p)
    verbe = reverse("accueillir:parcours_etat", args=[p.pk, "interrompre"])
    envoyer(par, verbe, version=1)
    p.refresh_from_db()
    assert p.etat == "en_cours", "sans raison, rien ne s'arrête"
    envoyer(par, verbe, version=1, motif="La salariée part")
    p.refresh_from_db()
    assert (p.etat, p.clos_le) == ("interrompu", jour())
    assert envoyer(par, etat(a, "engager"), version=1).status_code == 403
    assert "La salariée part" in page(par, p)
    bilan = reverse("accueillir:parcours_bilan", args=[p.pk])
    assert envoyer(par, bilan, version=2, changements="Peu").status_code == 302
    envoyer(par, reverse("accueillir:parcours_etat", args=[p.pk, "reprendre"]), version=3)
    p.refresh_from_db()
    assert (p.etat, p.clos_le, p.motif) == ("en_cours", None, "")


def test_le_bilan_se_dit_besoin_par_besoin_et_se_reprend() -> None:
    d = diagnostic()
    besoin = d.besoins.get()
    p = parcours(d.structure, diagnostic=d)
    par, bilan = agent(p.operateur), reverse("accueillir:parcours_bilan", args=[p.pk])
    envoi = {f"constat_{besoin.pk}": "avance", f"mots_{besoin.pk}": "Un CDI"}
    envoyer(par, bilan, version=1, changements="Une équipe", **envoi)
    envoyer(par, bilan, version=2, changements="Une équipe", **envoi | {f"constat_{besoin.pk}": ""})
    evolution = Evolution.objects.get()
    assert (evolution.constat, evolution.mots) == ("", "Un CDI")
    assert "Un CDI" in page(par, p)
    faux = envoyer(par, bilan, version=3, **{f"constat_{besoin.pk}": "parfait"})
    assert faux.status_code == 422


def test_les_chiffres_avant_et_apres_gardent_l_inconnu() -> None:
    annees = [
        ChiffresAnnuels(annee=2023, emplois_valeur=3, emplois_precision="exact"),
        ChiffresAnnuels(annee=2025, emplois_valeur=5, emplois_precision="environ"),
        ChiffresAnnuels(annee=2030, emplois_valeur=9, emplois_precision="exact"),
    ]
    lu = comparer(annees, 2024, 2025)
    assert (lu.avant, lu.apres) == (2023, 2025)
    emplois, _, budget = lu.lignes
    assert emplois.ecart == "environ +\u00a02"
    assert budget.ecart == "inconnu"
    assert comparer([], 2024, 2025).avant is None


def test_une_saisie_absurde_ne_casse_rien() -> None:
    p = parcours()
    par = agent(p.operateur)
    a = action(p)
    client = connecte(par)
    ajouter = reverse("accueillir:action_ajouter", args=[p.pk])
    assert client.get(f"{ajouter}?besoin=pas-un-uuid&echeance=%00&x=1").status_code == 200
    for envoi in ({}, {"intitule": "X", "sorte": "zz"}, {"intitule": "a" * 900, "sorte": "propre"}):
        assert client.post(ajouter, envoi).status_code == 422
    ouvrir = reverse("accueillir:parcours_ouvrir", args=[p.structure_id])
    assert client.get(f"{ouvrir}?diagnostic=zz").status_code == 200
    assert client.post(ouvrir, {"ouvert_le": "0001-01-01"}).status_code == 422
    for verbe in ("engager", "zz"):
        assert client.post(etat(a, verbe), {"version": "x"}).status_code == 302
    rdv = {"date": jour(), "prochain_le": jour(-1)}
    assert client.post(reverse("accueillir:point_ajouter", args=[p.pk]), rdv).status_code == 422


def test_la_page_coute_autant_a_deux_actions_qu_a_cent() -> None:
    d = diagnostic()
    p = parcours(d.structure, diagnostic=d)
    for compte in (agent(p.operateur), agent(d.structure, Role.STRUCTURE)):
        client = connecte(compte)
        couts = []
        for combien in (2, 98):
            for rang in range(combien):
                action(p, intitule=f"Action {rang}", besoin=d.besoins.first())
                point(p)
            client.get(p.get_absolute_url())
            with CaptureQueriesContext(connection) as captees:
                client.get(p.get_absolute_url())
            couts.append(len(captees))
        assert couts[0] == couts[1] <= 12
        Action.objects.all().delete()


def test_le_journal_tait_les_notes_a_la_structure() -> None:
    p = parcours()
    par = agent(p.operateur)
    envoyer(par, reverse("accueillir:note_ajouter", args=[p.pk]), texte="MOT-INTERNE")
    assert Acte.objects.get(phrase__contains="MOT-INTERNE").interne
    assert p.notes.get().auteur == par
    assert "MOT-INTERNE" not in page(agent(p.structure, Role.STRUCTURE), p)
