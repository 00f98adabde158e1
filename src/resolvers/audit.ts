import type { RequestContext } from '../context.ts';
import type { Activity, ApiKeyUse } from '../domain/audit.ts';
import type { Condition } from '../domain/filters.ts';
import { IDS_MAX, VALUES_MAX, textConditions, valueConditions } from '../domain/filters.ts';
import type { Checked } from '../domain/problem.ts';
import { checked } from '../domain/problem.ts';
import { includesScope } from '../domain/workspaces.ts';
import type {
  ActivityFilter,
  ActivitySubjectType,
  ApiKeyUseFilter,
  InputMaybe,
  InstantFilter,
  QueryResolvers,
  Resolvers,
} from '../generated/resolvers-types.ts';
import type { ActivityField, ApiKeyUseField } from '../loaders/audit.ts';
import { loadReferred } from '../loaders/batch.ts';
import type { CompleteResolvers } from '../platform/complete-resolvers.ts';
import { RequestError } from '../platform/errors.ts';
import type { IdKind } from '../platform/ids.ts';
import { ID_PREFIXES, fromPublicId, parsePublicId, toPublicId } from '../platform/ids.ts';
import { canonicalAddress } from '../platform/origin.ts';
import { pageRequest, toConnection } from '../platform/paging.ts';

/** Names the order of the list of activities in its cursors. */
const ACTIVITIES_ORDER = 'recordedAt:DESC';

const SUBJECT_KINDS: Readonly<Record<ActivitySubjectType, IdKind>> = {
  WORKSPACE: 'Workspace',
  API_KEY: 'ApiKey',
  CARD_DEFINITION: 'CardDefinition',
  TIER_STRUCTURE: 'TierStructure',
  TIER: 'Tier',
  EARN_RULE: 'EarnRule',
  SIGNING_KEY: 'SigningKey',
  REWARD: 'Reward',
  WEBHOOK_ENDPOINT: 'WebhookEndpoint',
};

const Query: Pick<QueryResolvers, 'activities' | 'apiKeyUses'> = {
  activities: async (_, args, { loaders }) => {
    const page = pageRequest(args, ACTIVITIES_ORDER, 2);
    return toConnection(await loaders.audit.activities(activityConditions(args.filter), page), ACTIVITIES_ORDER);
  },
  apiKeyUses: async (_, args, { loaders }) =>
    toConnection(await loaders.audit.apiKeyUses(useConditions(args.filter), pageRequest(args))),
};

const activity: CompleteResolvers<NonNullable<Resolvers['Activity']>, Activity> = {
  id: ({ id }) => toPublicId('Activity', id),
  apiKeyId: ({ apiKeyId }) => (apiKeyId === null ? null : toPublicId('ApiKey', apiKeyId)),
  ipAddress: ({ ipAddress }, _, context) => (isAdministrator(context) ? ipAddress : null),
  userAgent: ({ userAgent }, _, context) => (isAdministrator(context) ? userAgent : null),
};

const apiKeyUse: CompleteResolvers<NonNullable<Resolvers['ApiKeyUse']>, ApiKeyUse> = {
  apiKey: ({ apiKeyId }, _, { loaders }) => loadReferred(loaders.workspaces.apiKey, apiKeyId),
};

export const auditResolvers = { Query, Activity: activity, ApiKeyUse: apiKeyUse };

/** Changes are shown to whoever reads the objects; where an administrator sat is not. */
function isAdministrator({ viewer }: RequestContext): boolean {
  return includesScope(viewer.scope, 'ADMIN');
}

function activityConditions(filter: InputMaybe<ActivityFilter> | undefined): Condition<ActivityField>[] {
  return allOf<ActivityField>(
    valueConditions('action', filter?.action, VALUES_MAX),
    mapped(valueConditions('subjectId', filter?.subjectId, IDS_MAX), (id) => (parsePublicId(id) === null ? null : id)),
    mapped(valueConditions('subjectType', filter?.subjectType, VALUES_MAX), (type) => ID_PREFIXES[SUBJECT_KINDS[type as ActivitySubjectType]]),
    mapped(valueConditions('apiKeyId', filter?.apiKeyId, IDS_MAX), (id) => fromPublicId('ApiKey', id)),
    valueConditions('api', filter?.api, VALUES_MAX),
    mapped(textConditions('ipAddress', filter?.ipAddress), canonicalAddress),
    textConditions('requestId', filter?.requestId),
    checked(instantConditions('recordedAt', filter?.recordedAt)),
  );
}

function useConditions(filter: InputMaybe<ApiKeyUseFilter> | undefined): Condition<ApiKeyUseField>[] {
  const refused = filter?.refused ?? null;
  return allOf<ApiKeyUseField>(
    mapped(valueConditions('apiKeyId', filter?.apiKeyId, IDS_MAX), (id) => fromPublicId('ApiKey', id)),
    valueConditions('api', filter?.api, VALUES_MAX),
    mapped(textConditions('ipAddress', filter?.ipAddress), canonicalAddress),
    checked(instantConditions('usedAt', filter?.usedAt)),
    checked(refused === null ? [] : [{ kind: 'KNOWN' as const, field: 'refused' as const, known: refused }]),
  );
}

/** @throws RequestError INVALID_FILTER */
function allOf<Field extends string>(...parts: Checked<Condition<Field>[], 'INVALID_FILTER'>[]): Condition<Field>[] {
  return parts.flatMap((part) => {
    if (part.ok) return part.value;
    const [first] = part.problems;
    throw new RequestError('INVALID_FILTER', first?.message ?? '', { field: first?.field ?? ['filter'] });
  });
}

/** As they are stored. What cannot be stored is left out: it matches nothing, and excludes nothing. */
function mapped<Field extends string>(
  part: Checked<Condition<Field>[], 'INVALID_FILTER'>,
  toStored: (value: string) => string | null,
): Checked<Condition<Field>[], 'INVALID_FILTER'> {
  if (!part.ok) return part;
  return checked(
    part.value.map((condition) =>
      condition.kind === 'ONE_OF' ? { ...condition, values: condition.values.flatMap((value) => toStored(value) ?? []) } : condition,
    ),
  );
}

function instantConditions<Field extends string>(field: Field, filter: InputMaybe<InstantFilter> | undefined): Condition<Field>[] {
  const { before, after } = filter ?? {};
  const bounds = [before, after].filter((bound) => bound !== null && bound !== undefined);
  // Instants are whole milliseconds, so "after" starts with the next one.
  const from = after === null || after === undefined ? null : after + 1;
  return bounds.length === 0 ? [] : [{ kind: 'BETWEEN', field, from, to: before ?? null }];
}
