// Checks a case's history without any of Anju's code: node verify.mjs <case.json> <config.json> <root key> [pin]
// case.json: what the API answers to GET /api/cases/<look-up id> (all parts together); config.json: of the site, with the
// office's card; root key: the office's, base64, from the build's list of roots; pin: from the saved receipt.
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
const [view, config] = process.argv.slice(2, 4).map((file) => JSON.parse(readFileSync(file, "utf8")));
const [root, pin] = process.argv.slice(4);
const need = (holds, otherwise) => { if (!holds) { console.log(otherwise); process.exit(1); } };
const sha = (text) => createHash("sha256").update(text).digest("hex");
const jwk = (key) => ({ kty: "OKP", crv: "Ed25519", x: Buffer.from(key, "base64").toString("base64url") });
const signedBy = (key, lines, signature) => verify(null, Buffer.from(lines.join("\n")),
  createPublicKey({ format: "jwk", key: jwk(key) }), Buffer.from(signature, "base64"));
const { office, lookup, events } = view, { payload, signature } = config.offices[office].card;
need(signedBy(root, ["anju office card v1", payload], signature), "the card is not signed by this root key");
const card = JSON.parse(payload), staff = card.staff.concat(card.supervision?.staff ?? []), owner = events[0].action.owner_key;
for (const { seq, at, by, action, signed, prev, hash } of events) {
  const body = JSON.stringify({ seq, at, by, action, signed });
  need(hash === sha(["anju event v1", lookup, prev, body].join("\n")) && (!seq || prev === events[seq - 1].hash),
    `event ${seq} does not follow from the one before`);
  if (!seq) continue;
  const act = events.filter((other) => signed && other.signed?.signature === signed.signature);
  const moved = act.find((one) => one.action.what === "moved")?.action, said = act.find((one) => one.action.what === "message")?.action,
    aside = act.find((one) => one.action.what === "aside")?.action, passed = act.find((one) => one.action.what === "passed_on")?.action;
  const day = new Date((signed?.at + 28800) * 1000 || 0).toISOString().slice(0, 10);
  const officer = staff.find((one) => one.kid === by.kid && one.role === by.role && day <= (one.last_day ?? day));
  need(by.who === "office"
    ? signed && officer && act.length === !!moved + !!said + !!aside + !!passed && act[0].prev === signed?.seen && Math.abs(at - signed.at) <= 300
      && signedBy(officer.public_key, [passed ? "anju pass v1" : aside ? "anju aside v1" : "anju act v1", office, lookup, signed.seen, by.kid, by.role,
        signed.at, ...(passed ? [passed.to, passed.role, passed.keys_hash] : aside ? [aside.how] : [moved?.stage ?? "", moved?.on ?? "", said?.envelope_hash ?? ""])], signed.signature)
    : owner && act.length === 1 && events.slice(0, seq).some((one) => one.hash === signed?.seen)
      && signedBy(owner, ["anju owner v1", office, lookup, signed.seen, signed.at, said ? "message" : "withdraw",
        said?.envelope_hash ?? ""], signed.signature), `event ${seq} is not signed by whom it says`);
}
need(events.at(-1).hash === view.head && events.length === view.total, "the history is not whole");
need(!pin || events.some((one) => one.hash.startsWith(pin)), "this is not the case that was submitted");
console.log(`${events.length} events, whole and signed`);
