// The least that a Worker can do durably: one row per request, in one object's table.
import { DurableObject } from "cloudflare:workers";

export class Rows extends DurableObject {
  constructor(state, env) {
    super(state, env);
    this.sql = state.storage.sql;
    this.sql.exec("CREATE TABLE IF NOT EXISTS row (body TEXT NOT NULL)");
  }

  async fetch(request) {
    this.sql.exec("INSERT INTO row VALUES (?)", await request.text());
    return new Response("{}", { status: 201 });
  }
}

export default {
  fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (pathname === "/api/health") return new Response("{}");
    // The path says which object: one for everything, or one for each row.
    return env.ROWS.get(env.ROWS.idFromName(pathname)).fetch(request);
  },
};
