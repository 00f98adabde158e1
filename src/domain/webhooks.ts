import { ConditionLanguage } from './conditions.ts';
import { checkVersion } from './configuration.ts';
import type { DestinationPolicy } from './destinations.ts';
import { checkDestination } from './destinations.ts';
import type { Checked, Problem } from './problem.ts';
import { checkMetadata, checked, isText, problem, refused } from './problem.ts';
import type { Instant } from './time.ts';

/** Webhook endpoints: addresses that are told of a workspace's events. */

export const ENDPOINTS_MAX = 50;
export const DESCRIPTION_MAX_LENGTH = 1_000;
export const SUBSCRIBED_TYPES_MAX = 200;
export const CUSTOM_HEADERS_MAX = 10;
export const HEADER_NAME_MAX_LENGTH = 100;
export const HEADER_VALUE_MAX_LENGTH = 1_000;
export const RATE_MAX_PER_SECOND = 1_000;
export const SECRET_OVERLAP_MAX_HOURS = 168;
const HOUR_MS = 3_600_000;

export type WebhookEndpointStatus = 'ENABLED' | 'PAUSED' | 'DISABLED' | 'DELETED';

/** Why an endpoint is not enabled: somebody asked for it, all attempts failed for days, or it answered 410 Gone. */
export type WebhookEndpointStatusReason = 'REQUESTED' | 'FAILING' | 'GONE';

export interface CustomHeader {
  readonly name: string;
  readonly value: string;
}

/** What a caller may set. */
export interface WebhookEndpointSettings {
  readonly url: string;
  readonly description: string | null;
  /** Patterns; an event is told if any of them names its type. */
  readonly eventTypes: readonly string[];
  /** An expression over the event; null tells all. */
  readonly filter: string | null;
  readonly customHeaders: readonly CustomHeader[];
  /** Messages a second; null: no limit but the server's own. */
  readonly ratePerSecond: number | null;
  /** Whether a customer's events are told one after the other, in their order. */
  readonly ordered: boolean;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface WebhookEndpoint extends Omit<WebhookEndpointSettings, 'customHeaders'> {
  readonly id: string;
  readonly customHeaderNames: readonly string[];
  readonly status: WebhookEndpointStatus;
  /** Null while it is enabled. */
  readonly statusReason: WebhookEndpointStatusReason | null;
  readonly statusChangedAt: Instant;
  readonly secretCreatedAt: Instant;
  /** Until when messages are signed with the former secret too; null if there is none. */
  readonly previousSecretExpiresAt: Instant | null;
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant | null;
}

/** What only whoever sends may see. */
export interface EndpointSecrets {
  readonly secret: string;
  readonly previousSecret: string | null;
  readonly customHeaders: readonly CustomHeader[];
}

export interface EndpointWithSecrets {
  readonly endpoint: WebhookEndpoint;
  readonly secrets: EndpointSecrets;
}

export type WebhookErrorCode =
  | 'NOT_FOUND'
  | 'INVALID_URL'
  | 'DESTINATION_NOT_ALLOWED'
  | 'INVALID_DESCRIPTION'
  | 'INVALID_EVENT_TYPE'
  | 'INVALID_CONDITION'
  | 'INVALID_HEADER'
  | 'INVALID_RATE_LIMIT'
  | 'INVALID_METADATA'
  | 'INVALID_OVERLAP'
  | 'INVALID_REPLAY_RANGE'
  | 'INVALID_STATUS'
  | 'TOO_MANY'
  | 'VERSION_CONFLICT'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH';

type Problems = Problem<WebhookErrorCode>[];

/** @param types names of all event types there are */
export function checkEndpoint(settings: WebhookEndpointSettings, types: EventTypes, policy: DestinationPolicy): Problems {
  const { url, description, eventTypes, filter, customHeaders, ratePerSecond, metadata } = settings;
  return [
    ...checkDestination(url, policy),
    ...(description === null || isText(description, DESCRIPTION_MAX_LENGTH)
      ? []
      : [problem('INVALID_DESCRIPTION', `A description has 1 to ${DESCRIPTION_MAX_LENGTH} characters.`, 'description')]),
    ...checkEventTypes(eventTypes, types),
    ...checkFilter(filter),
    ...checkHeaders(customHeaders),
    ...checkRate(ratePerSecond),
    ...checkMetadata(metadata, 'metadata'),
  ];
}

/** Names the types that a pattern stands for. */
export type EventTypes = (pattern: string) => readonly string[];

function checkEventTypes(patterns: readonly string[], types: EventTypes): Problems {
  if (patterns.length === 0 || patterns.length > SUBSCRIBED_TYPES_MAX) {
    return [problem('INVALID_EVENT_TYPE', `There are 1 to ${SUBSCRIBED_TYPES_MAX} types or patterns.`, 'eventTypes')];
  }
  return patterns.flatMap((pattern, index) =>
    types(pattern).length > 0
      ? []
      : [problem('INVALID_EVENT_TYPE', 'No event type is named by this. Write one, or the beginning of some before `.*`, or `*`.', 'eventTypes', index)],
  );
}

function checkRate(rate: number | null): Problems {
  if (rate === null || (Number.isInteger(rate) && rate >= 1 && rate <= RATE_MAX_PER_SECOND)) return [];
  return [problem('INVALID_RATE_LIMIT', `A rate is from 1 to ${RATE_MAX_PER_SECOND} messages a second.`, 'ratePerSecond')];
}

/** What a sender or HTTP itself decides, or what would make the message another one. */
const RESERVED_HEADERS = [
  'accept-encoding', 'connection', 'content-encoding', 'content-length', 'content-type', 'cookie', 'date', 'expect', 'forwarded', 'host',
  'http2-settings', 'keep-alive', 'origin', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'referer', 'te', 'trailer',
  'transfer-encoding', 'upgrade', 'user-agent', 'via',
];
const RESERVED_BEGINNINGS = ['webhook-', 'voilatier-', 'sec-', 'x-forwarded-', ':'];

function checkHeaders(headers: readonly CustomHeader[]): Problems {
  if (headers.length > CUSTOM_HEADERS_MAX) {
    return [problem('INVALID_HEADER', `There are at most ${CUSTOM_HEADERS_MAX} custom headers.`, 'customHeaders')];
  }
  const names = headers.map(({ name }) => name.toLowerCase());
  return headers.flatMap(({ name, value }, index) => {
    const at = (message: string, field: 'name' | 'value') => [problem('INVALID_HEADER', message, 'customHeaders', index, field)];
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) || name.length > HEADER_NAME_MAX_LENGTH) {
      return at(`A header’s name is a token of HTTP of at most ${HEADER_NAME_MAX_LENGTH} characters.`, 'name');
    }
    const lower = name.toLowerCase();
    if (RESERVED_HEADERS.includes(lower) || RESERVED_BEGINNINGS.some((beginning) => lower.startsWith(beginning))) {
      return at('This header is not yours to set: it belongs to the connection, or to the message itself.', 'name');
    }
    if (names.indexOf(lower) !== index) return at('The header is named twice.', 'name');
    if (!/^[\t\x20-\x7e]*$/.test(value) || value.trim() !== value || value === '' || value.length > HEADER_VALUE_MAX_LENGTH) {
      return at(`A header’s value has 1 to ${HEADER_VALUE_MAX_LENGTH} printable ASCII characters, without space around them.`, 'value');
    }
    return [];
  });
}

