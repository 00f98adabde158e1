/**
 * Reads what is in a database from PostgreSQL's own catalog, in a form that a person can
 * read (schema-dump.ts) and a rule can judge (migration-rules.ts). Drizzle's record of
 * applied migrations is left out: it belongs to Drizzle, in a schema of its own.
 */
import type { Database } from '../src/database/client.ts';

export interface Catalog {
  readonly tables: readonly CatalogTable[];
  readonly enums: readonly CatalogObject[];
  readonly sequences: readonly CatalogObject[];
  readonly views: readonly CatalogObject[];
  readonly routines: readonly CatalogObject[];
  readonly triggers: readonly CatalogObject[];
}

export interface CatalogTable {
  readonly name: string;
  readonly comment: string | null;
  readonly columns: readonly CatalogColumn[];
  readonly constraints: readonly CatalogConstraint[];
  /** Those that do not belong to a constraint. */
  readonly indexes: readonly CatalogIndex[];
  /** Whether policies decide which rows are seen, by the owner too. */
  readonly forcesRowSecurity: boolean;
  readonly policies: readonly CatalogObject[];
  /** Whether the owner has given up the right to change rows. */
  readonly appendOnly: boolean;
}

export interface CatalogColumn {
  readonly name: string;
  /** With its precision: `timestamp(3) with time zone`. */
  readonly type: string;
  readonly nullable: boolean;
  /** The expression of a default, or of a generated column. */
  readonly default: string | null;
  readonly generated: boolean;
  readonly identity: boolean;
  readonly comment: string | null;
}

export type ConstraintKind = 'PRIMARY KEY' | 'UNIQUE' | 'FOREIGN KEY' | 'CHECK' | 'EXCLUDE';

export interface CatalogConstraint {
  readonly name: string;
  readonly kind: ConstraintKind;
  /** As PostgreSQL writes it, without the name. */
  readonly definition: string;
  /** In the order of the constraint. */
  readonly columns: readonly string[];
  /** Of a foreign key: the columns it points at, in the same order. */
  readonly referencedColumns: readonly string[];
}

export interface CatalogIndex {
  readonly name: string;
  readonly definition: string;
  readonly unique: boolean;
  /** Null if the index leads with an expression. */
  readonly firstColumn: string | null;
}

/** Anything else, as one statement. */
export interface CatalogObject {
  readonly name: string;
  readonly definition: string;
}

const OWN_SCHEMAS = `(SELECT oid FROM pg_namespace
  WHERE nspname NOT IN ('information_schema', 'drizzle') AND nspname NOT LIKE 'pg\\_%')`;

/** Ordered by code point, so that every server gives the same order. */
export async function readCatalog(database: Database): Promise<Catalog> {
  const [tables, columns, constraints, indexes, policies] = await Promise.all([
    readRows<Pick<CatalogTable, 'name' | 'comment' | 'forcesRowSecurity' | 'appendOnly'>>(database, TABLES),
    readRows<CatalogColumn & { table: string }>(database, COLUMNS),
    readRows<CatalogConstraint & { table: string }>(database, CONSTRAINTS),
    readRows<CatalogIndex & { table: string }>(database, INDEXES),
    readRows<CatalogObject & { table: string }>(database, POLICIES),
  ]);
  return {
    tables: tables.map((table) => ({
      ...table,
      columns: columns.filter((column) => column.table === table.name),
      constraints: constraints.filter((constraint) => constraint.table === table.name),
      indexes: indexes.filter((index) => index.table === table.name),
      policies: policies.filter((policy) => policy.table === table.name),
    })),
    enums: await readRows<CatalogObject>(database, ENUMS),
    sequences: await readRows<CatalogObject>(database, SEQUENCES),
    views: await readRows<CatalogObject>(database, VIEWS),
    routines: await readRows<CatalogObject>(database, ROUTINES),
    triggers: await readRows<CatalogObject>(database, TRIGGERS),
  };
}

async function readRows<Row extends object>(database: Database, statement: string): Promise<Row[]> {
  const { rows } = await database.pool.query<Row>(statement);
  return rows;
}

// A name is written as `regclass` writes it: quoted where needed, and with its schema
// unless that is on the search path. "C" is the order of code points.

const TABLES = `
  SELECT c.oid::regclass::text AS name, obj_description(c.oid, 'pg_class') AS comment,
    c.relrowsecurity AND c.relforcerowsecurity AS "forcesRowSecurity",
    NOT EXISTS (SELECT FROM aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) AS acl
      WHERE acl.grantee = c.relowner AND acl.privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE')) AS "appendOnly"
  FROM pg_class c
  WHERE c.relnamespace IN ${OWN_SCHEMAS} AND c.relkind IN ('r', 'p')
  ORDER BY c.oid::regclass::text COLLATE "C"`;

