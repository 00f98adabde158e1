/**
 * The wall between workspaces in PostgreSQL itself: the policies that the migrations put on the tables, and a role
 * that is held to them. Superusers, and roles with BYPASSRLS, see past every policy: for them the program takes a role
 * of its own on each connection, which is made here. Anybody else, the owner of the tables included, is held to the
 * policies as they are.
 */
import type { Database } from './client.ts';
import { sqlState } from './errors.ts';
import { SCHEMA_LOCK_KEY, SCHEMA_LOCK_TIMEOUT_MS } from './migrate.ts';

/** Of the whole server, not of one database; it can do nothing in a database that has granted it nothing. */
export const APPLICATION_ROLE = 'voilatier_app';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const INSUFFICIENT_PRIVILEGE = '42501';

/** The database does not keep workspaces apart. The message is written for the operator. */
export class WallError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'WallError';
  }
}

// What the application may do with a table is what its owner has left to itself: that is where the migrations say what
// is only ever added to.
const RIGHTS = `
  SELECT c.oid::regclass::text AS name, p.privilege,
    EXISTS (SELECT FROM aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) AS acl
      WHERE acl.grantee = c.relowner AND acl.privilege_type = p.privilege) AS wanted,
    has_table_privilege('${APPLICATION_ROLE}', c.oid, p.privilege) AS granted
  FROM pg_policy AS own JOIN pg_class AS c ON c.oid = own.polrelid
  CROSS JOIN (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE')) AS p (privilege)
  WHERE own.polname = 'own_workspace'`;

const READY = `
  SELECT has_schema_privilege('${APPLICATION_ROLE}', 'public', 'USAGE') AND pg_has_role(current_user, '${APPLICATION_ROLE}', 'MEMBER')
    AND has_schema_privilege('${APPLICATION_ROLE}', 'drizzle', 'USAGE')
    AND has_table_privilege('${APPLICATION_ROLE}', 'drizzle.__drizzle_migrations', 'SELECT') AS ready`;

// Roles belong to the server: two databases may be made at once, and one of them comes second.
const CREATE_ROLE = `
  DO $$ BEGIN
    CREATE ROLE ${APPLICATION_ROLE} NOLOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END $$`;

/**
 * The role that the application's connections take; null if whoever connects is held to the policies. What the role
 * lacks it is given, which needs no right to change anything in the usual case that it lacks nothing.
 *
 * @param database migrated
 * @throws `WallError` when the role would have to be made, and whoever connects may not
 */
export async function prepareApplicationRole(database: Database): Promise<string | null> {
  const { rows } = await database.pool.query<{ bypasses: boolean }>(
    'SELECT rolsuper OR rolbypassrls AS bypasses FROM pg_roles WHERE rolname = current_user',
  );
  if (rows[0]?.bypasses !== true) return null;
  if (await isPrepared(database.pool)) return APPLICATION_ROLE;

  const client = await database.pool.connect();
  try {
    await client.query(`SET lock_timeout = ${SCHEMA_LOCK_TIMEOUT_MS}`);
    await client.query('SELECT pg_advisory_lock($1)', [SCHEMA_LOCK_KEY]);
    await client.query(CREATE_ROLE);
    await grant(client);
    return APPLICATION_ROLE;
  } catch (error) {
    if (sqlState(error) !== INSUFFICIENT_PRIVILEGE) throw error;
    throw new WallError(
      `The role of DATABASE_URL sees past row level security, and may not make the role ${APPLICATION_ROLE} to be held to it. ` +
        'Connect with a role that has neither SUPERUSER nor BYPASSRLS and owns the tables, or let a superuser start once.',
      { cause: error },
    );
  } finally {
    // Closing the connection ends the lock with it, whatever happened.
    client.release(true);
  }
}

/**
 * Looks whether PostgreSQL holds the program to the policies.
 *
 * @throws `WallError` when it sees past one
 */
export async function requireWall(database: Database): Promise<void> {
  const { rows } = await database.pool.query<{ name: string; active: boolean }>(
    `SELECT polrelid::regclass::text AS name, row_security_active(polrelid) AS active
     FROM pg_policy WHERE polname = 'own_workspace' ORDER BY 1`,
  );
  const open = rows.filter(({ active }) => !active).map(({ name }) => name);
  if (rows.length > 0 && open.length === 0) return;
  throw new WallError(
    `Row level security does not hold this program in the database: ${open.join(', ') || 'no table has a policy'}. ` +
      `See that the role ${APPLICATION_ROLE}, if there is one, has neither SUPERUSER nor BYPASSRLS, and that nobody has disabled it.`,
  );
}

type Queryable = Pick<Database['pool'], 'query'>;

async function isPrepared(client: Queryable): Promise<boolean> {
  const { rows: roles } = await client.query<{ found: boolean }>(`SELECT to_regrole('${APPLICATION_ROLE}') IS NOT NULL AS found`);
  if (roles[0]?.found !== true) return false;
  const { rows: rights } = await client.query<{ wanted: boolean; granted: boolean }>(RIGHTS);
  if (rights.some(({ wanted, granted }) => wanted !== granted)) return false;
  return (await client.query<{ ready: boolean }>(READY)).rows[0]?.ready === true;
}

async function grant(client: Queryable): Promise<void> {
  if (await isPrepared(client)) return;
  const { rows } = await client.query<{ name: string; privilege: string; wanted: boolean; granted: boolean }>(RIGHTS);
  const differing = rows.filter(({ wanted, granted }) => wanted !== granted);
  await client.query(
    [
      'BEGIN',
      ...differing.map(({ name, privilege, wanted }) =>
        wanted ? `GRANT ${privilege} ON ${name} TO ${APPLICATION_ROLE}` : `REVOKE ${privilege} ON ${name} FROM ${APPLICATION_ROLE}`,
      ),
      // For the question whether all migrations are in.
      `GRANT USAGE ON SCHEMA public, drizzle TO ${APPLICATION_ROLE}`,
      `GRANT SELECT ON drizzle.__drizzle_migrations TO ${APPLICATION_ROLE}`,
      ...((await isMember(client)) ? [] : [`GRANT ${APPLICATION_ROLE} TO CURRENT_USER`]),
      'COMMIT',
    ].join(';\n'),
  );
}

async function isMember(client: Queryable): Promise<boolean> {
  const { rows } = await client.query<{ member: boolean }>(`SELECT pg_has_role(current_user, '${APPLICATION_ROLE}', 'MEMBER') AS member`);
  return rows[0]?.member === true;
}
