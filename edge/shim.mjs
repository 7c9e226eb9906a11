// The JavaScript around the WASM module: it starts the module, hands requests over, and starts it afresh after a
// panic, so that nobody ever sees more of a panic than a problem document.
import wasmModule from "./edge_bg.wasm";
import * as edge from "./edge.js";

// How often the module was started: objects of an earlier start are stale.
let generation = 0;
let broken = false;
const waiting = new Set();

edge.initSync({ module: wasmModule });

const isPanic = (error) => error instanceof WebAssembly.RuntimeError;

// A panic inside asynchronous Rust surfaces here and not in the promise that waits for it.
addEventListener("error", ({ error }) => {
  if (!isPanic(error)) return;
  broken = true;
  for (const giveUp of waiting) giveUp(error);
});

async function guarded(call) {
  if (broken) {
    broken = false;
    generation += 1;
    edge.__wbg_reset_state();
  }
  let giveUp;
  const panicked = new Promise((_, reject) => waiting.add((giveUp = reject)));
  try {
    return await Promise.race([call(), panicked]);
  } catch (error) {
    broken ||= isPanic(error);
    throw error;
  } finally {
    waiting.delete(giveUp);
  }
}

const problem = () =>
  new Response(
    JSON.stringify({
      type: "urn:anju:error:internal",
      title: "系统出了问题，内容没有保存，请稍后重试。",
      status: 500,
      code: "internal",
    }),
    {
      status: 500,
      headers: {
        "content-type": "application/problem+json",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      },
    },
  );

export default {
  async fetch(request, env, ctx) {
    try {
      return await guarded(() => edge.fetch(request, env, ctx));
    } catch {
      return problem();
    }
  },

  // `CONNECT` asks for a tunnel. workerd accepts it before anybody is asked, and writes two errors to its log where there
  // is no handler; this one closes what was opened. Nothing can be reached through it.
  async connect(socket) {
    await socket.close();
  },
};

// A Durable Object whose Rust half is built anew when the module was started afresh.
const durable = (Rust) =>
  class {
    #state;
    #env;
    #half;
    #builtIn = -1;

    constructor(state, env) {
      this.#state = state;
      this.#env = env;
    }

    #rust() {
      if (this.#builtIn !== generation) {
        this.#half = new Rust(this.#state, this.#env);
        this.#builtIn = generation;
      }
      return this.#half;
    }

    fetch(request) {
      return guarded(() => this.#rust().fetch(request)).catch(problem);
    }

    alarm() {
      return guarded(() => this.#rust().alarm());
    }
  };

export const Case = durable(edge.Case);
export const Office = durable(edge.Office);
