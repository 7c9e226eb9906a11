// `node compress.mjs brotli <from> <to> …` compresses each file at its slowest (quality 11, window 2^22), in each of some ways, and
// keeps the smallest: which is so depends on the file, and modules are a third of a per cent smaller than in the usual way.
// `node compress.mjs gzip <file>` prints the file's size in bytes after gzip at its smallest.

import { readFile, rename, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const [task, ...files] = process.argv.slice(2);

// Distances that are told directly, and the size of a block (RFC 7932, 4 and 9.2); 0: as the encoder sees fit.
const WAYS = [
  [0, 0],
  [4, 16],
  [15, 16],
];

async function brotli(from, to) {
  const bytes = await readFile(from);
  const way = ([direct, block]) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_LGWIN]: 22,
        [constants.BROTLI_PARAM_NDIRECT]: direct,
        [constants.BROTLI_PARAM_LGBLOCK]: block,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    });
  const [small] = (await Promise.all(WAYS.map(way))).sort((one, other) => one.length - other.length);
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
