// Holds what a site serves against the list of its release, byte for byte: node verify.mjs <origin> <release.json>
// release.json: from the release, or from a build of your own; not from the site that is to be held against it.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
const [origin, list] = process.argv.slice(2);
const { version, commit, files } = JSON.parse(readFileSync(list, "utf8"));
const served = async (path, encoding) => {
  const answer = await fetch(`${origin}/${path.replace(/\/?index\.html$/, "")}`, { headers: { "accept-encoding": encoding } });
  return createHash("sha256").update(Buffer.from(await answer.arrayBuffer())).digest("hex");
};
const wrong = [];
for (const [path, hash] of Object.entries(files)) {
  // As browsers ask, and plainly: a host keeps a compressed form beside the other, and could change one alone.
  for (const encoding of ["br", "identity"]) {
    const found = await served(path, encoding).catch((error) => error.message);
    if (found !== hash) wrong.push(`${path} (${encoding}): ${found}`);
  }
}
const count = Object.keys(files).length;
console.log(wrong.length ? `NOT the release:\n${wrong.join("\n")}` : `${count} files as in release ${version}, commit ${commit ?? "unknown"}`);
process.exit(wrong.length ? 1 : 0);
