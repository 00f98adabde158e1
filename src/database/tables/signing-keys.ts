import { sql } from 'drizzle-orm';
import { check, customType, jsonb, pgTable, primaryKey, uniqueIndex } from 'drizzle-orm/pg-core';
import type { PublicJwk } from '../../domain/signing-keys.ts';
import { id, instant, workspaceId } from '../columns.ts';

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** The keys with which workspaces sign. The private half is encrypted under a secret that is not in the database. */
export const signingKeys = pgTable(
  'signing_keys',
  {
    workspaceId: workspaceId(),
    id: id(),
    publicJwk: jsonb('public_jwk').$type<PublicJwk>().notNull(),
    /** Null once the key is retired: what it signed is verified without. */
    sealedPrivateKey: bytea('sealed_private_key'),
    createdAt: instant('created_at').notNull(),
    retiredAt: instant('retired_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    // Whatever processes do at once, one key signs.
    uniqueIndex('signing_keys_current_key').on(table.workspaceId).where(sql`${table.retiredAt} IS NULL`),
    check('signing_keys_private_check', sql`(${table.retiredAt} IS NULL) = (${table.sealedPrivateKey} IS NOT NULL)`),
  ],
);
