/**
 * Proves what is stored, or finds the first place where it is not what must be: every balance, lot, tier, redemption, grant and
 * stock is derived again from what happened, every card's chain of entries is checked, and every signed checkpoint (docs/decisions/0026). It only reads.
 *
 *     npm run verify                              all workspaces of DATABASE_URL, or of the embedded database while no server uses it
 *     npm run verify -- --workspace wrk_...       one workspace
 *     npm run verify -- --checkpoint kept.jws     and that a statement that was kept elsewhere is still among its checkpoints
 *     npm run verify -- --json                    one line of JSON for each workspace
 *
 * Ends with 0 if all is well, 1 if there is a difference, 2 if it could not be looked for.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import type { Database } from '../src/database/client.ts';
import { createDatabase } from '../src/database/client.ts';
import { startEmbeddedPostgres } from '../src/database/embedded.ts';
import type { Difference } from '../src/domain/verification.ts';
import { readEnvironment } from '../src/env.ts';
import { verifyCheckpoints, verifyNextMembers, verifyRewardStocks } from '../src/loaders/verification.ts';
import { fromPublicId, toPublicId } from '../src/platform/ids.ts';
import { Verifier } from '../src/platform/signer.ts';
import { workspaceIdsAfter } from '../src/repositories/due-work.ts';
import { ProgramCache } from '../src/repositories/program.ts';

const MEMBERS_AT_ONCE = 500;
const WORKSPACES_AT_ONCE = 100;
const STATEMENT_TIMEOUT_MS = 120_000;

interface Report {
  readonly workspaceId: string;
  readonly memberCount: number;
  readonly entryCount: number;
  readonly checkpointCount: number;
  readonly headCount: number;
  readonly difference: Difference | null;
}

async function verifyWorkspace(database: Database, programs: ProgramCache, workspaceId: string, known: readonly string[]): Promise<Report> {
  const source = { database: database.workspace(workspaceId), programs, workspaceId };
  const counts = { memberCount: 0, entryCount: 0 };
  let difference: Difference | null = null;
  for (let after: string | null = null; ; ) {
    const page = await verifyNextMembers(source, after, MEMBERS_AT_ONCE);
    counts.memberCount += page.memberCount;
    counts.entryCount += page.entryCount;
    difference = page.difference;
    after = page.last;
    if (after === null || difference !== null) break;
  }
  difference ??= await verifyRewardStocks(source);
  const checkpoints = difference === null ? await verifyCheckpoints(source, new Verifier(database), known) : { checkpointCount: 0, headCount: 0, difference };
  return { workspaceId: toPublicId('Workspace', workspaceId), ...counts, ...checkpoints, difference: shown(checkpoints.difference) };
}

/** With ids as the API shows them. */
function shown(difference: Difference | null): Difference | null {
  if (difference === null) return null;
  const { customerId, cardId, structureId, rewardId, redemptionId, grantId } = difference;
  return {
    ...difference,
    customerId: customerId === null ? null : toPublicId('Customer', customerId),
    cardId: cardId === null ? null : toPublicId('Card', cardId),
    structureId: structureId === null ? null : toPublicId('TierStructure', structureId),
    rewardId: rewardId === null ? null : toPublicId('Reward', rewardId),
    redemptionId: redemptionId === null ? null : toPublicId('Redemption', redemptionId),
    grantId: grantId === null ? null : toPublicId('RewardGrant', grantId),
  };
}

function describeReport({ workspaceId, memberCount, entryCount, checkpointCount, headCount, difference }: Report): string {
  if (difference === null) {
    return `${workspaceId}: sound. ${memberCount} members, ${entryCount} entries, ${checkpointCount} checkpoints over ${headCount} heads.`;
  }
  const { kind, customerId, cardId, structureId, rewardId, redemptionId, grantId, sequence, checkpointSequence, field, found, expected } = difference;
  const places = [
    ['customer', customerId],
    ['card', cardId],
    ['tier structure', structureId],
    ['reward', rewardId],
    ['redemption', redemptionId],
    ['grant', grantId],
    ['number', sequence],
    ['checkpoint', checkpointSequence],
  ] as const;
  const place = places.filter(([, value]) => value !== null).map(([name, value]) => `  ${name}: ${String(value)}\n`);
  return `${workspaceId}: ${kind}\n${place.join('')}  ${field}: found ${found ?? 'nothing'}, expected ${expected ?? 'nothing'}`;
}

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: { workspace: { type: 'string' }, json: { type: 'boolean', default: false }, checkpoint: { type: 'string', multiple: true, default: [] } },
  });
  const only = values.workspace === undefined ? null : fromPublicId('Workspace', values.workspace);
  if (values.workspace !== undefined && only === null) throw new Error(`${values.workspace} is no id of a workspace.`);
  if (values.checkpoint.length > 0 && only === null) throw new Error('A checkpoint is one of a workspace: name it with --workspace.');
  const known = values.checkpoint.map((file) => readFileSync(file, 'utf8').trim());
  const { databaseUrl, dataDir } = readEnvironment();
  const embedded = databaseUrl === null ? await startEmbeddedPostgres({ dataDir, log: pino({ level: 'error' }) }) : null;
  const database = createDatabase(embedded?.url ?? databaseUrl ?? '', { connectionsMax: 2, statementTimeoutMs: STATEMENT_TIMEOUT_MS });
  const programs = new ProgramCache();
  let sound = true;
  try {
    for (let after: string | null = null; ; ) {
      const ids: string[] = only === null ? await workspaceIdsAfter(database, after, WORKSPACES_AT_ONCE) : [only];
      for (const id of ids) {
        const report = await verifyWorkspace(database, programs, id, known);
        process.stdout.write(`${values.json ? JSON.stringify(report) : describeReport(report)}\n`);
        sound &&= report.difference === null;
      }
      after = ids.at(-1) ?? null;
      if (only !== null || ids.length < WORKSPACES_AT_ONCE) return sound;
    }
  } finally {
    await database.close();
    await embedded?.stop();
  }
}

main().then(
  (sound) => {
    process.exitCode = sound ? 0 : 1;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
