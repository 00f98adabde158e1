/**
 * Writes `drizzle/schema.sql`: what all migrations add up to, for people to read.
 *
 *     npm run db:schema              writes the file
 *     npm run db:schema -- --check   changes nothing; fails if the file is not up to date
 *
 * The migrations are applied to an embedded PostgreSQL in a temporary folder, and the
 * result is read from its catalog (the npm package has no pg_dump).
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { createDatabase } from '../src/database/client.ts';
import { startEmbeddedPostgres } from '../src/database/embedded.ts';
import { migrateDatabase, MIGRATIONS_FOLDER } from '../src/database/migrate.ts';
import { readCatalog, type Catalog, type CatalogColumn, type CatalogTable } from './schema-catalog.ts';

export const SCHEMA_FILE = path.join(MIGRATIONS_FOLDER, 'schema.sql');

const HEADER = `-- What the migrations in this folder add up to, for people to read.
-- Written by \`npm run db:schema\`. Do not edit, and do not run: the migrations make the schema.
`;

/** The text of `schema.sql`. The same catalog always gives the same text. */
export function renderSchema(catalog: Catalog): string {
  const others = (objects: Catalog['enums']) => objects.map(({ definition }) => `${definition.trim()};\n`);
  return [
    HEADER,
    ...others(catalog.enums),
    ...others(catalog.sequences),
    ...catalog.tables.map(renderTable),
    ...others(catalog.views),
    ...others(catalog.routines),
    ...others(catalog.triggers),
  ].join('\n');
}

function renderTable(table: CatalogTable): string {
  const parts = [
    ...table.columns.map(renderColumn),
    ...table.constraints.map(({ name, definition }) => `CONSTRAINT ${name} ${definition}`),
  ];
  const comments = [
    ...(table.comment === null ? [] : [`COMMENT ON TABLE ${table.name} IS ${quote(table.comment)};\n`]),
    ...table.columns
      .filter(({ comment }) => comment !== null)
      .map(({ name, comment }) => `COMMENT ON COLUMN ${table.name}.${name} IS ${quote(comment ?? '')};\n`),
  ];
  return [
    `CREATE TABLE ${table.name} (\n`,
    `${parts.map((part) => `  ${part}`).join(',\n')}\n`,
    ');\n',
    ...table.indexes.map(({ definition }) => `${definition};\n`),
    ...(table.forcesRowSecurity ? [`ALTER TABLE ${table.name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;\n`] : []),
    ...table.policies.map(({ definition }) => `${definition};\n`),
    ...(table.appendOnly ? [`REVOKE UPDATE, DELETE, TRUNCATE ON ${table.name} FROM CURRENT_USER;\n`] : []),
    ...comments,
  ].join('');
}

function renderColumn(column: CatalogColumn): string {
  const words = [column.name, column.type];
  if (column.generated) words.push(`GENERATED ALWAYS AS (${column.default ?? ''})`);
  else if (column.default !== null) words.push(`DEFAULT ${column.default}`);
  if (column.identity) words.push('GENERATED AS IDENTITY');
  if (!column.nullable) words.push('NOT NULL');
  return words.join(' ');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Applies all migrations to a new database and renders it. */
async function renderMigrations(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'voilatier-schema-'));
  const silent = { info() {}, warn() {}, error() {} };
  const server = await startEmbeddedPostgres({ dataDir: folder, log: silent, durable: false });
  const database = createDatabase(server.url);
  try {
    await migrateDatabase(database);
    return renderSchema(await readCatalog(database));
  } finally {
    await database.close();
    await server.stop();
    await rm(folder, { recursive: true });
  }
}

async function main(): Promise<void> {
  const expected = await renderMigrations();
  if (!process.argv.includes('--check')) {
    await writeFile(SCHEMA_FILE, expected);
    console.log(`Wrote ${SCHEMA_FILE}`);
    return;
  }
  const committed = existsSync(SCHEMA_FILE) ? await readFile(SCHEMA_FILE, 'utf8') : '';
  if (committed === expected) {
    console.log(`${SCHEMA_FILE} is up to date`);
    return;
  }
  console.error(`${SCHEMA_FILE} is not what the migrations add up to. Run: npm run db:schema`);
  process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
