import { checkVersion } from './configuration.ts';
import type { Checked, Problem } from './problem.ts';
import { checkIdempotencyKey, checkMetadata, checkName, checked, isText, problem, refused } from './problem.ts';
import type { Instant } from './time.ts';

/** Customers: who they are. What they have is in `members.ts`. */

export const EMAIL_MAX_LENGTH = 320;

export interface Customer {
  readonly id: string;
  readonly externalId: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly joinedAt: Instant;
  readonly createdAt: Instant;
  readonly updatedAt: Instant | null;
  readonly version: number;
}

export type CustomerUpsertErrorCode =
  | 'INVALID_EXTERNAL_ID'
  | 'INVALID_NAME'
  | 'INVALID_EMAIL'
  | 'INVALID_METADATA'
  | 'DATE_IN_FUTURE'
  | 'VERSION_CONFLICT'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH';

/** A profile as a caller describes it. Undefined leaves a field as it is, null clears it. */
export interface CustomerUpsertRequest {
  readonly externalId: string;
  readonly name?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | null | undefined;
  readonly joinedAt: Instant | null;
  readonly expectedVersion: number | null;
  readonly idempotencyKey: string | null;
}

/** Checks everything about a profile that needs no state but the time. */
export function checkCustomerUpsert(request: CustomerUpsertRequest, now: Instant): Problem<CustomerUpsertErrorCode>[] {
  const { externalId, name, email, metadata, joinedAt } = request;
  const problems: Problem<CustomerUpsertErrorCode>[] = [];
  if (!isText(externalId)) {
    problems.push(problem('INVALID_EXTERNAL_ID', 'An external id has 1 to 200 characters.', 'externalId'));
  }
  if (name !== null && name !== undefined) problems.push(...checkName(name, 'name'));
  if (email !== null && email !== undefined && !(isText(email, EMAIL_MAX_LENGTH) && /^[^\s@]+@[^\s@]+$/.test(email))) {
    problems.push(problem('INVALID_EMAIL', `An e-mail address has one @ and at most ${EMAIL_MAX_LENGTH} characters.`, 'email'));
  }
  problems.push(...checkMetadata(metadata, 'metadata'));
  problems.push(...checkJoinedAt(joinedAt, now));
  problems.push(...checkIdempotencyKey(request.idempotencyKey));
  return problems;
}

export function checkJoinedAt(joinedAt: Instant | null, now: Instant): Problem<'DATE_IN_FUTURE'>[] {
  if (joinedAt === null || joinedAt <= now) return [];
  return [problem('DATE_IN_FUTURE', 'A customer cannot have joined in the future.', 'joinedAt')];
}

/** The profile after the upsert: a new customer, or the known one changed. Nothing to change leaves it as it is. */
export function upsertCustomer(
  known: Customer | null,
  request: CustomerUpsertRequest,
  id: string,
  now: Instant,
): Checked<Customer, CustomerUpsertErrorCode> {
  if (known === null) {
    if (request.expectedVersion !== null) {
      return refused(problem('VERSION_CONFLICT', 'There is no such customer yet.', 'version'));
    }
    return checked({
      id,
      externalId: request.externalId,
      name: request.name ?? null,
      email: request.email ?? null,
      metadata: request.metadata ?? {},
      joinedAt: request.joinedAt ?? now,
      createdAt: now,
      updatedAt: null,
      version: 1,
    });
  }
  const problems = checkVersion(known.version, request.expectedVersion);
  if (problems.length > 0) return refused(...problems);
  const changed: Customer = {
    ...known,
    name: request.name === undefined ? known.name : request.name,
    email: request.email === undefined ? known.email : request.email,
    metadata: request.metadata === undefined ? known.metadata : (request.metadata ?? {}),
  };
  const same =
    changed.name === known.name &&
    changed.email === known.email &&
    isSameJson(changed.metadata, known.metadata);
  return checked(same ? known : { ...changed, updatedAt: now, version: known.version + 1 });
}

/** Whether two values are the same JSON; what is stored comes back with its keys in another order. */
function isSameJson(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [ofA, ofB] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return ofA.size === ofB.size && [...ofA].every(([key, value]) => ofB.has(key) && isSameJson(value, ofB.get(key)));
}
