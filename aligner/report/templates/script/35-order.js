// Findings worst first, or as they stand in the text. The order is kept for this window.
const order = byId("order");
const entries = all("[data-at]").map((element) => ({ element, home: element.parentElement, at: Number(element.dataset.at) }));

function recall(name) {
  try {
    return sessionStorage.getItem(`${STORE} ${name}`);
  } catch {
    return null;
  }
}

function remember(name, value) {
  try {
    sessionStorage.setItem(`${STORE} ${name}`, value);
  } catch { // then it is good until the page is left
  }
}

function arrange() {
  const along = order.value === "place";
  const list = document.querySelector("#in-order > div");
  const sorted = along ? [...entries].sort((a, b) => a.at - b.at) : entries;
  for (const { element, home } of sorted) (along ? list : home).append(element);
}

order.addEventListener("input", () => {
  remember("order", order.value);
  arrange();
});
if (recall("order") === "place") order.value = "place";
arrange();
