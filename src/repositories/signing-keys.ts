import { and, count, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { Executor } from '../database/client.ts';
import type { Page, PageRequest } from '../database/paging.ts';
import { pageQuery, toPage } from '../database/paging.ts';
import { signingKeys } from '../database/tables/signing-keys.ts';
import type { PublicJwk, SigningKey } from '../domain/signing-keys.ts';

/** The keys with which a workspace signs. Private halves come and go sealed. */
export class SigningKeyRepository {
  readonly #db: Executor;
  readonly #workspaceId: string;

  constructor(db: Executor, workspaceId: string) {
    this.#db = db;
    this.#workspaceId = workspaceId;
  }

  async find(id: string): Promise<SigningKey | null> {
    const [found] = await this.byIds([id]);
    return found ?? null;
  }

  async byIds(ids: readonly string[]): Promise<SigningKey[]> {
    const rows = await this.#db
      .select(PUBLIC)
      .from(signingKeys)
      .where(and(eq(signingKeys.workspaceId, this.#workspaceId), inArray(signingKeys.id, [...ids])));
    return rows;
  }

  /** The key that signs now, with its private half as it is stored. */
  async current(): Promise<{ readonly key: SigningKey; readonly sealedPrivateKey: Buffer } | null> {
    const [row] = await this.#db
      .select({ ...PUBLIC, sealedPrivateKey: signingKeys.sealedPrivateKey })
      .from(signingKeys)
      .where(this.#signs());
    if (row === undefined) return null;
    const { sealedPrivateKey, ...key } = row;
    if (sealedPrivateKey === null) throw new Error('A key that signs has its private half.');
    return { key, sealedPrivateKey };
  }

  /** Every key that has ever signed, newest first. */
  async publicJwks(): Promise<PublicJwk[]> {
    const rows = await this.#db
      .select({ publicJwk: signingKeys.publicJwk })
      .from(signingKeys)
      .where(eq(signingKeys.workspaceId, this.#workspaceId))
      .orderBy(desc(signingKeys.id));
    return rows.map(({ publicJwk }) => publicJwk);
  }

  async count(): Promise<number> {
    const [row] = await this.#db.select({ count: count() }).from(signingKeys).where(eq(signingKeys.workspaceId, this.#workspaceId));
    return row?.count ?? 0;
  }

  async list(page: PageRequest): Promise<Page<SigningKey>> {
    const query = pageQuery([{ column: signingKeys.id, direction: 'DESC' }], page);
    const rows = await this.#db
      .select(PUBLIC)
      .from(signingKeys)
      .where(and(eq(signingKeys.workspaceId, this.#workspaceId), query.where))
      .orderBy(...query.orderBy)
      .limit(query.limit);
    return toPage(rows, page, (row) => row, ({ id }) => [id]);
  }

  async insert(key: SigningKey, sealedPrivateKey: Buffer): Promise<void> {
    await this.#db.insert(signingKeys).values({ ...key, workspaceId: this.#workspaceId, sealedPrivateKey });
  }

  /** The key signs nothing any more: its private half is gone. */
  async retire({ retiredAt }: SigningKey): Promise<void> {
    await this.#db.update(signingKeys).set({ retiredAt, sealedPrivateKey: null }).where(this.#signs());
  }

  #signs() {
    return and(eq(signingKeys.workspaceId, this.#workspaceId), isNull(signingKeys.retiredAt));
  }
}

const PUBLIC = {
  id: signingKeys.id,
  publicJwk: signingKeys.publicJwk,
  createdAt: signingKeys.createdAt,
  retiredAt: signingKeys.retiredAt,
};
