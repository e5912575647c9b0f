// From a place to its sentences in a running review, whose address the reader pastes once.
// It holds a secret that is new each time, so that it is kept for this window alone.
const reviewing = byId("reviewing");
let reviewAddress = "";
let wanted = null; // the link that is to be opened when the address is there

// Return the address of a review on this machine; empty if it is none.
function reviewOf(text) {
  let found = null;
  try {
    found = new URL(text.trim());
  } catch {
    return "";
  }
  const local = found.protocol.slice(0, -1) === "http" && ["127.0.0.1", "localhost"].includes(found.hostname);
  return local ? found.origin + found.pathname : "";
}

function pointTo(address) {
  reviewAddress = address;
  for (const link of all(".to-review")) {
    link.href = address ? `${address}#sentence=${link.closest(".place").dataset.sentence}` : "#";
  }
}

function askForReview(link = null) {
  wanted = link;
  byId("review-address").value = reviewAddress;
  byId("review-address").setCustomValidity("");
  reviewing.showModal();
}

function takeReview(event) {
  event.preventDefault();
  const field = byId("review-address");
  const address = reviewOf(field.value);
  field.setCustomValidity(address ? "" : say("review.wrong"));
  if (!field.reportValidity()) return;
  pointTo(address);
  remember("review", address);
  reviewing.close();
  tell(say("review.kept"));
  if (wanted) wanted.click();
}

if (reviewing) {
  pointTo(reviewOf(recall("review") ?? ""));
  reviewing.querySelector("form").addEventListener("submit", takeReview);
  byId("review-address").addEventListener("input", (event) => event.target.setCustomValidity(""));
  byId("other-review").addEventListener("click", () => {
    byId("save").open = false;
    askForReview();
  });
  byId("findings").addEventListener("click", (event) => {
    const link = event.target.closest(".to-review");
    if (!link || reviewAddress) return;
    event.preventDefault();
    askForReview(link);
  });
}
