import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { buildSchema, isEnumType } from 'graphql';
import type { TestServer } from './server.ts';

/** Runs what must be refused, and asserts that no row of any table came, went or changed. */
export async function unchanged<Result>(server: Pick<TestServer, 'database'>, work: () => Promise<Result>): Promise<Result> {
  const before = await contentsOf(server);
  const result = await work();
  expect(await contentsOf(server)).toEqual(before);
  return result;
}

/**
 * Number of rows and a hash over all of them, by table: but for which process is at work on what falls due, which
 * has leased how much of a rate limit, and how far positions have been given to events, which whoever reads them does.
 */
export async function contentsOf({ database }: Pick<TestServer, 'database'>): Promise<Record<string, string>> {
  const tables = await database.pool.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('due_work', 'rate_limit_buckets', 'event_batches', 'event_logs') ORDER BY tablename",
  );
  const contents = tables.rows.map(
    ({ name }) => `(SELECT count(*) || ' ' || coalesce(md5(string_agg(r::text, '|' ORDER BY r::text)), '') FROM ${name} AS r) AS ${name}`,
  );
  const { rows } = await database.pool.query<Record<string, string>>(`SELECT ${contents.join(', ')}`);
  return rows[0]!;
}

interface UserError {
  readonly code: string;
  readonly message: string;
  readonly field: readonly string[] | null;
}

/** Each user error as its code and the path below `input`, for example `INVALID_NAME tiers 0 name`. */
export function problemsOf({ userErrors }: { readonly userErrors: readonly UserError[] }): string[] {
  return userErrors.map(({ code, message, field }) => {
    expect(message).toMatch(/^.+\.$/s);
    expect(field?.[0] ?? 'input').toBe('input');
    return [code, ...(field ?? []).slice(1)].join(' ');
  });
}

/** All values of an enum of the contract, sorted. */
export function codesOf(enumName: string): string[] {
  const type = buildSchema(readFileSync(new URL('../../src/generated/schema.graphql', import.meta.url), 'utf8')).getType(enumName);
  if (!isEnumType(type)) throw new Error(`${enumName} is no enum of the contract`);
  return type
    .getValues()
    .map(({ name }) => name)
    .sort();
}
