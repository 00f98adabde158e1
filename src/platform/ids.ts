import { randomFillSync } from 'node:crypto';
import { TypeID } from 'typeid-js';
import { V7Generator } from 'uuidv7';
import type { IdSource } from '../domain/ledger.ts';

/**
 * Ids as clients see them: a TypeID, which is a UUIDv7 with a prefix that names the kind of object.
 * Inside the house ids are plain UUIDs; they are translated where they come in and go out.
 */

export const ID_PREFIXES = {
  Workspace: 'ws',
  ApiKey: 'key',
  Activity: 'act',
  CardDefinition: 'cdef',
  TierStructure: 'tstr',
  Tier: 'tier',
  EarnRule: 'rule',
  EarnRuleVersion: 'rver',
  Customer: 'cust',
  Card: 'card',
  Transaction: 'txn',
  LedgerEntry: 'lent',
  Spend: 'spnd',
  SpendReversal: 'srev',
  Refund: 'rfnd',
  Adjustment: 'adj',
  Transfer: 'xfer',
  CustomerActivity: 'cact',
  TierTransition: 'tran',
  SigningKey: 'skey',
  Reward: 'rwd',
  RewardGrant: 'grnt',
  Redemption: 'rdm',
  RedemptionCancellation: 'rcan',
  Event: 'evt',
  WebhookEndpoint: 'whep',
  WebhookDelivery: 'whdl',
  WebhookReplay: 'whrp',
} as const;

export type IdKind = keyof typeof ID_PREFIXES;

const KINDS = new Map(Object.entries(ID_PREFIXES).map(([kind, prefix]) => [prefix as string, kind as IdKind]));

/** Random numbers for many ids at once: asking the system for each is dearer than making the id. */
const random = new Uint32Array(1024);
let used = random.length;

const generator = new V7Generator({
  nextUint32() {
    if (used === random.length) {
      randomFillSync(random);
      used = 0;
    }
    const next = random[used] ?? 0;
    used += 1;
    return next;
  },
});

/** A new UUIDv7. Ids made later by one process sort later. */
export const newId = (): string => generator.generate().toString();

export const idSource: IdSource = { next: newId };

/** The id as clients see it. */
export function toPublicId(kind: IdKind, id: string): string {
  return TypeID.fromUUID(ID_PREFIXES[kind], id).toString();
}

/** The plain id, or null if the text is not an id of that kind: such an object does not exist. */
export function fromPublicId(kind: IdKind, publicId: string): string | null {
  const parsed = parsePublicId(publicId);
  return parsed?.kind === kind ? parsed.id : null;
}

/** Kind and plain id of any public id, or null if it is not one. */
export function parsePublicId(publicId: string): { readonly kind: IdKind; readonly id: string } | null {
  try {
    const parsed = TypeID.fromString(publicId);
    const kind = KINDS.get(parsed.getType());
    return kind === undefined ? null : { kind, id: parsed.toUUID() };
  } catch {
    return null;
  }
}
