/**
 * The rules that keep the schema fit to be spread over many machines by workspace
 * (design: "Scale-out"). A table can be sharded only if the workspace is part of every
 * key, and a statement is cheap only if it reaches one shard. tests/contract/migrations
 * applies these rules to the sum of all migrations.
 */
import type { Catalog, CatalogTable } from './schema-catalog.ts';

const WORKSPACE_COLUMN = 'workspace_id';
/** Milliseconds, as JavaScript has them: a cursor made from a Date must find its row again. */
const TIMESTAMP_TYPE = 'timestamp(3) with time zone';

/**
 * The only exemptions. A request carries a key and nothing else, so the key has to be
 * found before its workspace is known. This list may shrink; it does not grow.
 */
export const EXEMPT_INDEXES: readonly string[] = ['api_keys_secret_hash_idx'];

/** What each table's policy says: the rows of the workspace that the connection names, and of none without a name. */
const OWN_WORKSPACE = (table: string) =>
  `CREATE POLICY own_workspace ON ${table} FOR ALL TO PUBLIC ` +
  "USING ((workspace_id = (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid))";
/** The same, asked once for a statement: of tables with many rows and a second policy, where each row is held to both. */
const OWN_WORKSPACE_ONCE = (table: string) =>
  `CREATE POLICY own_workspace ON ${table} FOR ALL TO PUBLIC ` +
  `USING ((workspace_id = ( SELECT (NULLIF(current_setting('voilatier.workspace_id'::text, true), ''::text))::uuid AS "nullif")))`;

/**
 * The only policies that open rows of all workspaces, all of them for reading alone: a key has to be found before its
 * workspace is known, and work before it is done. This list may shrink; it does not grow.
 */
export const EXEMPT_POLICIES: readonly string[] = [
  'all_due_work ON customers FOR SELECT',
  'all_due_work ON due_work FOR SELECT',
  'all_due_work ON workspaces FOR SELECT',
  'api_key_by_secret ON api_keys FOR SELECT',
];

/** What is wrong with a schema: one sentence per violation, none if all is well. */
export function findViolations(catalog: Catalog): string[] {
  return [
    ...catalog.tables.flatMap(findTableViolations),
    ...catalog.sequences.map(({ name }) => `Sequence ${name}: ids are made in the application.`),
    ...catalog.triggers.map(({ name }) => `Trigger ${name}: there are no triggers.`),
    ...catalog.routines.map(({ name }) => `Function ${name}: there are no functions in the database.`),
  ];
}

function findTableViolations(table: CatalogTable): string[] {
  const violations: string[] = [];

  const workspaceColumn = table.columns.find(({ name }) => name === WORKSPACE_COLUMN);
  if (workspaceColumn === undefined) violations.push(`Table ${table.name} has no column ${WORKSPACE_COLUMN}.`);
  else if (workspaceColumn.nullable) violations.push(`Column ${table.name}.${WORKSPACE_COLUMN} may be null.`);
  if (!table.constraints.some(({ kind }) => kind === 'PRIMARY KEY')) {
    violations.push(`Table ${table.name} has no primary key.`);
  }

  for (const column of table.columns) {
    const place = `Column ${table.name}.${column.name}`;
    if (column.identity) violations.push(`${place} is an identity: ids are made in the application.`);
    if (column.default?.includes('nextval(')) violations.push(`${place} is a serial: ids are made in the application.`);
    if (column.type.startsWith('timestamp') && column.type.replace('[]', '') !== TIMESTAMP_TYPE) {
      violations.push(`${place} is ${column.type}: a point in time is ${TIMESTAMP_TYPE}.`);
    }
  }

  for (const constraint of table.constraints) {
    if (constraint.kind === 'CHECK') continue;
    const place = `${constraint.kind} ${constraint.name} of ${table.name}`;
    if (constraint.columns[0] !== WORKSPACE_COLUMN) {
      violations.push(`${place} does not lead with ${WORKSPACE_COLUMN}.`);
    }
    if (constraint.kind === 'FOREIGN KEY' && constraint.referencedColumns[0] !== WORKSPACE_COLUMN) {
      violations.push(`${place} points at a key that does not lead with ${WORKSPACE_COLUMN}.`);
    }
  }

  for (const index of table.indexes) {
    if (index.firstColumn === WORKSPACE_COLUMN) continue;
    // A unique index would have to be checked on every shard, so none is exempt.
    if (EXEMPT_INDEXES.includes(index.name) && !index.unique) continue;
    violations.push(`Index ${index.name} of ${table.name} does not lead with ${WORKSPACE_COLUMN}.`);
  }
  return [...violations, ...findOpenings(table)];
}

/** Where PostgreSQL itself does not keep workspaces apart. */
function findOpenings({ name, forcesRowSecurity, policies }: CatalogTable): string[] {
  const others = policies.filter(({ definition }) => definition !== OWN_WORKSPACE(name) && definition !== OWN_WORKSPACE_ONCE(name));
  return [
    ...(forcesRowSecurity ? [] : [`Table ${name} does not enable and force row level security.`]),
    ...(others.length < policies.length ? [] : [`Table ${name} has no policy that shows the rows of one workspace: ${OWN_WORKSPACE(name)}`]),
    ...others
      .filter(({ definition }) => !EXEMPT_POLICIES.some((exempt) => definition.startsWith(`CREATE POLICY ${exempt} `)))
      .map((policy) => `Policy ${policy.name} of ${name} opens rows of other workspaces.`),
  ];
}
