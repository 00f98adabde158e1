/**
 * The audit log is only ever added to: no statement of the program changes or removes an entry. What the database
 * refuses besides is its own affair; this finds the mistake before it is made.
 */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const SOURCE = fileURLToPath(new URL('../../src', import.meta.url));
const MIGRATIONS = fileURLToPath(new URL('../../drizzle', import.meta.url));

/** Tables whose rows are only ever added, and the names by which the program knows them. */
const APPEND_ONLY = ['activities'];

/** Drizzle's words and SQL's own. */
function changesOf(table: string, text: string): string[] {
  const name = `(?:"?public"?\\.)?"?${table}"?`;
  const patterns = [
    `\\.(?:update|delete)\\(\\s*${table}\\s*\\)`,
    `\\bUPDATE\\s+(?:ONLY\\s+)?${name}\\b`,
    `\\bDELETE\\s+FROM\\s+(?:ONLY\\s+)?${name}\\b`,
    `\\bTRUNCATE\\s+(?:TABLE\\s+)?(?:ONLY\\s+)?(?:[\\w\".]+\\s*,\\s*)*${name}(?!\\w)`,
    `\\bMERGE\\s+INTO\\s+(?:ONLY\\s+)?${name}\\b`,
    `\\bDROP\\s+TABLE\\s+(?:IF\\s+EXISTS\\s+)?(?:[\\w\".]+\\s*,\\s*)*${name}(?!\\w)`,
    `\\.insert\\(\\s*${table}\\s*\\)[^;]*?\\.onConflictDoUpdate\\(`,
    `\\bINSERT\\s+INTO\\s+${name}[^;]*?\\bDO\\s+UPDATE\\b`,
  ];
  return patterns.flatMap((pattern) => [...text.matchAll(new RegExp(pattern, 'gi'))].map(([found]) => found));
}

function filesIn(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending) && !file.startsWith('generated'))
    .map((file) => path.join(folder, file));
}

test.each(APPEND_ONLY)('no statement changes or removes a row of %s', (table) => {
  const files = [...filesIn(SOURCE, '.ts'), ...filesIn(MIGRATIONS, '.sql')];
  expect(files.length).toBeGreaterThan(90);
  const texts = files.map((file) => readFileSync(file, 'utf8'));
  expect(texts.some((text) => text.includes(`.insert(${table})`))).toBe(true);
  const found = files.flatMap((file, index) => changesOf(table, texts[index] ?? '').map((change) => `${path.basename(file)}: ${change}`));
  expect(found).toEqual([]);
});

describe('it would be found', () => {
  test.each([
    'await db.update(activities).set({ action })',
    'await db.delete( activities ).where(own)',
    'sql`UPDATE activities SET action = 1`',
    'sql`update only "activities" set action = 1`',
    'sql`DELETE FROM public.activities`',
    'TRUNCATE TABLE customers, activities;',
    'MERGE INTO activities USING x',
    'DROP TABLE IF EXISTS "activities";',
    'await db.insert(activities).values(rows).onConflictDoUpdate({ target })',
    'INSERT INTO activities (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET action = 1',
  ])('%s', (statement) => expect(changesOf('activities', statement)).not.toEqual([]));

  test.each([
    'await db.insert(activities).values(row); await db.insert(events).values(row).onConflictDoUpdate({})',
    "REVOKE UPDATE, DELETE, TRUNCATE ON activities FROM owner",
    'await db.update(customer_activities)',
    'DELETE FROM customer_activities',
    'ALTER TABLE "activities" ADD COLUMN "api" text;',
    'INSERT INTO activities (id) VALUES (1); UPDATE events SET x = 1',
  ])('and this is none: %s', (statement) => expect(changesOf('activities', statement)).toEqual([]));
});
