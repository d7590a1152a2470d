/* Dire une phrase en tête de page, là où Django dit les siennes. */
export function dire(phrase) {
  const zone = document.querySelector("[data-messages]");
  if (!zone) return;
  const element = document.createElement("p");
  element.className = "message";
  element.dataset.niveau = "attention";
  element.textContent = phrase;
  zone.replaceChildren(element);
}

/* Une clé d'accès refusée ou absente : allauth prévient par cet événement. */
document.addEventListener("allauth.error", (evenement) => {
  evenement.preventDefault();
  dire("La clé n’a pas répondu. Présentez-la de nouveau, ou choisissez un autre moyen.");
});