const FILTERS = new ConditionLanguage(['event', 'data'], 'filter');

function checkFilter(filter: string | null): Problems {
  if (filter === null) return [];
  const wrong = FILTERS.check(filter);
  return wrong === null ? [] : [problem('INVALID_CONDITION', wrong, 'filter')];
}

/** Whether the filter lets the event through. One that cannot be answered, because the event says no such thing, does not. */
export function passesFilter(filter: string | null, event: { readonly type: string; readonly data: unknown }): boolean {
  if (filter === null) return true;
  const answer = FILTERS.evaluate(filter, { event, data: event.data });
  return answer.kind === 'ANSWER' && answer.holds;
}

export function createEndpoint(
  { customHeaders, ...settings }: WebhookEndpointSettings,
  identity: { readonly id: string; readonly secret: string },
  context: { readonly types: EventTypes; readonly policy: DestinationPolicy; readonly existing: number },
  now: Instant,
): Checked<EndpointWithSecrets, WebhookErrorCode> {
  const problems = checkEndpoint({ ...settings, customHeaders }, context.types, context.policy);
  if (context.existing >= ENDPOINTS_MAX) {
    problems.push(problem('TOO_MANY', `A workspace has at most ${ENDPOINTS_MAX} endpoints. Delete one that is not needed.`));
  }
  if (problems.length > 0) return refused(...problems);
  const endpoint: WebhookEndpoint = {
    ...settings,
    id: identity.id,
    url: new URL(settings.url).href,
    customHeaderNames: namesOf(customHeaders),
    status: 'ENABLED',
    statusReason: null,
    statusChangedAt: now,
    secretCreatedAt: now,
    previousSecretExpiresAt: null,
    version: 1,
    createdAt: now,
    updatedAt: null,
  };
  return checked({ endpoint, secrets: { secret: identity.secret, previousSecret: null, customHeaders } });
}

/** Fields left undefined stay as they are. */
export type WebhookEndpointChanges = { readonly [Field in keyof WebhookEndpointSettings]: WebhookEndpointSettings[Field] | undefined };

