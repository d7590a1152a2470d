/* Brouillons : un long formulaire est gardé sur ce poste pendant qu'on le remplit.
   Il n'est proposé que s'il diffère de la page : session expirée, onglet fermé, panne.
   Il s'efface une fois l'envoi reçu (la page qui lui répond n'a plus ce formulaire), à la
   déconnexion, ou après sept jours. Rien n'est jamais rempli sans un clic. */
const TOUS = "maillage:brouillon:";
const PREFIXE = `${TOUS}${document.body.dataset.connecte ?? ""}:`; // à chaque personne les siens
const DUREE = 7 * 24 * 3600 * 1000;
const JAMAIS = new Set(["csrfmiddlewaretoken", "version", "next"]);
const IGNORES = new Set(["file", "password", "hidden", "submit", "button"]);

const lire = (cle) => JSON.parse(localStorage.getItem(cle) ?? "null");
const ecrire = (cle, valeur) => localStorage.setItem(cle, JSON.stringify(valeur));
const cles = () => Object.keys(localStorage).filter((cle) => cle.startsWith(TOUS));
const champs = (formulaire) =>
  [...formulaire.elements].filter((c) => c.name && !IGNORES.has(c.type) && !JAMAIS.has(c.name));

function valeur(champ) {
  if (champ.type === "checkbox" || champ.type === "radio") return champ.checked;
  if (champ.multiple) return [...champ.selectedOptions].map((option) => option.value);
  return champ.value;
}

function poser(champ, valeurGardee) {
  if (champ.type === "checkbox" || champ.type === "radio") champ.checked = valeurGardee;
  else if (champ.multiple) {
    for (const option of champ.options) option.selected = valeurGardee.includes(option.value);
  } else champ.value = valeurGardee;
}

const repere = (champ) =>
  champ.type === "checkbox" || champ.type === "radio" ? `${champ.name}=${champ.value}` : champ.name;

function contenu(formulaire) {
  return Object.fromEntries(champs(formulaire).map((champ) => [repere(champ), valeur(champ)]));
}

function restaurer(formulaire, garde) {
  for (const champ of champs(formulaire)) {
    if (repere(champ) in garde) poser(champ, garde[repere(champ)]);
  }
}

function proposer(formulaire, cle, brouillon) {
  const modele = document.querySelector("#modele-brouillon");
  if (!modele) return;
  const bandeau = modele.content.firstElementChild.cloneNode(true);
  bandeau.querySelector("[data-date]").textContent = new Intl.DateTimeFormat("fr", {
    dateStyle: "long",
    timeStyle: "short",
  }).format(brouillon.date);
  bandeau.querySelector("[data-reprendre]").addEventListener("click", () => {
    restaurer(formulaire, brouillon.contenu);
    bandeau.remove();
    champs(formulaire)[0]?.focus();
  });
  bandeau.querySelector("[data-jeter]").addEventListener("click", () => {
    localStorage.removeItem(cle);
    bandeau.remove();
  });
  formulaire.before(bandeau);
}

function suivre(formulaire) {
  const cle = PREFIXE + formulaire.dataset.brouillon;
  const depart = JSON.stringify(contenu(formulaire));
  const brouillon = lire(cle);
  // Refusé, il est déjà à l'écran : « ce que vous avez tapé est toujours là ».
  const rendu =
    "relu" in formulaire.dataset || formulaire.previousElementSibling?.matches(".erreurs");
  const refuse = brouillon?.envoye && rendu;
  if (brouillon && !refuse && JSON.stringify(brouillon.contenu) !== depart) {
    proposer(formulaire, cle, brouillon);
  }
  if (brouillon) ecrire(cle, { ...brouillon, envoye: false }); // revenu : l'envoi n'a pas abouti
  let attente;
  const garder = (envoye) => {
    attente = clearTimeout(attente);
    ecrire(cle, { date: Date.now(), contenu: contenu(formulaire), envoye });
  };
  formulaire.addEventListener("input", () => {
    clearTimeout(attente);
    attente = setTimeout(garder, 400, false);
  });
  formulaire.addEventListener("submit", () => garder(location.href.split("#")[0]));
  window.addEventListener("pagehide", () => attente && garder(false));
  window.addEventListener("pageshow", (evenement) => evenement.persisted && garder(false));
}

/* Une page connectée, venue de celle d'où l'envoi est parti, et sans le formulaire : il est reçu.
   Toute autre page ne prouve rien : le serveur a pu tomber avant de répondre. */
function menage(presents) {
  const connecte = "connecte" in document.body.dataset;
  for (const cle of cles()) {
    const { date, envoye } = lire(cle);
    const suite = connecte && envoye && envoye === document.referrer;
    const recu = suite && cle.startsWith(PREFIXE) && !presents.has(cle);
    if (recu || Date.now() - date > DUREE) localStorage.removeItem(cle);
  }
}

const formulaires = [...document.querySelectorAll("form[data-brouillon]")];
menage(new Set(formulaires.map((f) => PREFIXE + f.dataset.brouillon)));
formulaires.forEach(suivre);

document.addEventListener("submit", (evenement) => {
  if (!evenement.target.matches("[data-efface-brouillons]")) return;
  cles().forEach((cle) => localStorage.removeItem(cle));
});
