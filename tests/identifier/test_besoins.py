"""Noter, coder, rassembler, décider, ouvrir : le fil des besoins par les pages."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from maillage.annuaire.models import Organisation
from maillage.identifier import listes
from maillage.identifier import taches as sujet
from maillage.identifier.models import EtatProblematique, Problematique, Signal
from maillage.ingenieries.models import Ingenierie
from maillage.socle.models import Acte
from tests.comptes import connecte
from tests.fabriques import agent, departement, operateur, organisation
from tests.identifier.monde import problematique, signal
from tests.requetes import requetes
from tests.taches import lire_les_taches
from tests.telechargements import contenu

taches = lire_les_taches(sujet)
pytestmark = pytest.mark.django_db

HTML = "<script>alert('x')</script>"


def test_un_besoin_se_note_en_un_champ(dla: Organisation, client_du_dla: Client) -> None:
    reponse = client_du_dla.post(
        reverse("identifier:noter"),
        {"texte": "« On ne sait pas\nparler aux mécènes »"},
        follow=True,
    )
    note = Signal.objects.get()
    assert (note.operateur, note.date, note.code) == (dla, timezone.localdate(), False)
    page = reponse.content.decode()
    assert reverse("identifier:completer", args=[note.pk]) in page
    assert "1\u00a0besoin noté, dont 1 à coder" in page


def test_qui_tient_deux_dla_dit_lequel(dla: Organisation) -> None:
    jura = operateur("DLA du Jura", departement("39", "Jura"))
    compte = agent(dla)
    agent(jura).personne.rattachements.update(personne=compte.personne)
    adresse = reverse("identifier:noter")
    client = connecte(compte)
    assert client.post(adresse, {"texte": "Un besoin"}).status_code == 422
    client.post(adresse, {"texte": "Un besoin", "operateur": jura.pk})
    assert Signal.objects.get().operateur == jura


def test_coder_un_signal(dla: Organisation, client_du_dla: Client) -> None:
    note = signal(dla)
    structure = organisation(nom="Théâtre du Pont Neuf", operateur=dla)
    departement("25", "Doubs")
    donnees = {
        "texte": note.texte,
        "date": "2010-02-03",
        "source": "structures",
        "structure": "Théâtre du Pont Neuf",
        "territoire": "Doubs",
        "secteur": "",
        "themes": themes(1),
        "version": 1,
    }
    reponse = client_du_dla.post(reverse("identifier:completer", args=[note.pk]), donnees)
    assert reponse["Location"] == note.get_absolute_url()
    note.refresh_from_db()
    assert (note.code, note.structure, str(note.territoire)) == (True, structure, "Doubs")
    page = client_du_dla.get(note.get_absolute_url()).content.decode()
    assert "Parole des structures" in page
    assert note.themes_lisibles[0] in page.replace("&#x27;", "'")


def themes(combien: int) -> list[str]:
    from maillage.identifier import choix

    return [code for code, _ in choix.themes()[:combien]]


@pytest.mark.parametrize(
    ("donnees", "reparer"),
    [
        ({"texte": ""}, "obligatoire"),
        ({"texte": "x" * 4001}, "4001"),
        ({"date": "hier"}, "date"),
        ({"source": "pigeon"}, "pigeon"),
        ({"themes": ["rien"]}, "rien"),
        ({"structure": "Personne de ce nom"}, "n’est pas dans l’annuaire"),
        ({"territoire": "Nulle Part"}, "n’est pas un lieu connu"),
        ({"texte": "nul\x00"}, "nul"),
    ],
)
def test_une_mauvaise_saisie_se_repare(
    dla: Organisation, client_du_dla: Client, donnees: dict[str, Any], reparer: str
) -> None:
    note = signal(dla)
    complet = {
        "texte": "Gardez mes mots",
        "date": "2026-01-05",
        "auteur_libelle": HTML,
        "version": 1,
    }
    adresse = reverse("identifier:completer", args=[note.pk])
    reponse = client_du_dla.post(adresse, complet | donnees)
    page = reponse.content.decode()
    assert (reponse.status_code, reparer in page) == (422, True)
    assert "&lt;script&gt;" in page
    assert HTML not in page
    note.refresh_from_db()
    assert note.version == 1


def test_deux_agents_sur_le_meme_signal(dla: Organisation) -> None:
    note = signal(dla)
    adresse = reverse("identifier:completer", args=[note.pk])
    base = {"date": "2026-01-05", "version": 1}
    assert connecte(agent(dla)).post(adresse, base | {"texte": "De Camille"}).status_code == 302
    reponse = connecte(agent(dla)).post(adresse, base | {"texte": "De Dominique"})
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert "De Camille" in page
    assert "De Dominique" in page


def test_retirer_un_signal_garde_trace(dla: Organisation, client_du_dla: Client) -> None:
    note, portee = signal(dla), problematique(dla)
    portee.signaux.add(note)
    client_du_dla.post(reverse("identifier:retirer", args=[note.pk]))
    assert not Signal.objects.exists()
    assert "a retiré le besoin" in Acte.objects.sur(portee).get().phrase


def test_rassembler_decider_et_ouvrir_une_mission(dla: Organisation, client_du_dla: Client) -> None:
    structure = organisation(nom="Théâtre du Pont Neuf", operateur=dla)
    preuves = [signal(dla, structure=structure, secteur="culture"), signal(dla, secteur="culture")]
    formuler = reverse("identifier:formuler")
    page = client_du_dla.get(formuler, {"signaux": [s.pk for s in preuves]}).content.decode()
    assert page.count(preuves[0].texte) == 2
    reponse = client_du_dla.post(
        formuler,
        {
            "titre": "Des partenariats avec les entreprises",
            "contexte": "Les subventions baissent.",
            "enjeux": "L’autonomie des associations.",
            "secteur": "culture",
            "territoires": "Doubs",
            "signaux": [s.pk for s in preuves],
        },
    )
    portee = Problematique.objects.get()
    assert reponse["Location"] == portee.get_absolute_url()
    assert (portee.signaux.count(), list(portee.structures.all())) == (2, [structure])
    etat = reverse("identifier:etat", args=[portee.pk, "confirmer"])
    client_du_dla.post(etat, {"version": 1})
    ouvrir = reverse("identifier:ouvrir_mission", args=[portee.pk])
    page = client_du_dla.get(ouvrir).content.decode()
    assert "Des partenariats avec les entreprises" in page
    assert "Doubs" in page
    for titre in ("Mécénat", "Prestations"):
        client_du_dla.post(
            ouvrir,
            {
                "titre": titre,
                "annee": "2010",
                "nature": "collective",
                "operateur": dla.pk,
                "secteur": "culture",
                "territoires": "Doubs",
            },
        )
    assert sorted(m.titre for m in portee.ingenieries.all()) == ["Mécénat", "Prestations"]
    assert {m.secteur for m in portee.ingenieries.all()} == {"culture"}
    page = client_du_dla.get(portee.get_absolute_url()).content.decode()
    assert "Problématique confirmée" in page
    assert "Mécénat" in page


def test_ecarter_demande_sa_raison(dla: Organisation, client_du_dla: Client) -> None:
    portee = problematique(dla)
    ecarter = reverse("identifier:etat", args=[portee.pk, "ecarter"])
    page = client_du_dla.post(ecarter, {"version": 1}, follow=True).content.decode()
    assert "Dites pourquoi vous écartez" in page
    client_du_dla.post(ecarter, {"version": 1, "motif": f"Déjà traitée {HTML}"})
    portee.refresh_from_db()
    assert portee.etat == EtatProblematique.ECARTEE
    assert HTML not in client_du_dla.get(portee.get_absolute_url()).content.decode()
    client_du_dla.post(reverse("identifier:etat", args=[portee.pk, "reprendre"]), {"version": 2})
    portee.refresh_from_db()
    assert (portee.etat, portee.motif) == (EtatProblematique.A_CONFIRMER, "")


@pytest.mark.parametrize(
    ("verbe", "donnees"),
    [
        ("ecarter", {"version": 1, "motif": "a\x00"}),
        ("ecarter", {"version": 1, "motif": "x" * 2001}),
        ("confirmer", {"version": "abc"}),
        ("confirmer", {"version": 99}),
        ("confirmer", {}),
        ("danser", {"version": 1}),
        ("reprendre", {"version": 1}),
    ],
)
def test_un_verbe_mal_dit_ne_change_rien_et_le_dit(
    dla: Organisation, client_du_dla: Client, verbe: str, donnees: dict[str, Any]
) -> None:
    portee = problematique(dla)
    reponse = client_du_dla.post(
        reverse("identifier:etat", args=[portee.pk, verbe]), donnees, follow=True
    )
    portee.refresh_from_db()
    assert (reponse.status_code, portee.version) == (200, 1)
    assert "Rien n’a changé" in reponse.content.decode()


def test_deux_agents_sur_la_meme_problematique(dla: Organisation) -> None:
    portee = problematique(dla)
    adresse = reverse("identifier:modifier", args=[portee.pk])
    connecte(agent(dla)).post(adresse, {"titre": "De Camille", "version": 1})
    reponse = connecte(agent(dla)).post(
        adresse, {"titre": "De Dominique", "enjeux": "Mes enjeux", "version": 1}
    )
    assert reponse.status_code == 422
    assert "Mes enjeux" in reponse.content.decode()
    portee.refresh_from_db()
    assert portee.titre == "De Camille"


def test_joindre_et_detacher(dla: Organisation, client_du_dla: Client) -> None:
    structure = organisation(operateur=dla)
    portee, note = problematique(dla), signal(dla, structure=structure)
    joindre = reverse("identifier:joindre", args=[portee.pk])
    assert note.texte in client_du_dla.get(joindre, {"q": "ENTREPRISES"}).content.decode()
    assert note.texte not in client_du_dla.get(joindre, {"q": "emploi"}).content.decode()
    reponse = client_du_dla.post(joindre, {"signaux": ["pas-un-uuid"]}, follow=True)
    assert "cochez au moins un besoin" in reponse.content.decode()
    client_du_dla.post(joindre, {"signaux": [note.pk, "pas-un-uuid"]})
    assert list(portee.signaux.all()) == [note]
    assert list(portee.structures.all()) == [structure]
    assert note.texte not in client_du_dla.get(joindre).content.decode()
    client_du_dla.post(reverse("identifier:detacher", args=[portee.pk, note.pk]))
    assert not portee.signaux.exists()
    assert Signal.objects.count() == 1


def test_ajouter_et_retirer_une_structure(dla: Organisation, client_du_dla: Client) -> None:
    portee = problematique(dla)
    structure = organisation(nom="Théâtre du Pont Neuf", operateur=dla)
    ajouter = reverse("identifier:structure_ajouter", args=[portee.pk])
    assert client_du_dla.post(ajouter, {"structure": "Inconnue"}).status_code == 422
    client_du_dla.post(ajouter, {"structure": "Théâtre du Pont Neuf"})
    assert list(portee.structures.all()) == [structure]
    client_du_dla.post(reverse("identifier:structure_retirer", args=[portee.pk, structure.pk]))
    assert not portee.structures.exists()


def test_filtrer_et_chercher(dla: Organisation, client_du_dla: Client) -> None:
    signal(
        dla, texte="Chercher des mécènes", source="structures", themes=themes(1), secteur="culture"
    )
    signal(dla, texte="Recruter à plusieurs", source="documents")
    adresse = reverse("identifier:signaux")

    def vus(**filtres: str) -> list[str]:
        return [
            s.texte.split()[0] for s in client_du_dla.get(adresse, filtres).context["liste"].page
        ]

    assert vus(q="MECENES") == ["Chercher"]
    assert vus(source="documents") == ["Recruter"]
    assert vus(theme=themes(1)[0]) == ["Chercher"]
    assert vus(secteur="culture") == ["Chercher"]
    assert vus(a_coder="on") == ["Recruter"]
    assert len(vus(source="n'importe")) == 2
    assert vus(q="introuvable") == []


def test_les_exports_ne_portent_pas_de_formule(dla: Organisation, client_du_dla: Client) -> None:
    signal(dla, texte="=HYPERLINK(1)", date=date(2026, 2, 1))
    problematique(dla, titre="+1")
    csv = contenu(client_du_dla.get(reverse("identifier:signaux"), {"export": "csv"}))
    assert "'=HYPERLINK(1)" in csv.decode()
    xlsx = contenu(client_du_dla.get(reverse("identifier:problematiques"), {"export": "xlsx"}))
    feuille = ZipFile(BytesIO(xlsx)).read("xl/worksheets/sheet1.xml").decode()
    assert "<t>+1</t>" in feuille
    assert "<f>" not in feuille


@pytest.mark.parametrize("route", ["signaux", "problematiques"])
def test_les_listes_coutent_autant_a_dix_qu_a_mille(
    dla: Organisation, client_du_dla: Client, route: str
) -> None:
    def poser(nombre: int) -> None:
        notes = [Signal(operateur=dla, texte=f"Besoin {i}") for i in range(nombre)]
        Signal.objects.bulk_create(notes)
        portees = [Problematique(operateur=dla, titre=f"Titre {i}") for i in range(nombre)]
        Problematique.objects.bulk_create(portees)
        liens = Problematique.signaux.through
        liens.objects.bulk_create(
            liens(problematique=p, signal=s) for p, s in zip(portees, notes, strict=True)
        )

    poser(10)
    adresse = reverse(f"identifier:{route}")
    a_dix = requetes(client_du_dla, adresse)
    poser(990)
    assert requetes(client_du_dla, adresse) == a_dix <= 12


def test_une_problematique_tient_en_douze_requetes(
    dla: Organisation, client_du_dla: Client
) -> None:
    portee = problematique(dla)
    adresses = [portee.get_absolute_url(), reverse("identifier:joindre", args=[portee.pk])]

    def poser(nombre: int) -> None:
        for rang in range(nombre):
            structure = organisation(operateur=dla, commune=None)
            portee.signaux.add(signal(dla, structure=structure))
            portee.structures.add(structure)
            signal(dla, texte=f"Libre {rang}", structure=structure)
            portee.ingenieries.add(Ingenierie.objects.create(operateur=dla, titre="M", annee=2026))

    poser(1)
    a_un = [requetes(client_du_dla, a) for a in adresses]
    poser(40)
    assert [requetes(client_du_dla, a) for a in adresses] == a_un
    assert max(a_un) <= 12


def test_aujourd_hui_en_deux_requetes_au_plus(dla: Organisation) -> None:
    compte = agent(dla)
    for _ in range(4):
        signal(dla)
    problematique(dla, titre="À trancher")
    problematique(dla, etat="confirmee")
    Signal.objects.visibles_par(compte).exists()
    with CaptureQueriesContext(connection) as captees:
        dites = taches(compte, timezone.localdate())
    assert len(captees) <= 2
    assert [t.titre for t in dites] == [
        "4\u00a0besoins à coder",
        "Confirmer ou écarter « À trancher »",
    ]
    assert taches(agent(organisation()), timezone.localdate()) == []


def test_un_long_besoin_et_une_longue_problematique_se_gardent_entiers(
    client_du_dla: Client,
) -> None:
    """La colonne cherchée suit le texte, même quand il s'allonge sans ses ligatures."""
    long_texte = ("cœur " * 800).strip()
    client_du_dla.post(reverse("identifier:noter"), {"texte": long_texte})
    client_du_dla.post(reverse("identifier:formuler"), {"titre": "Œ" * 200, "contexte": long_texte})
    assert Signal.objects.cherche("coeur").count() == 1
    assert Problematique.objects.cherche("coeur").get().contexte == long_texte


def test_la_phrase_d_en_tete_se_borne(dla: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        signal(dla)
    chargee, jour = agent(dla), timezone.localdate()
    monkeypatch.setattr(listes, "RESUMES", 2)
    assert listes.resume(chargee, jour).startswith("Depuis janvier, 2\xa0besoins notés")
    monkeypatch.setattr(listes, "RESUMES", 1)
    assert listes.resume(chargee, jour) == "Depuis janvier, plus de 1 besoins notés."


def test_une_liste_trop_longue_dit_plus_de(
    dla: Organisation, client_du_dla: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        signal(dla)
    monkeypatch.setattr("maillage.socle.listes.COMPTEES", 1)
    page = client_du_dla.get(reverse("identifier:signaux")).content.decode()
    assert "plus de 1&nbsp;besoin" in page
