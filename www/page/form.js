// The plan that was chosen above is chosen in the form; sending it is answered on the spot.

const form = document.querySelector("#trial-form");
const thanks = document.querySelector("#thanks");

export function prepare() {
  for (const link of document.querySelectorAll("[data-plan]")) {
    link.addEventListener("click", () => (form.elements.plan.value = link.dataset.plan));
  }
  form.addEventListener("submit", answer);
}

function answer(event) {
  event.preventDefault();
  // After this event: whoever else listens for the submit still finds the fields in place.
  setTimeout(() => {
    form.hidden = true;
    thanks.hidden = false;
    thanks.focus();
  });
}
