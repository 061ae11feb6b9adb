// Asks a learned model in the page. The model file comes from the insights build's `importModel`, or the native library; what
// asks it is learned.wasm, an instance for each model. Loaded by those who have one.

const HEAD = 4; // value, margin, base, rounding

/**
 * Makes a model ready to be asked.
 *
 * @param {Uint8Array | ArrayBuffer} file the model file
 * @param {BufferSource | WebAssembly.Module} [program] learned.wasm, where it is at hand; otherwise it is fetched from beside this script
 * @returns {Promise<import("./learned.d.ts").Model>} rejects with an `Error` whose `code` is "model-file" where the file is damaged
 */
export async function load(file, program) {
  const bytes = new Uint8Array(file);
  const made = await WebAssembly.instantiate(program ?? (await (await fetch(new URL("./learned.wasm", import.meta.url))).arrayBuffer()));
  const { memory, load, predict } = (made.instance ?? made).exports;
  try {
    // The header is JSON, from the eighth byte on; its length stands before it.
    const [, length] = new Uint32Array(bytes.buffer, 0, 2);
    const { features, codes = [], lines = features.map(({ name }) => name) } = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    const width = features.length;
    const after = width + HEAD + lines.length;
    const size = after + codes.length;
    // The file, the room, and unfolded trees, which take at most six times as much. Memory that is not touched costs nothing.
    const at = memory.grow((bytes.length * 7 + size * 8 >> 16) + 2) << 16;
    const start = at + bytes.length + 7 & -8;
    new Uint8Array(memory.buffer).set(bytes, at);
    load(at, bytes.length, start, width, lines.length, codes.length); // traps where the file is damaged
    const room = new Float64Array(memory.buffer, start, size);
    return {
      features,
      lines,
      predict(row) {
        if (row.length !== width) throw trouble("wrong-length", "row", `The model takes ${width} values.`);
        room.set(row);
        predict();
        const [value, margin, base, rounding] = room.subarray(width);
        return {
          value, margin, base, rounding,
          contributions: room.slice(width + HEAD, after),
          reasons: codes.map((code, place) => ({ code, points: room[after + place] })).filter(({ points }) => points >= 0).sort((one, other) => other.points - one.points),
        };
      },
    };
  } catch {
    throw trouble("model-file", "$", "This is no model file of version 1, or damaged.");
  }
}

const trouble = (code, path, sentence) => Object.assign(Error(sentence), { code, path });
