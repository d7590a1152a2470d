"""Le Nord rejoué en entonnoir : inviter large, écouter par lien personnel, resserrer, le dessiner.

Les nombres sont ceux de `cas/nord-repertoire.yaml` ; les structures, celles de l'instance d'essai.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.core import mail
from django.db.models import F
from playwright.sync_api import expect

from maillage.confirmer.models import Invitation
from tests.parcours.conftest import Arriver, Entrer
from tests.parcours.pages import PageFormulaire, PageMission
from tests.parcours.personne import Personne

VOIE = (
    "L’entonnoir. Inviter largement, informer ou s’entretenir avec chacune, puis garder les plus "
    "mobilisées."
)
TITRE = "Du répertoire aux rencontres"
THEATRE, JARDINS, CHORALE = "Théâtre du Pont Neuf", "Les Jardins de la Loue", "La Chorale du Mont"
LIMITE = date.today() + timedelta(days=30)
ATTENTES = "Oser parler de nous à une entreprise."
SOURCE = "Note du Cnar Culture, encadré sur le Nord"
EFFECTIFS = (
    ("contactées", "30", "venues à la première réunion d’information"),
    ("intéressées", "environ 20", "veulent s’inscrire"),
    ("retenues", "environ 20", "inscrites dans la démarche"),
)


def test_le_nord_en_entonnoir(entrer: Entrer, arriver: Arriver) -> None:
    lea = entrer("lea.morel")
    nommer_les_contacts(lea)
    mission = ouvrir_la_mission(lea)
    reperer_large(mission)
    ecrire_la_campagne(mission)
    inviter(lea)

    repondre_oui(arriver(), lien_de("nadia.fournier@exemple.fr"))
    decliner(arriver(), lien_de("paul.vernet@exemple.fr"))
    lire_les_reponses(lea)
    relancer(lea)

    resserrer(lea)
    prevenir(mission)
    declarer_les_effectifs(mission)
    former_les_deux_groupes(mission)
    lire_l_entonnoir(mission)


def nommer_les_contacts(lea: Personne) -> None:
    """Une structure de plus à l'annuaire, et qui joindre dans les deux qui n'ont personne."""
    lea.va("/annuaire/ajouter/structure/")
    PageFormulaire(lea).enregistrer(
        "Ajouter à l’annuaire",
        {"Nom": CHORALE, "Commune": "Pontarlier", "Secteur": "Culture"},
    )
    nommer(lea, CHORALE, "Rose", "Amiel", "présidente")
    nommer(lea, JARDINS, "Paul", "Vernet", "directeur")


def nommer(lea: Personne, structure: str, prenom: str, nom: str, fonction: str) -> None:
    lea.va("/structures/")
    lea.suit(structure)
    lea.suit("Gérer les personnes")
    PageFormulaire(lea).enregistrer(
        "Ajouter et donner le rôle",
        {
            "Prénom": prenom,
            "Nom": nom,
            "Adresse électronique": f"{prenom}.{nom}@exemple.fr".lower(),
            "Fonction": fonction,
            "Rôle": "contact de la structure",
        },
    )
    lea.lit(f"{prenom} {nom}")


def ouvrir_la_mission(lea: Personne) -> PageMission:
    lea.va("/missions/ouvrir/")
    PageFormulaire(lea).enregistrer(
        "Ouvrir la mission",
        {
            "Titre": TITRE,
            "Année": 2012,
            "Accroche": "Vous êtes dans le répertoire ; venez préparer la rencontre.",
        },
    )
    return PageMission(lea)


def reperer_large(mission: PageMission) -> None:
    """L'entonnoir se choisit ; ses pas mènent aux structures, que l'on coche toutes."""
    lea = mission.personne
    mission.demarche("Mobiliser les structures bénéficiaires")
    mission.panneau("Mobilisation").ouvre("Mener la mobilisation")
    lea.suit("Choisir la voie")
    PageFormulaire(lea).enregistrer(
        "Enregistrer la façon de former le groupe", {"Comment le groupe se forme": VOIE}
    )
    lea.lit("Repérer large", "Resserrer")
    lea.suit("Ajouter des structures")
    PageFormulaire(lea).enregistrer(
        "Ajouter les organisations cochées", {THEATRE: True, JARDINS: True, CHORALE: True}
    )
    lea.lit("3 structures au dossier en plus")
    lea.suit("Revenir à la mission")


def ecrire_la_campagne(mission: PageMission) -> None:
    """Deux créneaux, le message proposé, sa date limite ; l'aperçu est ce qui partira."""
    lea = mission.personne
    mission.panneau("Mobilisation").ouvre("Mener la mobilisation")
    for jour, moment in (("mardi", "matin"), ("jeudi", "soirée")):
        lea.suit("Proposer un créneau")
        PageFormulaire(lea).enregistrer(
            "Enregistrer le créneau", {"Chaque semaine, le": jour, "Moment": moment}
        )
    lea.lit("mardi matin", "jeudi soirée")
    lea.suit("Inviter les structures à répondre")
    lea.lit("Écrivez d’abord le message")
    lea.suit("Écrire le message")
    PageFormulaire(lea).enregistrer("Enregistrer le message", {"Répondre jusqu’au": LIMITE})
    lea.lit(f"« {TITRE} » : en serez-vous ?", "venez préparer la rencontre", "son lien personnel")
    lea.photographie("campagne")


