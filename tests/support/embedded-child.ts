/**
 * A process that starts the embedded PostgreSQL, says so, and then waits to be killed.
 * For tests of what happens to a server whose process ends.
 *
 *     node --import tsx embedded-child.ts <data folder> [exit]
 *
 * Prints one line of JSON: `{ url, pid }`, or `{ code, message }` if there was no start.
 * With `exit` it ends right away, without stopping the server. SIGTERM stops both.
 */
import { startEmbeddedPostgres } from '../../src/database/embedded.ts';
import type { DatabaseStartError } from '../../src/database/errors.ts';

const [dataDir = '', mode] = process.argv.slice(2);
const log = { info() {}, warn() {}, error() {} };
try {
  const server = await startEmbeddedPostgres({ dataDir, log, durable: false });
  console.log(JSON.stringify({ url: server.url, pid: server.pid }));
  if (mode === 'exit') process.exit();
  const alive = setInterval(() => {}, 1_000);
  process.once('SIGTERM', () => void server.stop().then(() => clearInterval(alive)));
} catch (error) {
  const { code, message } = error as DatabaseStartError;
  console.log(JSON.stringify({ code, message }));
}
