import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import { Pool } from "pg";

/** PostgreSQL itself (compiled to WebAssembly), behind its wire protocol on loopback. */
export interface Postgres extends AsyncDisposable {
  /** A pool of the `pg` driver, closed with the server. */
  readonly pool: Pool;
}

/** Starts an empty server on a free port. */
export async function startPostgres(): Promise<Postgres> {
  const db = await PGlite.create();
  const server = new PGLiteSocketServer({ db, host: "127.0.0.1", port: 0, maxConnections: 20 });
  await server.start();
  const port = Number(server.getServerConn().split(":").at(-1));
  const pool = new Pool({ host: "127.0.0.1", port, user: "postgres", database: "postgres", max: 2 });
  return {
    pool,
    [Symbol.asyncDispose]: async () => {
      await pool.end();
      await server.stop();
      await db.close();
    },
  };
}
