// Opens an age v1 file (X25519) with nothing of this code and no library: the format as age-encryption.org/v1 has it,
// in the primitives that Node brings. For whoever wants to hold sealed letters against a second reader beside `age`.
//
//   node protocol/open.mjs <identity file> <age file>      writes the plaintext to standard output
//
// The identity file is one as `age-keygen` writes it, an office's key file among them. Ends with 1 where the file is not
// sealed to it, was cut short, changed or put into another order.
import { createDecipheriv, createHmac, createPrivateKey, createPublicKey, diffieHellman, hkdfSync, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";

const CHUNK = 64 * 1024, TAG = 16;

const refuse = (why) => { console.error(why); process.exit(1); };
const unpadded = (text) => {
  const bytes = Buffer.from(text, "base64");
  if (bytes.toString("base64").replace(/=+$/, "") !== text) refuse("a line is not canonical base64");
  return bytes;
};
const hkdf = (key, salt, info) => Buffer.from(hkdfSync("sha256", key, salt, info, 32));
const open = (key, nonce, sealed) => {
  if (sealed.length < TAG) return null;
  const reader = createDecipheriv("chacha20-poly1305", key, nonce, { authTagLength: TAG });
  reader.setAuthTag(sealed.subarray(-TAG));
  try { return Buffer.concat([reader.update(sealed.subarray(0, -TAG)), reader.final()]); } catch { return null; }
};

// An X25519 key in the form in which Node takes it: a fixed DER frame around thirty-two bytes.
const secretOf = (raw) => createPrivateKey({ key: Buffer.concat([Buffer.from("302e020100300506032b656e04220420", "hex"), raw]), format: "der", type: "pkcs8" });
const publicOf = (raw) => createPublicKey({ key: Buffer.concat([Buffer.from("302a300506032b656e032100", "hex"), raw]), format: "der", type: "spki" });

// Bech32 (BIP 173) of AGE-SECRET-KEY-1…, its checksum held.
const identity = (text) => {
  const lower = text.toLowerCase(), at = lower.lastIndexOf("1"), prefix = lower.slice(0, at);
  const words = [...lower.slice(at + 1)].map((c) => "qpzry9x8gf2tvdw0s3jn54khce6mua7l".indexOf(c));
  const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
  let sum = 1;
  for (const word of [...[...prefix].map((c) => c.charCodeAt(0) >> 5), 0, ...[...prefix].map((c) => c.charCodeAt(0) & 31), ...words]) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ word;
    generator.forEach((value, bit) => { if ((top >> bit) & 1) sum ^= value; });
  }
  if (prefix !== "age-secret-key-" || words.includes(-1) || sum !== 1) refuse("not an identity");
  const bytes = [];
  let held = 0, bits = 0;
  for (const word of words.slice(0, -6)) {
    held = (held << 5) | word; bits += 5;
    if (bits >= 8) { bits -= 8; bytes.push((held >> bits) & 255); held &= (1 << bits) - 1; }
  }
  return Buffer.from(bytes);
};

const [identityFile, ageFile] = process.argv.slice(2);
const secrets = readFileSync(identityFile, "utf8").split(/\r?\n/).filter((line) => line.startsWith("AGE-SECRET-KEY-1")).map((line) => identity(line.trim()));
const file = readFileSync(ageFile);
const end = file.indexOf("\n---");
const headerEnd = file.indexOf("\n", end + 1);
if (end < 0 || headerEnd < 0) refuse("not an age file");
const header = file.subarray(0, headerEnd).toString("latin1").split("\n");
if (header[0] !== "age-encryption.org/v1") refuse("not an age file of version 1");

const stanzas = [];
for (const line of header.slice(1, -1)) {
  if (line.startsWith("-> ")) stanzas.push({ args: line.slice(3).split(" "), body: "" });
  else if (stanzas.length) stanzas.at(-1).body += line;
  else refuse("a line of the header belongs to nobody");
}

let fileKey = null;
for (const raw of secrets) {
  const secret = secretOf(raw), own = Buffer.from(createPublicKey(secret).export({ format: "der", type: "spki" })).subarray(-32);
  for (const { args: [kind, share], body } of stanzas) {
    if (fileKey || kind !== "X25519") continue;
    const theirs = unpadded(share);
    const wrap = hkdf(diffieHellman({ privateKey: secret, publicKey: publicOf(theirs) }), Buffer.concat([theirs, own]), "age-encryption.org/v1/X25519");
    fileKey = open(wrap, Buffer.alloc(12), unpadded(body));
  }
}
if (!fileKey) refuse("sealed to somebody else");

// The header is bound to the file's key, up to and with the three dashes.
const mac = createHmac("sha256", hkdf(fileKey, "", "header")).update(file.subarray(0, end + 4)).digest();
const told = unpadded(header.at(-1).slice(4));
if (told.length !== mac.length || !timingSafeEqual(told, mac)) refuse("the header was changed");

const body = file.subarray(headerEnd + 1), key = hkdf(fileKey, body.subarray(0, 16), "payload"), sealed = body.subarray(16);
const plain = [];
for (let at = 0, count = 0; ; at += CHUNK + TAG, count += 1) {
  const chunk = sealed.subarray(at, at + CHUNK + TAG), last = at + chunk.length >= sealed.length;
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(count, 5, 6);
  nonce[11] = last ? 1 : 0;
  const opened = open(key, nonce, chunk);
  if (!opened || (opened.length === 0 && count > 0)) refuse("the content was cut short, changed or put into another order");
  plain.push(opened);
  if (last) break;
}
process.stdout.write(Buffer.concat(plain));
