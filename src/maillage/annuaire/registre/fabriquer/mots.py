"""Le vocabulaire des noms et des objets fabriqués ; rien n'y désigne une personne."""

SECTIONS = (
    *("judo", "tennis", "danse", "football", "pétanque", "gymnastique", "marche", "théâtre"),
    *("échecs", "natation", "musique", "cyclisme", "photo", "couture", "badminton", "volley"),
)
RIVAUX = ("olympique", "athlétique", "de la jeunesse", "féminin", "des cheminots", "vétérans")
QUARTIERS = ("Nord", "Sud", "Centre", "Est", "Ouest", "Gare", "Rives", "Plateau")
PUBLICS = (
    *("des habitants", "des jeunes", "des familles", "des adhérents", "des aînés"),
    *("de tous les publics", "des personnes isolées", "des enfants", "du voisinage"),
)
COMPLEMENTS = (
    "organiser des manifestations",
    "développer les échanges entre ses membres",
    "proposer des ateliers et des rencontres",
    "gérer un local mis à disposition",
    "participer à la vie de la commune",
    "mettre en oeuvre tout moyen utile à son but",
    "favoriser la convivialité",
    "coopérer avec les autres associations",
    'éditer un bulletin intitulé "La Lettre"',
    "rechercher les financements nécessaires",
    "former des bénévoles",
    "intervenir en milieu scolaire",
)
ELEMENTS_DE_LIEU = (
    *("du Moulin", "du Pont", "du Bois", "du Clos", "du Champ", "du Pré", "du Bourg", "du Mont"),
    *("du Val", "du Puits", "du Four", "du Lac", "du Port", "du Parc", "du Canal", "du Coteau"),
    *("de la Croix", "de la Fontaine", "de la Tour", "de la Lande", "de la Combe", "de la Source"),
    *("de la Forge", "de la Vigne", "de la Roche", "de la Butte", "de la Plaine", "de la Digue"),
    *("des Vignes", "des Landes", "des Chênes", "des Sources", "des Ormes", "des Tilleuls"),
    *("des Forges", "des Marais", "des Prés", "des Roches", "des Bruyères", "des Carrières"),
)
QUALIFICATIFS = (
    *("Vert", "Blanc", "Rouge", "Neuf", "Vieux", "Joli", "Haut", "Bas", "Rond", "Long", "Noir"),
    *("Saint-Aubry", "Saint-Morand", "Sainte-Ombeline", "Beauvoir", "Malpas", "Chantelune"),
    *("Morvel", "Fontclaire", "Brisevent", "Hautecombe", "Grandval", "Clairmarais", "Boisjoly"),
    *("Tournebride", "Passerose", "Gratteloup", "Chantemerle", "Taillefer", "Rochebrune"),
    *("Aubepierre", "Merlimont", "Vaudoré", "Sablonnet", "Pierrelaye", "Courtevigne", "Orvaux"),
)
IMAGES = (
    *("Les Ailes", "La Lanterne", "Le Jardin", "Les Chemins", "La Cabane", "Le Fil", "Les Mots"),
    *("La Marmite", "Le Phare", "Les Racines", "La Passerelle", "Le Manège", "Les Étoiles"),
    *("La Boussole", "Le Grenier", "Les Lucioles", "La Ruche", "Le Sillon", "Les Galets"),
    *("La Clef", "Le Tambour", "Les Bottines", "La Roulotte", "Le Cerf-volant", "Les Coquelicots"),
    *("La Grange", "Le Carrousel", "Les Pinceaux", "La Vague", "Le Hérisson", "Les Cigales"),
)
COULEURS = (
    *("bleues", "d'argent", "du vent", "en chemin", "de l'aube", "du soir", "à ressort", "d'hiver"),
    *("des possibles", "du bout du monde", "à plumes", "de papier", "en herbe", "du dimanche"),
    *("de traverse", "sans fin", "à pas feutrés", "du large", "en couleurs", "de lune", "à vapeur"),
    *("des quatre saisons", "de nos rêves", "du voisin", "à l'envers", "en partage", "d'ici"),
)
DEBUTS = (
    *("Val", "Mor", "Ker", "Tam", "Sol", "Bri", "Lu", "Ora", "Nav", "Pel", "Zin", "Arti", "Cal"),
    *("Dor", "Emi", "Fal", "Gar", "Hel", "Iri", "Jol", "Lan", "Mir", "Nor", "Omb", "Par", "Qui"),
    *("Ros", "Syl", "Tri", "Ulm", "Ven", "Xan", "Yol", "Alt", "Bel", "Cor", "Del", "Est", "Fer"),
)
MILIEUX = (
    *("a", "o", "i", "u", "é", "an", "on", "el", "or", "in", "ou", "ar", "al", "is", "en", "ur"),
    *("eli", "ami", "ora", "uni", "ati", "ilo", "era", "oni", "ava", "ité", "ola", "emu", "ica"),
)
FINS = (
    *("ne", "ra", "lis", "don", "ta", "vie", "mé", "dia", "rine", "tis", "lia", "nor", "zel"),
    *("gane", "phie", "lo", "mar", "ské", "tane", "rel", "va", "dine", "co", "lune", "sson"),
)
VOIES = (
    *("RUE", "RUE", "RUE", "RUE", "RUE", "AV", "AV", "PL", "PL", "CHE", "CHE", "RTE", "IMP"),
    *("BD", "ALL", "SQ", "LD", ""),
)
NOMS_DE_VOIE = (
    *("de la Mairie", "des Ecoles", "du Stade", "Principale", "de l'Eglise", "de la Gare"),
    *("du Marché", "de la Liberté", "du 8 mai 1945", "de la Paix", "du Centre", "du Lavoir"),
    *("de Verdun", "du 11 novembre", "des Lilas", "de la Poste", "des Acacias", "du Château"),
)
COMPLEMENTS_D_ADRESSE = (
    *("Bâtiment B", "Résidence les Tilleuls", "Salle polyvalente", "Boîte 12", "1er étage"),
    *("Espace associatif", "Ancienne école", "Appartement 4", "Le Bourg", "Centre culturel"),
)
DISTRIBUTIONS = ("_", "_", "_", "_", "_", "_", "_", "", "BP 12_", "_Le Bourg", "CS 40017_")