const COLUMNS = `
  SELECT c.oid::regclass::text AS table, quote_ident(a.attname) AS name,
    format_type(a.atttypid, a.atttypmod) AS type,
    NOT a.attnotnull AS nullable,
    pg_get_expr(d.adbin, d.adrelid) AS default,
    a.attgenerated <> '' AS generated,
    a.attidentity <> '' AS identity,
    col_description(c.oid, a.attnum) AS comment
  FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relnamespace IN ${OWN_SCHEMAS} AND c.relkind IN ('r', 'p')
  ORDER BY a.attnum`;

const CONSTRAINTS = `
  SELECT k.conrelid::regclass::text AS table, quote_ident(k.conname) AS name,
    kind.name AS kind,
    pg_get_constraintdef(k.oid) AS definition,
    ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS key (attnum, place)
      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = key.attnum
      ORDER BY place) AS columns,
    ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY AS key (attnum, place)
      JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = key.attnum
      ORDER BY place) AS "referencedColumns"
  FROM pg_constraint k
  JOIN (VALUES ('p', 1, 'PRIMARY KEY'), ('u', 2, 'UNIQUE'), ('f', 3, 'FOREIGN KEY'), ('c', 4, 'CHECK'), ('x', 5, 'EXCLUDE'))
    AS kind (letter, place, name) ON kind.letter = k.contype::text
  WHERE k.connamespace IN ${OWN_SCHEMAS} AND k.conrelid <> 0
  ORDER BY kind.place, k.conname::text COLLATE "C"`;

const INDEXES = `
  SELECT i.indrelid::regclass::text AS table, i.indexrelid::regclass::text AS name,
    pg_get_indexdef(i.indexrelid, 0, true) AS definition,
    i.indisunique AS unique,
    a.attname::text AS "firstColumn"
  FROM pg_index i
  JOIN pg_class c ON c.oid = i.indexrelid
  LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
  WHERE c.relnamespace IN ${OWN_SCHEMAS}
    AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
  ORDER BY i.indexrelid::regclass::text COLLATE "C"`;

const ENUMS = `
  SELECT t.oid::regtype::text AS name,
    format('CREATE TYPE %s AS ENUM (%s)', t.oid::regtype,
      string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)) AS definition
  FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid
  WHERE t.typnamespace IN ${OWN_SCHEMAS}
  GROUP BY t.oid
  ORDER BY t.oid::regtype::text COLLATE "C"`;

const POLICIES = `
  SELECT p.polrelid::regclass::text AS table, quote_ident(p.polname) AS name,
    format('CREATE POLICY %I ON %s%s FOR %s TO %s', p.polname, p.polrelid::regclass,
      CASE WHEN p.polpermissive THEN '' ELSE ' AS RESTRICTIVE' END,
      CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
      CASE WHEN p.polroles = '{0}' THEN 'PUBLIC' ELSE p.polroles::regrole[]::text END)
      || coalesce(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
      || coalesce(' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '') AS definition
  FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
  WHERE c.relnamespace IN ${OWN_SCHEMAS}
  ORDER BY p.polname::text COLLATE "C"`;

const SEQUENCES = `
  SELECT c.oid::regclass::text AS name, format('CREATE SEQUENCE %s', c.oid::regclass) AS definition
  FROM pg_class c
  WHERE c.relnamespace IN ${OWN_SCHEMAS} AND c.relkind = 'S'
  ORDER BY c.oid::regclass::text COLLATE "C"`;

const VIEWS = `
  SELECT c.oid::regclass::text AS name,
    format(E'CREATE %sVIEW %s AS\\n%s', CASE c.relkind WHEN 'm' THEN 'MATERIALIZED ' ELSE '' END,
      c.oid::regclass, rtrim(pg_get_viewdef(c.oid, true), ';')) AS definition
  FROM pg_class c
  WHERE c.relnamespace IN ${OWN_SCHEMAS} AND c.relkind IN ('v', 'm')
  ORDER BY c.oid::regclass::text COLLATE "C"`;

const ROUTINES = `
  SELECT p.oid::regprocedure::text AS name, pg_get_functiondef(p.oid) AS definition
  FROM pg_proc p
  WHERE p.pronamespace IN ${OWN_SCHEMAS} AND p.prokind IN ('f', 'p')
  ORDER BY p.oid::regprocedure::text COLLATE "C"`;

const TRIGGERS = `
  SELECT format('%I on %s', t.tgname, t.tgrelid::regclass) AS name, pg_get_triggerdef(t.oid, true) AS definition
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
  WHERE c.relnamespace IN ${OWN_SCHEMAS} AND NOT t.tgisinternal
  ORDER BY t.tgrelid::regclass::text COLLATE "C", t.tgname::text COLLATE "C"`;
