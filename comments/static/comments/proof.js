// The work that the site may ask of a browser before a comment: a number whose SHA-256 with the form's stamp begins with
// so many zero bits (comments/pipeline/proof_of_work.py). It begins when the form is there; sending waits for it.
const BATCH = 256, LONGEST = 30000;
const begun = new WeakMap();

const zeroBits = (digest) => Math.clz32(new DataView(digest).getUint32(0));

async function search(stamp, bits) {
  const encoder = new TextEncoder(), end = performance.now() + LONGEST;
  for (let start = 0; performance.now() < end; start += BATCH) {
    const numbers = Array.from({ length: BATCH }, (_, n) => start + n);
    const digests = await Promise.all(numbers.map((n) => crypto.subtle.digest("SHA-256", encoder.encode(`${stamp}:${n}`))));
    const found = digests.findIndex((digest) => zeroBits(digest) >= bits);
    if (found >= 0) return String(start + found);
  }
  return "";
}

// The form holds its proof once this is done; without one (an old browser, no https) a moderator reads first.
export default function prove(form) {
  if (!begun.has(form)) {
    const work = globalThis.crypto?.subtle ? search(form.elements.opened.value, Number(form.dataset.proofBits)) : Promise.resolve("");
    begun.set(form, work.then((proof) => (form.elements.proof.value = proof)));
  }
  return begun.get(form);
}

for (const form of document.querySelectorAll("form[data-proof]")) {
  prove(form);
  form.addEventListener("submit", async (event) => {
    if (form.elements.proof.value || form.dataset.proven) return;
    event.preventDefault();
    await prove(form);
    form.dataset.proven = "1";
    form.requestSubmit();
  });
}