def inviter(lea: Personne) -> None:
    lea.envoie("Inviter les contacts cochés")
    lea.lit("0 réponse sur 3 structures invitées", "Prochaine relance possible le")
    assert {adresse for lettre in mail.outbox for adresse in lettre.to} == {
        "nadia.fournier@exemple.fr",
        "paul.vernet@exemple.fr",
        "rose.amiel@exemple.fr",
    }


def lien_de(courriel: str) -> str:
    """Le chemin du lien personnel, lu dans le dernier courriel reçu."""
    (*_, lettre) = (envoi for envoi in mail.outbox if envoi.to == [courriel])
    assert "venez préparer la rencontre" in lettre.body
    lien = re.search(r"https?://[^/]+(/lien/\S+)", lettre.body)
    assert lien
    return lien[1]


def repondre_oui(nadia: Personne, lien: str) -> None:
    """Sans compte : les quatre questions, le niveau, une paire, un créneau sur deux."""
    ouvrir_sa_page(nadia, lien)
    voir_pourquoi_non_a_propos(nadia)
    PageFormulaire(nadia).enregistrer(
        "Envoyer ma réponse",
        {
            "Voulez-vous en être ?": "Oui, nous voulons en être",
            "Vous sentez-vous concernés par ce problème ?": "oui",
            "Ce sujet répond-il à vos besoins ?": "oui",
            "Cette réponse vous semble-t-elle la bonne ?": "avec des réserves",
            "Cette façon de travailler vous convient-elle ?": "oui",
            "Où en êtes-vous sur ce sujet ?": "Nous découvrons le sujet",
            "Ce que vous en attendez": ATTENTES,
            "Qui viendra": "L’administratrice et un administrateur",
            "Dont bénévoles": "1",
            "Dont salarié·es": "1",
            "Quand pouvez-vous venir ?": ["mardi matin"],
        },
    )
    nadia.lit("Votre réponse est partie", "Ce que c’est devenu", TITRE)
    nadia.photographie("reponse-envoyee")


def voir_pourquoi_non_a_propos(nadia: Personne) -> None:
    """« Pourquoi ? » ne se demande qu'à qui dit non, « qui viendra » qu'aux autres.

    Se raviser ne perd rien d'écrit ; un « non » à l'une des quatre questions n'y change rien.
    """
    mots = nadia.contenu.get_by_label("En quelques mots")
    qui = nadia.contenu.get_by_label("Qui viendra")
    expect(mots).to_be_hidden()
    nadia.remplit({"Ce sujet répond-il à vos besoins ?": "non"})
    expect(mots).to_be_hidden()
    expect(qui).to_be_visible()
    nadia.remplit(
        {"Voulez-vous en être ?": "Non, pas cette fois", "En quelques mots": "En tournée"}
    )
    expect(qui).to_be_hidden()
    nadia.remplit({"Voulez-vous en être ?": "Oui, nous voulons en être"})
    expect(mots).to_be_hidden()
    expect(mots).to_have_value("En tournée")