export function updateEndpoint(
  { endpoint, secrets }: EndpointWithSecrets,
  { customHeaders = secrets.customHeaders, ...changes }: WebhookEndpointChanges,
  context: { readonly types: EventTypes; readonly policy: DestinationPolicy },
  expectedVersion: number | null,
  now: Instant,
): Checked<EndpointWithSecrets, WebhookErrorCode> {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const changed: WebhookEndpoint = { ...endpoint, ...given, customHeaderNames: namesOf(customHeaders), version: endpoint.version + 1, updatedAt: now };
  const problems: Problems = [
    ...checkVersion(endpoint.version, expectedVersion),
    ...checkNotDeleted(endpoint),
    ...checkEndpoint({ ...changed, customHeaders }, context.types, context.policy),
  ];
  if (problems.length > 0) return refused(...problems);
  return checked({ endpoint: { ...changed, url: new URL(changed.url).href }, secrets: { ...secrets, customHeaders } });
}

function namesOf(headers: readonly CustomHeader[]): string[] {
  return headers.map(({ name }) => name);
}

function checkNotDeleted({ status }: WebhookEndpoint): Problem<'INVALID_STATUS'>[] {
  return status === 'DELETED' ? [problem('INVALID_STATUS', 'It is deleted.', 'id')] : [];
}

export type WebhookEndpointStep = 'PAUSE' | 'ENABLE' | 'DISABLE' | 'DELETE';

const STEPS: Readonly<Record<WebhookEndpointStep, { readonly from: readonly WebhookEndpointStatus[]; readonly to: WebhookEndpointStatus }>> = {
  PAUSE: { from: ['ENABLED'], to: 'PAUSED' },
  ENABLE: { from: ['PAUSED', 'DISABLED'], to: 'ENABLED' },
  DISABLE: { from: ['ENABLED', 'PAUSED'], to: 'DISABLED' },
  DELETE: { from: ['ENABLED', 'PAUSED', 'DISABLED'], to: 'DELETED' },
};

export function stepEndpoint(
  { endpoint, secrets }: EndpointWithSecrets,
  step: WebhookEndpointStep,
  reason: WebhookEndpointStatusReason,
  expectedVersion: number | null,
  now: Instant,
): Checked<EndpointWithSecrets, WebhookErrorCode> {
  const { from, to } = STEPS[step];
  const problems: Problems = checkVersion(endpoint.version, expectedVersion);
  if (!from.includes(endpoint.status)) {
    problems.push(problem('INVALID_STATUS', `This needs the status ${from.join(' or ')}; it is ${endpoint.status}.`, 'id'));
  }
  if (problems.length > 0) return refused(...problems);
  const stepped = {
    ...endpoint,
    status: to,
    statusReason: to === 'ENABLED' ? null : reason,
    statusChangedAt: now,
    version: endpoint.version + 1,
    updatedAt: now,
  };
  // What nobody may use any more is not kept.
  if (to === 'DELETED') return checked({ endpoint: { ...stepped, previousSecretExpiresAt: null }, secrets: NO_SECRETS });
  return checked({ endpoint: stepped, secrets });
}

const NO_SECRETS: EndpointSecrets = { secret: '', previousSecret: null, customHeaders: [] };

/** Gives the endpoint a new secret. Until the overlap is over messages are signed with the former one as well. */
export function rotateSecret(
  { endpoint, secrets }: EndpointWithSecrets,
  secret: string,
  overlapHours: number,
  expectedVersion: number | null,
  now: Instant,
): Checked<EndpointWithSecrets, WebhookErrorCode> {
  const problems: Problems = [...checkVersion(endpoint.version, expectedVersion), ...checkNotDeleted(endpoint)];
  if (!Number.isInteger(overlapHours) || overlapHours < 0 || overlapHours > SECRET_OVERLAP_MAX_HOURS) {
    problems.push(problem('INVALID_OVERLAP', `An overlap is from 0 to ${SECRET_OVERLAP_MAX_HOURS} hours.`, 'overlapHours'));
  }
  if (problems.length > 0) return refused(...problems);
  const previousSecretExpiresAt = overlapHours === 0 ? null : now + overlapHours * HOUR_MS;
  return checked({
    endpoint: { ...endpoint, secretCreatedAt: now, previousSecretExpiresAt, version: endpoint.version + 1, updatedAt: now },
    secrets: { ...secrets, secret, previousSecret: overlapHours === 0 ? null : secrets.secret },
  });
}

/** The secrets that messages are signed with, the newest first. */
export function secretsAt({ endpoint, secrets }: EndpointWithSecrets, now: Instant): string[] {
  const { secret, previousSecret } = secrets;
  const overlaps = previousSecret !== null && (endpoint.previousSecretExpiresAt ?? 0) > now;
  return overlaps ? [secret, previousSecret] : [secret];
}
