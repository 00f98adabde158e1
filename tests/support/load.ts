import { randomInt } from 'node:crypto';

/**
 * Many callers who do everything at once to few members, and write down outside of the product what they were
 * answered. A caller whose connection breaks asks again with the same reference, as a till would.
 */

/** What was done, by the name of the mutation. */
export type LoadField = 'earn' | 'spend' | 'pointsAdjust' | 'pointsTransfer' | 'refund' | 'spendReverse' | 'activityRecord';

export interface Acknowledged {
  readonly field: LoadField;
  readonly reference: string;
  /** Id of what was recorded. */
  readonly id: string;
}

export interface LoadLog {
  readonly acknowledged: Acknowledged[];
  /** Refusals by code. */
  readonly refused: Map<string, number>;
  /** How often a caller had to ask again. */
  retries: number;
}

export interface LoadOptions {
  /** Where to send the next request: addresses may change while servers come and go. */
  readonly url: () => string;
  readonly key: string;
  readonly externalIds: readonly string[];
  readonly callers: number;
  /** Whether the callers shall stop; a request under way is still brought to its end. */
  readonly isOver: () => boolean;
}

/** Where to find what a mutation has recorded, in its answer. */
const OBJECTS: Readonly<Record<LoadField, string>> = {
  earn: 'transaction',
  spend: 'spend',
  spendReverse: 'spendReversal',
  refund: 'refund',
  pointsAdjust: 'adjustment',
  pointsTransfer: 'transfer',
  activityRecord: 'activity',
};

const RETRY_MS = 20;
const REQUEST_TIMEOUT_MS = 15_000;

export async function runMixedLoad(options: LoadOptions): Promise<LoadLog> {
  const log: LoadLog = { acknowledged: [], refused: new Map(), retries: 0 };
  await Promise.all(Array.from({ length: options.callers }, (_, caller) => new Caller(options, log, caller).run()));
  return log;
}

class Caller {
  readonly #options: LoadOptions;
  readonly #log: LoadLog;
  readonly #name: string;
  #count = 0;
  /** What this caller has done and can undo. */
  readonly #purchases: string[] = [];
  readonly #spends: string[] = [];

  constructor(options: LoadOptions, log: LoadLog, caller: number) {
    this.#options = options;
    this.#log = log;
    this.#name = `caller-${caller}`;
  }

  async run(): Promise<void> {
    while (!this.#options.isOver()) await this.#act();
  }

  async #act(): Promise<void> {
    this.#count += 1;
    const reference = `${this.#name}-${this.#count}`;
    const customer = { externalId: this.#someone() };
    const dice = randomInt(100);
    if (dice < 45) await this.#send('earn', { customer, amount: `${randomInt(1, 200)}.50`, currency: 'USD', ...this.#perhapsLate() }, reference);
    else if (dice < 65) await this.#send('spend', { customer, points: randomInt(1, 150) }, reference);
    else if (dice < 73) await this.#send('pointsAdjust', { customer, points: randomInt(2) === 0 ? 25 : -25, reason: 'Goodwill' }, reference);
    else if (dice < 83) await this.#send('pointsTransfer', { from: customer, to: { externalId: this.#someone() }, points: randomInt(1, 60) }, reference);
    else if (dice < 91) await this.#undo('refund', this.#purchases, (id) => ({ transaction: { id }, amount: '0.50' }), reference);
    else if (dice < 97) await this.#undo('spendReverse', this.#spends, (id) => ({ spend: { id }, points: 1 }), reference);
    else await this.#send('activityRecord', { customer, type: 'visit' }, reference);
  }

  async #undo(field: LoadField, done: readonly string[], inputOf: (id: string) => Record<string, unknown>, reference: string): Promise<void> {
    const id = done[randomInt(Math.max(1, done.length))];
    if (id !== undefined) await this.#send(field, inputOf(id), reference);
  }

  #perhapsLate(): Record<string, unknown> {
    return randomInt(10) === 0 ? { occurredAt: new Date(Date.now() - randomInt(1, 40) * 86_400_000).toISOString() } : {};
  }

  async #send(field: LoadField, input: Record<string, unknown>, reference: string): Promise<void> {
    const selection = `${OBJECTS[field]} { id }`;
    for (;;) {
      const payload = await this.#attempt(field, { ...input, reference }, selection);
      if (payload === null) {
        this.#log.retries += 1;
        await new Promise((resume) => setTimeout(resume, RETRY_MS));
        continue;
      }
      const { id } = (payload[OBJECTS[field]] as { id: string } | null) ?? { id: null };
      if (id !== null) this.#acknowledge(field, reference, id);
      for (const { code } of payload['userErrors'] as { code: string }[]) {
        this.#log.refused.set(code, (this.#log.refused.get(code) ?? 0) + 1);
      }
      return;
    }
  }

  /** Null if the connection broke, or the server was going down: whether it was recorded is not known. */
  async #attempt(field: LoadField, input: Record<string, unknown>, selection: string): Promise<Record<string, unknown> | null> {
    const inputType = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    const query = `mutation($input: ${inputType}!) { ${field}(input: $input) { ${selection} userErrors { code } } }`;
    const response = await fetch(this.#options.url(), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.#options.key}` },
      body: JSON.stringify({ query, variables: { input } }),
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    }).catch(() => null);
    const body = (await response?.json().catch(() => null)) as { data?: Record<string, unknown>; errors?: unknown[] } | null | undefined;
    if (body === null || body === undefined) return null;
    if (body.errors !== undefined) throw new Error(`A request failed: ${JSON.stringify(body.errors)}`);
    return (body.data?.[field] ?? null) as Record<string, unknown> | null;
  }

  #acknowledge(field: LoadField, reference: string, id: string): void {
    this.#log.acknowledged.push({ field, reference, id });
    if (field === 'earn') this.#purchases.push(id);
    if (field === 'spend') this.#spends.push(id);
  }

  #someone(): string {
    const { externalIds } = this.#options;
    return externalIds[randomInt(externalIds.length)] ?? '';
  }
}

/** What is recorded, as the API tells it by reference: the ids of purchases and operations with a reference, from the database. */
export async function recordedByReference(
  database: { readonly pool: { query(sql: string, values: unknown[]): Promise<{ rows: { reference: string; id: string }[] }> } },
  workspaceId: string,
): Promise<Map<string, string[]>> {
  const { rows } = await database.pool.query(
    `SELECT reference, id FROM transactions WHERE workspace_id = $1 AND reference IS NOT NULL
     UNION ALL
     SELECT reference, id FROM operations WHERE workspace_id = $1 AND reference IS NOT NULL AND type <> 'TRANSFER_IN'`,
    [workspaceId],
  );
  const ids = new Map<string, string[]>();
  for (const { reference, id } of rows) ids.set(reference, [...(ids.get(reference) ?? []), id]);
  return ids;
}