def decliner(paul: Personne, lien: str) -> None:
    ouvrir_sa_page(paul, lien)
    PageFormulaire(paul).enregistrer(
        "Envoyer ma réponse",
        {
            "Voulez-vous en être ?": "Non, pas cette fois",
            "Si c’est non, pourquoi ?": "Le calendrier ne convient pas",
            "En quelques mots": "La saison commence en mars.",
        },
    )
    paul.lit("Votre réponse est partie")


def ouvrir_sa_page(personne: Personne, lien: str) -> None:
    personne.va(lien)
    personne.envoie("Ouvrir ma page")
    personne.suit("Répondre")
    personne.lit("les autres structures ne les voient pas", "une personne bénévole et une salariée")
    personne.photographie("repondre-a-une-invitation", choisie=True)


def lire_les_reponses(lea: Personne) -> None:
    lea.suit("Actualiser")
    lea.lit("2 réponses sur 3 structures invitées : 1 veut en être, 1 ne vient pas.")
    lea.lit("Le calendrier ne convient pas", "pas encore")
    lea.photographie("reponses-des-structures", choisie=True)
    lea.suit(THEATRE)
    assert lea.lit_le_champ("Ses attentes") == ATTENTES


def relancer(lea: Personne) -> None:
    """Six jours passent ; la seule qui se tait reçoit un rappel et un lien neuf."""
    premier = lien_de("rose.amiel@exemple.fr")
    semaine = timedelta(days=6)
    Invitation.objects.update(
        envoyee_le=F("envoyee_le") - semaine, dernier_courriel_le=F("dernier_courriel_le") - semaine
    )
    lea.onglet.go_back()
    lea.suit("Actualiser")
    lea.envoie("Relancer 1 contact sans réponse")
    lea.lit("relancé 1 fois")
    assert mail.outbox[-1].subject.startswith("Rappel : ")
    assert mail.outbox[-1].to == ["rose.amiel@exemple.fr"]
    assert lien_de("rose.amiel@exemple.fr") != premier


def resserrer(lea: Personne) -> None:
    """Retenir celle qui s'engage ; celle qui s'est tue ne l'est pas, et la raison se garde."""
    lea.suit("Revenir à la mobilisation")
    lea.suit("Suivre les structures")
    lea.envoie(f"Retenir : {THEATRE}")
    lea.contenu.get_by_role("checkbox", name=f"Cocher {CHORALE}").check()
    lea.remplit({"Raison du retrait": "N’a pas répondu"})
    lea.envoie("Ne pas retenir")
    lea.lit("retenue", "désistée", "N’a pas répondu", "La saison commence en mars.")
    lea.photographie("structures")
    lea.suit("Revenir à la mission")


def prevenir(mission: PageMission) -> None:
    mobilisation = mission.panneau("Mobilisation")
    mobilisation.lit("1 structure non retenue à prévenir")
    mobilisation.ouvre("Prévenir les non retenues")
    mission.personne.lit(CHORALE, "N’a pas répondu")
    mission.personne.envoie("Noter qu’elles sont prévenues")


def declarer_les_effectifs(mission: PageMission) -> None:
    """Les trente de la réunion que la source compte sans les nommer."""
    for palier, nombre, precision in EFFECTIFS:
        mission.panneau("Mobilisation").ajoute(
            "Déclarer un effectif",
            "Enregistrer l’effectif déclaré",
            {
                "Palier": palier,
                "Nombre de structures": nombre,
                "En quelques mots": precision,
                "Source": SOURCE,
            },
        )
    mission.chiffre("Structures retenues", "environ 20")


def former_les_deux_groupes(mission: PageMission) -> None:
    """Deux sous-groupes selon les besoins dits ; une même structure peut être des deux."""
    groupes = mission.panneau("Groupes")
    for nom, theme in (("Marketing", "Se présenter"), ("Mécénat", "Convaincre un mécène")):
        groupes.ajoute(
            "Former un groupe",
            "Enregistrer le groupe",
            {"Nom du groupe": nom, "Thème de travail": theme, "Structures": [THEATRE]},
        )
    groupes.lit("2 groupes, 1 structure", "Marketing", "Mécénat")


def lire_l_entonnoir(mission: PageMission) -> None:
    lea = mission.personne
    mission.panneau("Mobilisation").ouvre("Mener la mobilisation")
    lea.lit("30", "environ 20", "67 %", "100 %")
    assert lea.contenu.get_by_role("img", name="L’entonnoir").count() == 1
    lea.photographie("entonnoir")
