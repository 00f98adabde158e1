/** After all tests: what the global setup made goes away, and what tests forgot to drop. */
import { onServer, TEMPLATE_VARIABLE } from './database.ts';

export default async function globalTeardown(): Promise<void> {
  const { server } = globalThis.voilatierTestRun ?? {};
  // A server of our own goes away as a whole.
  if (server !== undefined) return server.stop();

  const pattern = process.env[TEMPLATE_VARIABLE]?.replace('template', '%');
  await onServer(async (client) => {
    const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database WHERE datname LIKE $1', [
      pattern,
    ]);
    for (const { datname } of rows) await client.query(`DROP DATABASE ${datname} WITH (FORCE)`);
  });
}
