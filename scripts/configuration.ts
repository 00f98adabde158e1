/**
 * A workspace's configuration as a file, through the public API:
 *
 *     npm run --silent configuration -- export [--format json] > loyalty.yaml
 *     npm run --silent configuration -- plan  --file loyalty.yaml [--prune]
 *     npm run --silent configuration -- apply --file loyalty.yaml [--prune] [--fingerprint <of a plan>]
 *
 * `--url` and `--key` say where and with what; left out, VOILATIER_URL and VOILATIER_API_KEY do.
 *
 * Exit codes: 0 done, or nothing to change; 1 refused, or not reached; 2 (plan alone) there are changes.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const USAGE = 'Usage: npm run configuration -- export|plan|apply [--url <server>] [--key <API key>] [--file <path>] [--prune] [--fingerprint <of a plan>] [--format yaml|json]';
const CHANGES = 2;

interface Problem {
  readonly code: string;
  readonly message?: string;
  readonly path?: readonly string[] | null;
  readonly line?: number | null;
  readonly column?: number | null;
}
interface Change {
  readonly action: string;
  readonly object: string;
  readonly key: string | null;
  readonly fields: readonly { readonly field: readonly string[]; readonly before: string | null; readonly after: string | null }[];
}
interface Plan {
  readonly fingerprint: string;
  readonly changes: readonly Change[];
}

class Refused extends Error {}

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
});

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      url: { type: 'string', default: process.env['VOILATIER_URL'] ?? 'http://localhost:4000' },
      key: { type: 'string', default: process.env['VOILATIER_API_KEY'] ?? '' },
      file: { type: 'string' },
      format: { type: 'string', default: 'yaml' },
      fingerprint: { type: 'string' },
      prune: { type: 'boolean', default: false },
    },
  });
  const [step, ...rest] = positionals;
  if (step === undefined || !['export', 'plan', 'apply'].includes(step) || rest.length > 0) throw new Refused(USAGE);
  const call = (method: string, path: string, body?: object) => send(values.url, values.key, method, path, body);
  if (step === 'export') {
    const { document } = (await call('GET', `/v3/configuration?format=${values.format.toUpperCase()}`)) as { document: string };
    process.stdout.write(document);
    return 0;
  }
  if (values.file === undefined) throw new Refused(USAGE);
  const input = { document: readFileSync(values.file === '-' ? 0 : values.file, 'utf8'), prune: values.prune };
  const plan = (await call('POST', '/v3/configuration/plans', input)) as Plan;
  console.log(described(plan));
  if (step === 'plan') return plan.changes.length === 0 ? 0 : CHANGES;
  const fingerprint = values.fingerprint ?? plan.fingerprint;
  const { change_count: count } = (await call('POST', '/v3/configuration/applications', { ...input, fingerprint })) as { change_count: number };
  console.log(`Applied: ${count} changes.`);
  return 0;
}

async function send(url: string, key: string, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(new URL(path, url), {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as { errors?: readonly Problem[]; detail?: string; code?: string };
  if (response.ok) return answer;
  const problems = answer.errors ?? [{ code: answer.code ?? String(response.status), message: answer.detail ?? response.statusText }];
  throw new Refused(problems.map(({ code, message, path: at, line, column }) => [place(line, column), code, at?.join('.'), message].filter(Boolean).join('  ')).join('\n'));
}

const place = (line?: number | null, column?: number | null) => (typeof line === 'number' ? `${line}:${column ?? 1}` : '');

function described({ fingerprint, changes }: Plan): string {
  if (changes.length === 0) return 'No changes.';
  const lines = changes.flatMap(({ action, object, key, fields }) => [
    [action, object.toLowerCase().replaceAll('_', ' '), key].filter((part) => part !== null).join(' '),
    ...fields.map(({ field, before, after }) => `    ${field.join('.')}: ${before ?? '(default)'} -> ${after ?? '(default)'}`),
  ]);
  return [...lines, `${changes.length} changes. Fingerprint: ${fingerprint}`].join('\n');
}
