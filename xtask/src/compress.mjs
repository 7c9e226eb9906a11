// `node compress.mjs brotli <from> <to> …` compresses each file at its slowest and smallest (quality 11, window 2^22);
// `node compress.mjs gzip <file>` prints the file's size in bytes after gzip at its smallest.

import { readFile, rename, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const [task, ...files] = process.argv.slice(2);

async function brotli(from, to) {
  const bytes = await readFile(from);
  const small = await promisify(brotliCompress)(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  await writeFile(`${to}.unfinished`, small);
  await rename(`${to}.unfinished`, to);
}

if (task === "brotli") {
  const work = [];
  for (let at = 0; at < files.length; at += 2) work.push(brotli(files[at], files[at + 1]));
  await Promise.all(work);
} else {
  console.log((await promisify(gzip)(await readFile(files[0]), { level: 9 })).length);
}
