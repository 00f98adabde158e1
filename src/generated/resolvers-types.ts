// Generated from schema/*.graphql by `npm run codegen`; do not edit.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Activity as ActivityMapper, ApiKeyUse as ApiKeyUseMapper } from '../domain/audit.ts';
import type { AdjustmentView as AdjustmentViewMapper, AllocationView as AllocationViewMapper, CustomerActivityView as CustomerActivityViewMapper, RedemptionView as RedemptionViewMapper, RedemptionCancellationView as RedemptionCancellationViewMapper, RefundView as RefundViewMapper, DeductionView as DeductionViewMapper, SpendView as SpendViewMapper, SpendReversalView as SpendReversalViewMapper, TransferView as TransferViewMapper } from '../loaders/operations.ts';
import type { AllocationStepView as AllocationStepViewMapper, PointExpirationStepView as PointExpirationStepViewMapper, PointsExpiredStepView as PointsExpiredStepViewMapper } from '../loaders/explanations.ts';
import type { ApiKey as ApiKeyMapper, Workspace as WorkspaceMapper } from '../domain/workspaces.ts';
import type { AwardView as AwardViewMapper, LedgerEntryView as LedgerEntryViewMapper } from '../loaders/ledger.ts';
import type { CardView as CardViewMapper, CustomerView as CustomerViewMapper, CustomerConnectionView as CustomerConnectionViewMapper, CustomerSnapshotView as CustomerSnapshotViewMapper, LotView as LotViewMapper, PendingPointsView as PendingPointsViewMapper, TierTransitionView as TierTransitionViewMapper } from '../loaders/customers.ts';
import type { CardDefinition as CardDefinitionMapper } from '../domain/cards.ts';
import type { PlainDifference as PlainDifferenceMapper } from '../domain/configuration-document.ts';
import type { PlannedConfiguration as PlannedConfigurationMapper } from '../commands/configuration.ts';
import type { Checkpoint as CheckpointMapper } from '../domain/checkpoints.ts';
import type { DeferredTier as DeferredTierMapper, TierStanding as TierStandingMapper, TierOpportunity as TierOpportunityMapper, TierRisk as TierRiskMapper } from '../domain/progress.ts';
import type { DowngradeStep as DowngradeStepMapper, ExpirationStep as ExpirationStepMapper, GraceStep as GraceStepMapper, MeasureStep as MeasureStepMapper, ThresholdStep as ThresholdStepMapper, TierExplanation as TierExplanationMapper, TierJudgement as TierJudgementMapper } from '../domain/explanations.ts';
import type { EarnCaps as EarnCapsMapper, EarnRule as EarnRuleMapper, EarnRuleVersion as EarnRuleVersionMapper, PeriodCap as PeriodCapMapper, TierMultiplier as TierMultiplierMapper } from '../domain/earning.ts';
import type { EarnCapStep as EarnCapStepMapper, EarnRateStep as EarnRateStepMapper, EntryAwardStep as EntryAwardStepMapper, PointActivationStep as PointActivationStepMapper, RefundStep as RefundStepMapper } from '../domain/entry-explanations.ts';
import type { EntryAward as EntryAwardMapper, Tier as TierMapper, TierDowngrade as TierDowngradeMapper, TierExpiration as TierExpirationMapper, TierStructure as TierStructureMapper, StructureRevision as StructureRevisionMapper } from '../domain/structures.ts';
import type { EventView as EventViewMapper } from '../platform/event-data.ts';
import type { PointActivation as PointActivationMapper, PointExpiration as PointExpirationMapper } from '../domain/points.ts';
import type { SigningKey as SigningKeyMapper } from '../domain/signing-keys.ts';
import type { RewardView as RewardViewMapper, RewardGrantView as RewardGrantViewMapper, RewardOfferView as RewardOfferViewMapper } from '../loaders/rewards.ts';
import type { RewardTrigger as RewardTriggerMapper, PointsTrigger as PointsTriggerMapper } from '../domain/rewards.ts';
import type { FlowOfProposal as FlowOfProposalMapper, TierCount as TierCountMapper, Simulation as SimulationMapper } from '../domain/simulation.ts';
import type { TierStructureConnectionView as TierStructureConnectionViewMapper } from '../loaders/structures.ts';
import type { Transaction as TransactionMapper } from '../domain/purchases.ts';
import type { Attempt as AttemptMapper, Delivery as DeliveryMapper, Replay as ReplayMapper } from '../domain/webhook-deliveries.ts';
import type { WebhookEndpoint as WebhookEndpointMapper } from '../domain/webhooks.ts';
import type { RequestContext } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  DateTime: { input: number; output: number; }
  Decimal: { input: string; output: string; }
  JSONObject: { input: Record<string, unknown>; output: Record<string, unknown>; }
  LocalDate: { input: string; output: string; }
  Points: { input: bigint; output: bigint; }
};

export type Activity = Node & {
  readonly __typename?: 'Activity';
  readonly action: ActivityAction;
  readonly after?: Maybe<Scalars['JSONObject']['output']>;
  readonly api?: Maybe<ApiType>;
  readonly apiKeyId?: Maybe<Scalars['ID']['output']>;
  readonly before?: Maybe<Scalars['JSONObject']['output']>;
  readonly id: Scalars['ID']['output'];
  readonly ipAddress?: Maybe<Scalars['String']['output']>;
  readonly recordedAt: Scalars['DateTime']['output'];
  readonly requestId: Scalars['String']['output'];
  readonly subjectId: Scalars['ID']['output'];
  readonly userAgent?: Maybe<Scalars['String']['output']>;
};

export type ActivityAction =
  | 'ACTIVATED'
  | 'CLOCK_ADVANCED'
  | 'CREATED'
  | 'DEACTIVATED'
  | 'DELETED'
  | 'DRAFTED'
  | 'PUBLISHED'
  | 'REPLAYED'
  | 'RETIRED'
  | 'REVOKED'
  | 'ROTATED'
  | 'STOCK_ADJUSTED'
  | 'TESTED'
  | 'UPDATED';

export type ActivityActionFilter = {
  readonly in?: InputMaybe<ReadonlyArray<ActivityAction>>;
  readonly is?: InputMaybe<ActivityAction>;
  readonly isNot?: InputMaybe<ActivityAction>;
  readonly notIn?: InputMaybe<ReadonlyArray<ActivityAction>>;
};

export type ActivityConnection = {
  readonly __typename?: 'ActivityConnection';
  readonly edges: ReadonlyArray<ActivityEdge>;
  readonly nodes: ReadonlyArray<Activity>;
  readonly pageInfo: PageInfo;
};

export type ActivityEdge = {
  readonly __typename?: 'ActivityEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Activity;
};

export type ActivityFilter = {
  readonly action?: InputMaybe<ActivityActionFilter>;
  readonly api?: InputMaybe<ApiTypeFilter>;
  readonly apiKeyId?: InputMaybe<IdFilter>;
  readonly ipAddress?: InputMaybe<ExactTextFilter>;
  readonly recordedAt?: InputMaybe<InstantFilter>;
  readonly requestId?: InputMaybe<ExactTextFilter>;
  readonly subjectId?: InputMaybe<IdFilter>;
  readonly subjectType?: InputMaybe<ActivitySubjectTypeFilter>;
};

export type ActivityRecordErrorCode =
  | 'CUSTOMER_NOT_FOUND'
  | 'DATE_IN_FUTURE'
  | 'DATE_TOO_OLD'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'
  | 'INVALID_ACTIVITY_TYPE'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'INVALID_METADATA'
  | 'INVALID_REASON'
  | 'INVALID_REFERENCE'
  | 'REFERENCE_MISMATCH';

export type ActivityRecordInput = {
  readonly customer: CustomerReference;
  readonly dryRun: Scalars['Boolean']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  readonly reference?: InputMaybe<Scalars['String']['input']>;
  readonly source: Scalars['String']['input'];
  readonly type: Scalars['String']['input'];
};

export type ActivityRecordPayload = {
  readonly __typename?: 'ActivityRecordPayload';
  readonly activity?: Maybe<CustomerActivity>;
  readonly customer?: Maybe<Customer>;
  readonly duplicate: Scalars['Boolean']['output'];
  readonly ledgerEntries: ReadonlyArray<LedgerEntry>;
  readonly tierTransitions: ReadonlyArray<TierTransition>;
  readonly userErrors: ReadonlyArray<ActivityRecordUserError>;
};

export type ActivityRecordUserError = UserError & {
  readonly __typename?: 'ActivityRecordUserError';
  readonly code: ActivityRecordErrorCode;
  readonly documentation: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type ActivitySubjectType =
  | 'API_KEY'
  | 'CARD_DEFINITION'
  | 'EARN_RULE'
  | 'REWARD'
  | 'SIGNING_KEY'
  | 'TIER'
  | 'TIER_STRUCTURE'
  | 'WEBHOOK_ENDPOINT'
  | 'WORKSPACE';

export type ActivitySubjectTypeFilter = {
  readonly in?: InputMaybe<ReadonlyArray<ActivitySubjectType>>;
  readonly is?: InputMaybe<ActivitySubjectType>;
  readonly isNot?: InputMaybe<ActivitySubjectType>;
  readonly notIn?: InputMaybe<ReadonlyArray<ActivitySubjectType>>;
};

export type Adjustment = Node & Operation & {
  readonly __typename?: 'Adjustment';
  readonly cardDefinition: CardDefinition;
  readonly customer: Customer;
  readonly id: Scalars['ID']['output'];
  readonly metadata: Scalars['JSONObject']['output'];
  readonly occurredAt: Scalars['DateTime']['output'];
  readonly points: Scalars['Points']['output'];
  readonly qualifying: Scalars['Boolean']['output'];
  readonly reason?: Maybe<Scalars['String']['output']>;
  readonly recordedAt: Scalars['DateTime']['output'];
  readonly reference?: Maybe<Scalars['String']['output']>;
  readonly source: Scalars['String']['output'];
};

export type AdjustmentStep = LedgerStep & {
  readonly __typename?: 'AdjustmentStep';
  readonly message: Scalars['String']['output'];
  readonly qualifying: Scalars['Boolean']['output'];
  readonly reason?: Maybe<Scalars['String']['output']>;
  readonly rule: LedgerRule;
};

export type Allocation = {
  readonly __typename?: 'Allocation';
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  readonly expiresOn?: Maybe<Scalars['LocalDate']['output']>;
  readonly points: Scalars['Points']['output'];
};

export type AllocationStep = LedgerStep & {
  readonly __typename?: 'AllocationStep';
  readonly allocations: ReadonlyArray<Allocation>;
  readonly message: Scalars['String']['output'];
  readonly rule: LedgerRule;
};

export type ApiKey = Node & {
  readonly __typename?: 'ApiKey';
  readonly createdAt: Scalars['DateTime']['output'];
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  readonly id: Scalars['ID']['output'];
  readonly lastFour: Scalars['String']['output'];
  readonly lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly name: Scalars['String']['output'];
  readonly revokedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly scope: ApiKeyScope;
};

export type ApiKeyConnection = {
  readonly __typename?: 'ApiKeyConnection';
  readonly edges: ReadonlyArray<ApiKeyEdge>;
  readonly nodes: ReadonlyArray<ApiKey>;
  readonly pageInfo: PageInfo;
};

export type ApiKeyCreateInput = {
  readonly expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly name: Scalars['String']['input'];
  readonly scope: ApiKeyScope;
};

export type ApiKeyCreatePayload = {
  readonly __typename?: 'ApiKeyCreatePayload';
  readonly apiKey?: Maybe<ApiKey>;
  readonly secret?: Maybe<Scalars['String']['output']>;
  readonly userErrors: ReadonlyArray<ApiKeyUserError>;
};

export type ApiKeyEdge = {
  readonly __typename?: 'ApiKeyEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: ApiKey;
};

export type ApiKeyErrorCode =
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'
  | 'INVALID_EXPIRY'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'INVALID_NAME'
  | 'INVALID_OVERLAP'
  | 'LAST_ADMIN_KEY'
  | 'NOT_FOUND'
  | 'NOT_USABLE';

export type ApiKeyExpiringEventData = {
  readonly __typename?: 'ApiKeyExpiringEventData';
  readonly apiKeyId: Scalars['ID']['output'];
  readonly apiKeyName: Scalars['String']['output'];
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  readonly lastFour: Scalars['String']['output'];
};

export type ApiKeyRateLimit = {
  readonly __typename?: 'ApiKeyRateLimit';
  readonly ceiling: Scalars['Int']['output'];
  readonly limit: Scalars['Int']['output'];
  readonly remaining: Scalars['Int']['output'];
  readonly resetAt: Scalars['DateTime']['output'];
  readonly restoreRate: Scalars['Int']['output'];
};

export type ApiKeyRevokeInput = {
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type ApiKeyRevokePayload = {
  readonly __typename?: 'ApiKeyRevokePayload';
  readonly apiKey?: Maybe<ApiKey>;
  readonly userErrors: ReadonlyArray<ApiKeyUserError>;
};

export type ApiKeyRotateInput = {
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly overlapHours: Scalars['Int']['input'];
};

export type ApiKeyRotatePayload = {
  readonly __typename?: 'ApiKeyRotatePayload';
  readonly apiKey?: Maybe<ApiKey>;
  readonly replacedApiKey?: Maybe<ApiKey>;
  readonly secret?: Maybe<Scalars['String']['output']>;
  readonly userErrors: ReadonlyArray<ApiKeyUserError>;
};

export type ApiKeyScope =
  | 'ADMIN'
  | 'READ'
  | 'WRITE';

export type ApiKeyUse = {
  readonly __typename?: 'ApiKeyUse';
  readonly api: ApiType;
  readonly apiKey: ApiKey;
  readonly firstUsedAt: Scalars['DateTime']['output'];
  readonly hour: Scalars['DateTime']['output'];
  readonly ipAddress?: Maybe<Scalars['String']['output']>;
  readonly lastRequestId: Scalars['String']['output'];
  readonly lastUsedAt: Scalars['DateTime']['output'];
  readonly refusedCount: Scalars['Int']['output'];
  readonly requestCount: Scalars['Int']['output'];
  readonly userAgent?: Maybe<Scalars['String']['output']>;
};

export type ApiKeyUseConnection = {
  readonly __typename?: 'ApiKeyUseConnection';
  readonly edges: ReadonlyArray<ApiKeyUseEdge>;
  readonly nodes: ReadonlyArray<ApiKeyUse>;
  readonly pageInfo: PageInfo;
};

export type ApiKeyUseEdge = {
  readonly __typename?: 'ApiKeyUseEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: ApiKeyUse;
};

export type ApiKeyUseFilter = {
  readonly api?: InputMaybe<ApiTypeFilter>;
  readonly apiKeyId?: InputMaybe<IdFilter>;
  readonly ipAddress?: InputMaybe<ExactTextFilter>;
  readonly refused?: InputMaybe<Scalars['Boolean']['input']>;
  readonly usedAt?: InputMaybe<InstantFilter>;
};

export type ApiKeyUserError = UserError & {
  readonly __typename?: 'ApiKeyUserError';
  readonly code: ApiKeyErrorCode;
  readonly documentation: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type ApiType =
  | 'GRAPHQL'
  | 'REST'
  | 'SYSTEM';

export type ApiTypeFilter = {
  readonly in?: InputMaybe<ReadonlyArray<ApiType>>;
  readonly is?: InputMaybe<ApiType>;
  readonly isNot?: InputMaybe<ApiType>;
  readonly notIn?: InputMaybe<ReadonlyArray<ApiType>>;
};

export type Award = {
  readonly __typename?: 'Award';
  readonly activatesAt?: Maybe<Scalars['DateTime']['output']>;
  readonly cappedBy?: Maybe<CapReason>;
  readonly cardDefinition: CardDefinition;
  readonly computedPoints: Scalars['Points']['output'];
  readonly earnRuleVersion: EarnRuleVersion;
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  readonly multiplier: Scalars['Decimal']['output'];
  readonly points: Scalars['Points']['output'];
};

export type CalendarDate = {
  readonly __typename?: 'CalendarDate';
  readonly day: Scalars['Int']['output'];
  readonly month: Scalars['Int']['output'];
};

export type CalendarDateInput = {
  readonly day: Scalars['Int']['input'];
  readonly month: Scalars['Int']['input'];
};

export type CalendarPointExpiration = {
  readonly __typename?: 'CalendarPointExpiration';
  readonly calendarDates: ReadonlyArray<CalendarDate>;
};

export type CalendarPointExpirationInput = {
  readonly calendarDates: ReadonlyArray<CalendarDateInput>;
};

export type CalendarTierExpiration = {
  readonly __typename?: 'CalendarTierExpiration';
  readonly calendarDates: ReadonlyArray<CalendarDate>;
};

export type CalendarTierExpirationInput = {
  readonly calendarDates: ReadonlyArray<CalendarDateInput>;
};

export type CampaignEventData = {
  readonly __typename?: 'CampaignEventData';
  readonly campaignId: Scalars['ID']['output'];
  readonly campaignName: Scalars['String']['output'];
  readonly endsAt?: Maybe<Scalars['DateTime']['output']>;
  readonly startsAt?: Maybe<Scalars['DateTime']['output']>;
};

export type CapPeriod =
  | 'DAY'
  | 'MONTH'
  | 'WEEK'
  | 'YEAR';

export type CapReason =
  | 'BALANCE'
  | 'PER_PERIOD'
  | 'PER_TRANSACTION';

export type Card = Node & {
  readonly __typename?: 'Card';
  readonly balance: Scalars['Points']['output'];
  readonly cardDefinition: CardDefinition;
  readonly id: Scalars['ID']['output'];
  readonly ledgerEntries: LedgerEntryConnection;
  readonly lots: ReadonlyArray<Lot>;
  readonly pendingBalance: Scalars['Points']['output'];
  readonly pendingPoints: ReadonlyArray<PendingPoints>;
};


export type CardLedgerEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

export type CardDefinition = Node & {
  readonly __typename?: 'CardDefinition';
  readonly activation: PointActivation;
  readonly activities: ActivityConnection;
  readonly createdAt: Scalars['DateTime']['output'];
  readonly expiration: PointExpiration;
  readonly id: Scalars['ID']['output'];
  readonly key: Scalars['String']['output'];
  readonly metadata: Scalars['JSONObject']['output'];
  readonly name: Scalars['String']['output'];
  readonly refundPolicy: RefundPolicy;
  readonly status: ConfigurationStatus;
  readonly updatedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly version: Scalars['Int']['output'];
};


export type CardDefinitionActivitiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

export type CardDefinitionActivateInput = {
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type CardDefinitionActivatePayload = {
  readonly __typename?: 'CardDefinitionActivatePayload';
  readonly cardDefinition?: Maybe<CardDefinition>;
  readonly userErrors: ReadonlyArray<CardDefinitionUserError>;
};

export type CardDefinitionConnection = {
  readonly __typename?: 'CardDefinitionConnection';
  readonly edges: ReadonlyArray<CardDefinitionEdge>;
  readonly nodes: ReadonlyArray<CardDefinition>;
  readonly pageInfo: PageInfo;
};

export type CardDefinitionCreateInput = {
  readonly activation?: InputMaybe<PointActivationInput>;
  readonly expiration?: InputMaybe<PointExpirationInput>;
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly key?: InputMaybe<Scalars['String']['input']>;
  readonly metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  readonly name: Scalars['String']['input'];
  readonly refundPolicy: RefundPolicy;
};

export type CardDefinitionCreatePayload = {
  readonly __typename?: 'CardDefinitionCreatePayload';
  readonly cardDefinition?: Maybe<CardDefinition>;
  readonly userErrors: ReadonlyArray<CardDefinitionUserError>;
};

export type CardDefinitionDeactivateInput = {
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type CardDefinitionDeactivatePayload = {
  readonly __typename?: 'CardDefinitionDeactivatePayload';
  readonly cardDefinition?: Maybe<CardDefinition>;
  readonly userErrors: ReadonlyArray<CardDefinitionUserError>;
};

export type CardDefinitionDeleteInput = {
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type CardDefinitionDeletePayload = {
  readonly __typename?: 'CardDefinitionDeletePayload';
  readonly cardDefinition?: Maybe<CardDefinition>;
  readonly userErrors: ReadonlyArray<CardDefinitionUserError>;
};

export type CardDefinitionDraftInput = {
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type CardDefinitionDraftPayload = {
  readonly __typename?: 'CardDefinitionDraftPayload';
  readonly cardDefinition?: Maybe<CardDefinition>;
  readonly userErrors: ReadonlyArray<CardDefinitionUserError>;
};

export type CardDefinitionEdge = {
  readonly __typename?: 'CardDefinitionEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: CardDefinition;
};

export type CardDefinitionErrorCode =
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'
  | 'INVALID_ACTIVATION'
  | 'INVALID_EXPIRATION'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'INVALID_KEY'
  | 'INVALID_METADATA'
  | 'INVALID_NAME'
  | 'INVALID_STATUS'
  | 'IN_USE'
  | 'KEY_TAKEN'
  | 'NOT_DRAFT'
  | 'NOT_FOUND'
  | 'VERSION_CONFLICT';

export type CardDefinitionUpdateInput = {
  readonly activation?: InputMaybe<PointActivationInput>;
  readonly expiration?: InputMaybe<PointExpirationInput>;
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly key?: InputMaybe<Scalars['String']['input']>;
  readonly metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  readonly name?: InputMaybe<Scalars['String']['input']>;
  readonly refundPolicy?: InputMaybe<RefundPolicy>;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type CardDefinitionUpdatePayload = {
  readonly __typename?: 'CardDefinitionUpdatePayload';
  readonly cardDefinition?: Maybe<CardDefinition>;
  readonly userErrors: ReadonlyArray<CardDefinitionUserError>;
};

export type CardDefinitionUserError = UserError & {
  readonly __typename?: 'CardDefinitionUserError';
  readonly code: CardDefinitionErrorCode;
  readonly documentation: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type CardSnapshot = {
  readonly __typename?: 'CardSnapshot';
  readonly balance: Scalars['Points']['output'];
  readonly cardDefinition: CardDefinition;
  readonly cardId: Scalars['ID']['output'];
  readonly lots: ReadonlyArray<Lot>;
  readonly pendingBalance: Scalars['Points']['output'];
  readonly pendingPoints: ReadonlyArray<PendingPoints>;
};

export type Checkpoint = {
  readonly __typename?: 'Checkpoint';
  readonly cardCount: Scalars['Int']['output'];
  readonly createdAt: Scalars['DateTime']['output'];
  readonly sequence: Scalars['Int']['output'];
  readonly statement: Scalars['String']['output'];
};

export type CheckpointConnection = {
  readonly __typename?: 'CheckpointConnection';
  readonly edges: ReadonlyArray<CheckpointEdge>;
  readonly nodes: ReadonlyArray<Checkpoint>;
  readonly pageInfo: PageInfo;
};

export type CheckpointEdge = {
  readonly __typename?: 'CheckpointEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Checkpoint;
};

export type CheckpointEventData = {
  readonly __typename?: 'CheckpointEventData';
  readonly cardCount: Scalars['Int']['output'];
  readonly checkpointSequence: Scalars['Int']['output'];
};

export type ConfigurationAction =
  | 'ACTIVATE'
  | 'CREATE'
  | 'DEACTIVATE'
  | 'DELETE'
  | 'DRAFT'
  | 'PUBLISH'
  | 'RETIRE'
  | 'UPDATE';

export type ConfigurationApplication = {
  readonly __typename?: 'ConfigurationApplication';
  readonly changeCount: Scalars['Int']['output'];
  readonly fingerprint: Scalars['String']['output'];
};

export type ConfigurationApplyInput = {
  readonly document: Scalars['String']['input'];
  readonly fingerprint: Scalars['String']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly prune: Scalars['Boolean']['input'];
};

export type ConfigurationApplyPayload = {
  readonly __typename?: 'ConfigurationApplyPayload';
  readonly configurationApplication?: Maybe<ConfigurationApplication>;
  readonly userErrors: ReadonlyArray<ConfigurationUserError>;
};

export type ConfigurationChange = {
  readonly __typename?: 'ConfigurationChange';
  readonly action: ConfigurationAction;
  readonly fields: ReadonlyArray<ConfigurationFieldChange>;
  readonly key?: Maybe<Scalars['String']['output']>;
  readonly object: ConfigurationObject;
};

export type ConfigurationErrorCode =
  | 'DOCUMENT_TOO_LARGE'
  | 'DUPLICATE_KEY'
  | 'ENTRY_AWARD_CYCLE'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'
  | 'INVALID_ACTIVATION'
  | 'INVALID_BACKDATING'
  | 'INVALID_CAP'
  | 'INVALID_CARD_DEFINITION'
  | 'INVALID_CONDITION'
  | 'INVALID_COST'
  | 'INVALID_DESCRIPTION'
  | 'INVALID_DOCUMENT'
  | 'INVALID_DOWNGRADE'
  | 'INVALID_EFFECTIVE_AT'
  | 'INVALID_ENTRY_AWARD'
  | 'INVALID_EXPIRATION'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'INVALID_KEY'
  | 'INVALID_LIMIT'
  | 'INVALID_LOCALE'
  | 'INVALID_METADATA'
  | 'INVALID_MULTIPLIER'
  | 'INVALID_NAME'
  | 'INVALID_NOTICE'
  | 'INVALID_POINT_EARNED'
  | 'INVALID_POINT_EXPIRATION'
  | 'INVALID_RANGE'
  | 'INVALID_RATE'
  | 'INVALID_RECEIPT'
  | 'INVALID_RETENTION'
  | 'INVALID_STATUS'
  | 'INVALID_STOCK'
  | 'INVALID_SYNTAX'
  | 'INVALID_TIER'
  | 'INVALID_TRIGGER'
  | 'INVALID_TYPE'
  | 'INVALID_VALIDITY'
  | 'IN_USE'
  | 'NOT_CHANGEABLE'
  | 'NOT_DRAFT'
  | 'NO_TIERS'
  | 'OVERLAPPING_TIERS'
  | 'STALE_PLAN'
  | 'TOO_MANY_REVISIONS'
  | 'TOO_MANY_REWARDS'
  | 'TOO_MANY_RULES'
  | 'TOO_MANY_TIERS'
  | 'TOO_MANY_VERSIONS'
  | 'UNKNOWN_CURRENCY'
  | 'UNKNOWN_FIELD'
  | 'UNKNOWN_REFERENCE'
  | 'UNSUPPORTED_VERSION';

export type ConfigurationEventData = {
  readonly __typename?: 'ConfigurationEventData';
  readonly after?: Maybe<Scalars['JSONObject']['output']>;
  readonly before?: Maybe<Scalars['JSONObject']['output']>;
  readonly changedFields: ReadonlyArray<Scalars['String']['output']>;
  readonly id: Scalars['ID']['output'];
};

export type ConfigurationExport = {
  readonly __typename?: 'ConfigurationExport';
  readonly document: Scalars['String']['output'];
  readonly format: ConfigurationFormat;
};

export type ConfigurationFieldChange = {
  readonly __typename?: 'ConfigurationFieldChange';
  readonly after?: Maybe<Scalars['String']['output']>;
  readonly before?: Maybe<Scalars['String']['output']>;
  readonly field: ReadonlyArray<Scalars['String']['output']>;
};

export type ConfigurationFormat =
  | 'JSON'
  | 'YAML';

export type ConfigurationObject =
  | 'CARD_DEFINITION'
  | 'EARN_RULE'
  | 'REWARD'
  | 'TIER'
  | 'TIER_STRUCTURE'
  | 'TIER_STRUCTURE_DRAFT'
  | 'WORKSPACE';

export type ConfigurationPlan = {
  readonly __typename?: 'ConfigurationPlan';
  readonly changes: ReadonlyArray<ConfigurationChange>;
  readonly fingerprint: Scalars['String']['output'];
};

export type ConfigurationPlanEventData = {
  readonly __typename?: 'ConfigurationPlanEventData';
  readonly createdCount: Scalars['Int']['output'];
  readonly deletedCount: Scalars['Int']['output'];
  readonly updatedCount: Scalars['Int']['output'];
};

export type ConfigurationPlanInput = {
  readonly document: Scalars['String']['input'];
  readonly prune: Scalars['Boolean']['input'];
};

export type ConfigurationPlanPayload = {
  readonly __typename?: 'ConfigurationPlanPayload';
  readonly configurationPlan?: Maybe<ConfigurationPlan>;
  readonly userErrors: ReadonlyArray<ConfigurationUserError>;
};

export type ConfigurationStatus =
  | 'ACTIVE'
  | 'DELETED'
  | 'DRAFT'
  | 'INACTIVE';

export type ConfigurationStatusFilter = {
  readonly in?: InputMaybe<ReadonlyArray<ConfigurationStatus>>;
  readonly is?: InputMaybe<ConfigurationStatus>;
  readonly isNot?: InputMaybe<ConfigurationStatus>;
  readonly notIn?: InputMaybe<ReadonlyArray<ConfigurationStatus>>;
};

export type ConfigurationUserError = UserError & {
  readonly __typename?: 'ConfigurationUserError';
  readonly code: ConfigurationErrorCode;
  readonly column?: Maybe<Scalars['Int']['output']>;
  readonly documentation: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly line?: Maybe<Scalars['Int']['output']>;
  readonly message: Scalars['String']['output'];
  readonly path?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

export type CorrectionStep = LedgerStep & {
  readonly __typename?: 'CorrectionStep';
  readonly message: Scalars['String']['output'];
  readonly recordedPoints: Scalars['Points']['output'];
  readonly rule: LedgerRule;
};

export type CreatedAtFilter = {
  readonly after?: InputMaybe<Scalars['DateTime']['input']>;
  readonly before?: InputMaybe<Scalars['DateTime']['input']>;
  readonly hasValue?: InputMaybe<Scalars['Boolean']['input']>;
  readonly is?: InputMaybe<Scalars['Int']['input']>;
  readonly isUnknown?: InputMaybe<Scalars['Boolean']['input']>;
  readonly lessThan?: InputMaybe<Scalars['Int']['input']>;
  readonly moreThan?: InputMaybe<Scalars['Int']['input']>;
};

export type CustomHeaderInput = {
  readonly name: Scalars['String']['input'];
  readonly value: Scalars['String']['input'];
};

export type Customer = Node & {
  readonly __typename?: 'Customer';
  readonly asOf: CustomerSnapshot;
  readonly cards: ReadonlyArray<Card>;
  readonly createdAt: Scalars['DateTime']['output'];
  readonly email?: Maybe<Scalars['String']['output']>;
  readonly externalId: Scalars['String']['output'];
  readonly id: Scalars['ID']['output'];
  readonly joinedAt: Scalars['DateTime']['output'];
  readonly ledgerEntries: LedgerEntryConnection;
  readonly metadata: Scalars['JSONObject']['output'];
  readonly name?: Maybe<Scalars['String']['output']>;
  readonly operations: OperationConnection;
  readonly points: Scalars['Points']['output'];
  readonly redemptions: RedemptionConnection;
  readonly rewardGrants: RewardGrantConnection;
  readonly rewards: ReadonlyArray<RewardOffer>;
  readonly tier?: Maybe<Tier>;
  readonly tierExplanation?: Maybe<TierExplanation>;
  readonly tierTransitions: TierTransitionConnection;
  readonly tiers: ReadonlyArray<TierMembership>;
  readonly updatedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly version: Scalars['Int']['output'];
};


export type CustomerAsOfArgs = {
  at: Scalars['DateTime']['input'];
  knownAt?: InputMaybe<Scalars['DateTime']['input']>;
};


export type CustomerLedgerEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type CustomerOperationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type CustomerPointsArgs = {
  cardDefinitionId?: InputMaybe<Scalars['ID']['input']>;
};


export type CustomerRedemptionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type CustomerRewardGrantsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type CustomerTierArgs = {
  tierStructureId?: InputMaybe<Scalars['ID']['input']>;
};


export type CustomerTierExplanationArgs = {
  at?: InputMaybe<Scalars['DateTime']['input']>;
  tierStructureId: Scalars['ID']['input'];
};


export type CustomerTierTransitionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

export type CustomerActivity = Node & Operation & {
  readonly __typename?: 'CustomerActivity';
  readonly customer: Customer;
  readonly id: Scalars['ID']['output'];
  readonly metadata: Scalars['JSONObject']['output'];
  readonly occurredAt: Scalars['DateTime']['output'];
  readonly reason?: Maybe<Scalars['String']['output']>;
  readonly recordedAt: Scalars['DateTime']['output'];
  readonly reference?: Maybe<Scalars['String']['output']>;
  readonly source: Scalars['String']['output'];
  readonly type: Scalars['String']['output'];
};

export type CustomerConnection = {
  readonly __typename?: 'CustomerConnection';
  readonly edges: ReadonlyArray<CustomerEdge>;
  readonly nodes: ReadonlyArray<Customer>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

export type CustomerEdge = {
  readonly __typename?: 'CustomerEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Customer;
};

export type CustomerEventData = {
  readonly __typename?: 'CustomerEventData';
  readonly changedFields: ReadonlyArray<Scalars['String']['output']>;
  readonly customerId: Scalars['ID']['output'];
  readonly email?: Maybe<Scalars['String']['output']>;
  readonly externalId: Scalars['String']['output'];
  readonly joinedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly metadata?: Maybe<Scalars['JSONObject']['output']>;
  readonly name?: Maybe<Scalars['String']['output']>;
  readonly version: Scalars['Int']['output'];
};

export type CustomerReference =
  { readonly externalId: Scalars['String']['input']; readonly id?: never; }
  |  { readonly externalId?: never; readonly id: Scalars['ID']['input']; };

export type CustomerSnapshot = {
  readonly __typename?: 'CustomerSnapshot';
  readonly at: Scalars['DateTime']['output'];
  readonly cards: ReadonlyArray<CardSnapshot>;
  readonly knownAt: Scalars['DateTime']['output'];
  readonly points: Scalars['Points']['output'];
  readonly tier?: Maybe<Tier>;
  readonly tiers: ReadonlyArray<TierMembership>;
};


export type CustomerSnapshotPointsArgs = {
  cardDefinitionId?: InputMaybe<Scalars['ID']['input']>;
};


export type CustomerSnapshotTierArgs = {
  tierStructureId?: InputMaybe<Scalars['ID']['input']>;
};

export type CustomerUpsertErrorCode =
  | 'DATE_IN_FUTURE'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'
  | 'INVALID_EMAIL'
  | 'INVALID_EXTERNAL_ID'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'INVALID_METADATA'
  | 'INVALID_NAME'
  | 'VERSION_CONFLICT';

export type CustomerUpsertInput = {
  readonly email?: InputMaybe<Scalars['String']['input']>;
  readonly externalId: Scalars['String']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly joinedAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  readonly name?: InputMaybe<Scalars['String']['input']>;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type CustomerUpsertPayload = {
  readonly __typename?: 'CustomerUpsertPayload';
  readonly created: Scalars['Boolean']['output'];
  readonly customer?: Maybe<Customer>;
  readonly userErrors: ReadonlyArray<CustomerUpsertUserError>;
};

export type CustomerUpsertUserError = UserError & {
  readonly __typename?: 'CustomerUpsertUserError';
  readonly code: CustomerUpsertErrorCode;
  readonly documentation: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type DeferredTier = {
  readonly __typename?: 'DeferredTier';
  readonly effectiveAt: Scalars['DateTime']['output'];
  readonly tier: Tier;
};

export type DowngradeStep = ExplanationStep & {
  readonly __typename?: 'DowngradeStep';
  readonly downgrade: TierDowngrade;
  readonly message: Scalars['String']['output'];
  readonly outcome: ExplanationOutcome;
  readonly revision: Scalars['Int']['output'];
  readonly rule: ExplanationRule;
};

export type EarnCapStep = LedgerStep & {
  readonly __typename?: 'EarnCapStep';
  readonly cappedBy?: Maybe<CapReason>;
  readonly caps: EarnCaps;
  readonly computedPoints: Scalars['Points']['output'];
  readonly earnRuleVersion: EarnRuleVersion;
  readonly message: Scalars['String']['output'];
  readonly points: Scalars['Points']['output'];
  readonly rule: LedgerRule;
};

export type EarnCaps = {
  readonly __typename?: 'EarnCaps';
  readonly balance?: Maybe<Scalars['Points']['output']>;
  readonly perPeriod: ReadonlyArray<PeriodCap>;
  readonly perTransaction?: Maybe<Scalars['Points']['output']>;
};

export type EarnCapsInput = {
  readonly balance?: InputMaybe<Scalars['Points']['input']>;
  readonly perPeriod?: InputMaybe<ReadonlyArray<PeriodCapInput>>;
  readonly perTransaction?: InputMaybe<Scalars['Points']['input']>;
};

export type EarnErrorCode =
  | 'CONDITION_FAILED'
  | 'CUSTOMER_NOT_FOUND'
  | 'DATE_IN_FUTURE'
  | 'DATE_TOO_OLD'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'
  | 'INVALID_AMOUNT'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'INVALID_LINES'
  | 'INVALID_LOCATION'
  | 'INVALID_REFERENCE'
  | 'POINTS_OUT_OF_RANGE'
  | 'RATE_MISSING'
  | 'REFERENCE_MISMATCH'
  | 'UNKNOWN_CURRENCY';

export type EarnInput = {
  readonly amount: Scalars['Decimal']['input'];
  readonly currency: Scalars['String']['input'];
  readonly customer: CustomerReference;
  readonly dryRun: Scalars['Boolean']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly lines?: InputMaybe<ReadonlyArray<TransactionLineInput>>;
  readonly location?: InputMaybe<Scalars['String']['input']>;
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly reference?: InputMaybe<Scalars['String']['input']>;
  readonly source: Scalars['String']['input'];
};

export type EarnPayload = {
  readonly __typename?: 'EarnPayload';
  readonly awards: ReadonlyArray<Award>;
  readonly customer?: Maybe<Customer>;
  readonly duplicate: Scalars['Boolean']['output'];
  readonly grants: ReadonlyArray<RewardGrant>;
  readonly rewards: ReadonlyArray<Reward>;
  readonly tierTransitions: ReadonlyArray<TierTransition>;
  readonly transaction?: Maybe<Transaction>;
  readonly userErrors: ReadonlyArray<EarnUserError>;
};

export type EarnRate = {
  readonly __typename?: 'EarnRate';
  readonly currency: Scalars['String']['output'];
  readonly every: Scalars['Decimal']['output'];
  readonly value: Scalars['Decimal']['output'];
};

export type EarnRateInput = {
  readonly currency: Scalars['String']['input'];
  readonly every: Scalars['Decimal']['input'];
  readonly value: Scalars['Decimal']['input'];
};

export type EarnRateStep = LedgerStep & {
  readonly __typename?: 'EarnRateStep';
  readonly amount: Scalars['Decimal']['output'];
  readonly computedPoints: Scalars['Points']['output'];
  readonly earnRuleVersion: EarnRuleVersion;
  readonly message: Scalars['String']['output'];
  readonly multiplier: Scalars['Decimal']['output'];
  readonly rate: EarnRate;
  readonly rounding: PointRounding;
  readonly roundingScope: RoundingScope;
  readonly rule: LedgerRule;
  readonly tiers: ReadonlyArray<Tier>;
};

export type EarnRule = Node & {
  readonly __typename?: 'EarnRule';
  readonly activities: ActivityConnection;
  readonly cardDefinition: CardDefinition;
  readonly createdAt: Scalars['DateTime']['output'];
  readonly currentVersion?: Maybe<EarnRuleVersion>;
  readonly id: Scalars['ID']['output'];
  readonly key: Scalars['String']['output'];
  readonly name: Scalars['String']['output'];
  readonly retiredAt?: Maybe<Scalars['DateTime']['output']>;
  readonly updatedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly version: Scalars['Int']['output'];
  readonly versions: ReadonlyArray<EarnRuleVersion>;
};


export type EarnRuleActivitiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

export type EarnRuleConnection = {
  readonly __typename?: 'EarnRuleConnection';
  readonly edges: ReadonlyArray<EarnRuleEdge>;
  readonly nodes: ReadonlyArray<EarnRule>;
  readonly pageInfo: PageInfo;
};

export type EarnRuleCreateInput = {
  readonly cardDefinitionId: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly key?: InputMaybe<Scalars['String']['input']>;
  readonly name: Scalars['String']['input'];
  readonly version: EarnRuleVersionInput;
};

export type EarnRuleCreatePayload = {
  readonly __typename?: 'EarnRuleCreatePayload';
  readonly earnRule?: Maybe<EarnRule>;
  readonly userErrors: ReadonlyArray<EarnRuleUserError>;
};

export type EarnRuleEdge = {
  readonly __typename?: 'EarnRuleEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: EarnRule;
};

export type EarnRuleErrorCode =
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'
  | 'INVALID_CAP'
  | 'INVALID_CARD_DEFINITION'
  | 'INVALID_CONDITION'
  | 'INVALID_EXPIRATION'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'INVALID_KEY'
  | 'INVALID_MULTIPLIER'
  | 'INVALID_NAME'
  | 'INVALID_RATE'
  | 'KEY_TAKEN'
  | 'NOT_FOUND'
  | 'RETIRED'
  | 'TOO_MANY_RULES'
  | 'TOO_MANY_VERSIONS'
  | 'UNKNOWN_CURRENCY'
  | 'VERSION_CONFLICT';

export type EarnRulePublishInput = {
  readonly expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly version: EarnRuleVersionInput;
};

export type EarnRulePublishPayload = {
  readonly __typename?: 'EarnRulePublishPayload';
  readonly earnRule?: Maybe<EarnRule>;
  readonly userErrors: ReadonlyArray<EarnRuleUserError>;
};

export type EarnRuleRetireInput = {
  readonly expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type EarnRuleRetirePayload = {
  readonly __typename?: 'EarnRuleRetirePayload';
  readonly earnRule?: Maybe<EarnRule>;
  readonly userErrors: ReadonlyArray<EarnRuleUserError>;
};

export type EarnRuleUpdateInput = {
  readonly expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly key?: InputMaybe<Scalars['String']['input']>;
  readonly name?: InputMaybe<Scalars['String']['input']>;
};

export type EarnRuleUpdatePayload = {
  readonly __typename?: 'EarnRuleUpdatePayload';
  readonly earnRule?: Maybe<EarnRule>;
  readonly userErrors: ReadonlyArray<EarnRuleUserError>;
};

export type EarnRuleUserError = UserError & {
  readonly __typename?: 'EarnRuleUserError';
  readonly code: EarnRuleErrorCode;
  readonly documentation: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type EarnRuleVersion = Node & {
  readonly __typename?: 'EarnRuleVersion';
  readonly caps: EarnCaps;
  readonly condition?: Maybe<Scalars['String']['output']>;
  readonly effectiveAt: Scalars['DateTime']['output'];
  readonly expiration?: Maybe<PointExpiration>;
  readonly id: Scalars['ID']['output'];
  readonly number: Scalars['Int']['output'];
  readonly publishedAt: Scalars['DateTime']['output'];
  readonly rates: ReadonlyArray<EarnRate>;
  readonly rounding: PointRounding;
  readonly roundingScope: RoundingScope;
  readonly tierMultipliers: ReadonlyArray<TierMultiplier>;
};

export type EarnRuleVersionInput = {
  readonly caps?: InputMaybe<EarnCapsInput>;
  readonly condition?: InputMaybe<Scalars['String']['input']>;
  readonly effectiveAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly expiration?: InputMaybe<FixedPointExpirationInput>;
  readonly rates: ReadonlyArray<EarnRateInput>;
  readonly rounding: PointRounding;
  readonly roundingScope: RoundingScope;
  readonly tierMultipliers?: InputMaybe<ReadonlyArray<TierMultiplierInput>>;
};

export type EarnUserError = UserError & {
  readonly __typename?: 'EarnUserError';
  readonly code: EarnErrorCode;
  readonly documentation: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type EntryAward = {
  readonly __typename?: 'EntryAward';
  readonly cardDefinition?: Maybe<CardDefinition>;
  readonly cardDefinitionId?: Maybe<Scalars['ID']['output']>;
  readonly points: Scalars['Points']['output'];
};

export type EntryAwardInput = {
  readonly cardDefinitionId?: InputMaybe<Scalars['ID']['input']>;
  readonly points: Scalars['Points']['input'];
};

export type EntryAwardOnRefund =
  | 'CLAWBACK'
  | 'KEEP';

export type EntryAwardScope =
  | 'ALL_PASSED'
  | 'REACHED';

export type EntryAwardStep = LedgerStep & {
  readonly __typename?: 'EntryAwardStep';
  readonly message: Scalars['String']['output'];
  readonly points: Scalars['Points']['output'];
  readonly revision: Scalars['Int']['output'];
  readonly rule: LedgerRule;
  readonly tier: Tier;
  readonly tierStructure: TierStructure;
};

export type Event = Node & {
  readonly __typename?: 'Event';
  readonly cause: EventCause;
  readonly customerId?: Maybe<Scalars['ID']['output']>;
  readonly data?: Maybe<EventData>;
  readonly dataJson?: Maybe<Scalars['JSONObject']['output']>;
  readonly id: Scalars['ID']['output'];
  readonly name: Scalars['String']['output'];
  readonly occurredAt: Scalars['DateTime']['output'];
  readonly recordedAt: Scalars['DateTime']['output'];
  readonly sequence?: Maybe<Scalars['Int']['output']>;
  readonly type?: Maybe<EventType>;
};

export type EventCause = {
  readonly __typename?: 'EventCause';
  readonly apiKeyId?: Maybe<Scalars['ID']['output']>;
  readonly command?: Maybe<Scalars['String']['output']>;
  readonly requestId: Scalars['String']['output'];
};

export type EventConnection = {
  readonly __typename?: 'EventConnection';
  readonly edges: ReadonlyArray<EventEdge>;
  readonly nodes: ReadonlyArray<Event>;
  readonly pageInfo: PageInfo;
};

export type EventData = ApiKeyExpiringEventData | CampaignEventData | CheckpointEventData | ConfigurationEventData | ConfigurationPlanEventData | CustomerEventData | JourneyCustomerEventData | JourneyEventData | OperationEventData | PassEventData | PointsEventData | PointsExpiringEventData | PredictionEventData | RedemptionEventData | RewardGrantEventData | RewardStockEventData | SegmentEventData | SegmentMemberEventData | TierGraceEventData | TierRiskEventData | TierTransitionEventData | TransactionEventData | WebhookDeliveryEventData | WebhookEndpointEventData;

export type EventEdge = {
  readonly __typename?: 'EventEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Event;
};

export type EventFilter = {
  readonly customerId?: InputMaybe<Scalars['ID']['input']>;
  readonly patterns?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly types?: InputMaybe<ReadonlyArray<EventType>>;
};

export type EventOperationType =
  | 'ACTIVITY'
  | 'ADJUSTMENT'
  | 'REFUND'
  | 'SPEND'
  | 'SPEND_REVERSAL'
  | 'TRANSFER_IN'
  | 'TRANSFER_OUT';

export type EventType =
  | 'ADJUSTMENT_CREATED'
  | 'API_KEY_CREATED'
  | 'API_KEY_EXPIRING'
  | 'API_KEY_REVOKED'
  | 'API_KEY_ROTATED'
  | 'CAMPAIGN_CANCELLED'
  | 'CAMPAIGN_COMPLETED'
  | 'CAMPAIGN_DRAFTED'
  | 'CAMPAIGN_PAUSED'
  | 'CAMPAIGN_SCHEDULED'
  | 'CAMPAIGN_STARTED'
  | 'CAMPAIGN_UPDATED'
  | 'CARD_CREATED'
  | 'CARD_DEFINITION_ACTIVATED'
  | 'CARD_DEFINITION_CREATED'
  | 'CARD_DEFINITION_DEACTIVATED'
  | 'CARD_DEFINITION_DELETED'
  | 'CARD_DEFINITION_DRAFTED'
  | 'CARD_DEFINITION_UPDATED'
  | 'CARD_EMPTIED'
  | 'CARD_OVERDRAWN'
  | 'CARD_SETTLED'
  | 'CONFIGURATION_APPLIED'
  | 'CUSTOMER_ACTIVITY_RECORDED'
  | 'CUSTOMER_CREATED'
  | 'CUSTOMER_TIER_AT_RISK'
  | 'CUSTOMER_TIER_DOWNGRADED'
  | 'CUSTOMER_TIER_GRACE_ENDING'
  | 'CUSTOMER_TIER_JOINED'
  | 'CUSTOMER_TIER_LEFT'
  | 'CUSTOMER_TIER_PROLONGED'
  | 'CUSTOMER_TIER_UPGRADED'
  | 'CUSTOMER_UPDATED'
  | 'EARN_RULE_CREATED'
  | 'EARN_RULE_PUBLISHED'
  | 'EARN_RULE_RETIRED'
  | 'EARN_RULE_UPDATED'
  | 'JOURNAL_CHECKPOINT_SIGNED'
  | 'JOURNEY_ACTIVATED'
  | 'JOURNEY_CREATED'
  | 'JOURNEY_CUSTOMER_COMPLETED'
  | 'JOURNEY_CUSTOMER_ENROLLED'
  | 'JOURNEY_CUSTOMER_EXITED'
  | 'JOURNEY_DELETED'
  | 'JOURNEY_NODE_REACHED'
  | 'JOURNEY_PAUSED'
  | 'JOURNEY_UPDATED'
  | 'PASS_EXPIRED'
  | 'PASS_INSTALLED'
  | 'PASS_ISSUED'
  | 'PASS_REVOKED'
  | 'PASS_UNINSTALLED'
  | 'PASS_UPDATED'
  | 'POINTS_ACTIVATED'
  | 'POINTS_ADJUSTED'
  | 'POINTS_AWARDED'
  | 'POINTS_CLAWED_BACK'
  | 'POINTS_EARNED'
  | 'POINTS_EXPIRED'
  | 'POINTS_EXPIRING'
  | 'POINTS_PENDING_CANCELLED'
  | 'POINTS_REDEEMED'
  | 'POINTS_RETURNED'
  | 'POINTS_REVOKED'
  | 'POINTS_SPENT'
  | 'POINTS_TRANSFERRED_IN'
  | 'POINTS_TRANSFERRED_OUT'
  | 'POINTS_WRITTEN_OFF'
  | 'PREDICTION_CHURN_RISK_LOWERED'
  | 'PREDICTION_CHURN_RISK_RAISED'
  | 'PREDICTION_COMPUTED'
  | 'PREDICTION_LIFETIME_VALUE_CHANGED'
  | 'PREDICTION_NEXT_PURCHASE_DUE'
  | 'REDEMPTION_CANCELLED'
  | 'REDEMPTION_CONFIRMED'
  | 'REDEMPTION_CREATED'
  | 'REDEMPTION_EXPIRED'
  | 'REFUND_CREATED'
  | 'REWARD_ACTIVATED'
  | 'REWARD_CREATED'
  | 'REWARD_DEACTIVATED'
  | 'REWARD_DELETED'
  | 'REWARD_DRAFTED'
  | 'REWARD_GRANT_CREATED'
  | 'REWARD_GRANT_EXPIRED'
  | 'REWARD_GRANT_EXPIRING'
  | 'REWARD_GRANT_REDEEMED'
  | 'REWARD_GRANT_REVOKED'
  | 'REWARD_SOLD_OUT'
  | 'REWARD_STOCK_ADJUSTED'
  | 'REWARD_STOCK_LOW'
  | 'REWARD_UPDATED'
  | 'SEGMENT_CREATED'
  | 'SEGMENT_DELETED'
  | 'SEGMENT_MEMBER_ENTERED'
  | 'SEGMENT_MEMBER_LEFT'
  | 'SEGMENT_REFRESHED'
  | 'SEGMENT_UPDATED'
  | 'SIGNING_KEY_CREATED'
  | 'SIGNING_KEY_ROTATED'
  | 'SPEND_CREATED'
  | 'SPEND_REVERSED'
  | 'TIER_CREATED'
  | 'TIER_DELETED'
  | 'TIER_STRUCTURE_ACTIVATED'
  | 'TIER_STRUCTURE_CREATED'
  | 'TIER_STRUCTURE_DEACTIVATED'
  | 'TIER_STRUCTURE_DELETED'
  | 'TIER_STRUCTURE_DRAFTED'
  | 'TIER_STRUCTURE_PUBLISHED'
  | 'TIER_STRUCTURE_UPDATED'
  | 'TIER_UPDATED'
  | 'TRANSACTION_CREATED'
  | 'TRANSACTION_PARTIALLY_REFUNDED'
  | 'TRANSACTION_REFUNDED'
  | 'TRANSFER_RECEIVED'
  | 'TRANSFER_SENT'
  | 'WEBHOOK_DELIVERY_EXHAUSTED'
  | 'WEBHOOK_DELIVERY_REPLAYED'
  | 'WEBHOOK_ENDPOINT_CREATED'
  | 'WEBHOOK_ENDPOINT_DELETED'
  | 'WEBHOOK_ENDPOINT_DISABLED'
  | 'WEBHOOK_ENDPOINT_FAILING'
  | 'WEBHOOK_ENDPOINT_PAUSED'
  | 'WEBHOOK_ENDPOINT_RECOVERED'
  | 'WEBHOOK_ENDPOINT_RESUMED'
  | 'WEBHOOK_ENDPOINT_SECRET_ROTATED'
  | 'WEBHOOK_ENDPOINT_TESTED'
  | 'WEBHOOK_ENDPOINT_UPDATED'
  | 'WORKSPACE_CLOCK_ADVANCED'
  | 'WORKSPACE_CREATED'
  | 'WORKSPACE_UPDATED';

export type EveryNthVisitTrigger = {
  readonly __typename?: 'EveryNthVisitTrigger';
  readonly visits: Scalars['Int']['output'];
};

export type EveryNthVisitTriggerInput = {
  readonly visits: Scalars['Int']['input'];
};

export type ExactTextFilter = {
  readonly in?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly is?: InputMaybe<Scalars['String']['input']>;
  readonly isNot?: InputMaybe<Scalars['String']['input']>;
  readonly notIn?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

export type ExpirationRounding =
  | 'END_OF_HALF_YEAR'
  | 'END_OF_MONTH'
  | 'END_OF_PARTICULAR_MONTH'
  | 'END_OF_QUARTER'
  | 'END_OF_YEAR';

export type ExpirationStep = ExplanationStep & {
  readonly __typename?: 'ExpirationStep';
  readonly expiration: TierExpiration;
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  readonly message: Scalars['String']['output'];
  readonly outcome: ExplanationOutcome;
  readonly revision: Scalars['Int']['output'];
  readonly rule: ExplanationRule;
};

export type ExplanationOutcome =
  | 'ALWAYS_JUDGED'
  | 'CANCELLED'
  | 'DEFERRED'
  | 'ENDED'
  | 'HIGHER'
  | 'KEPT'
  | 'LOWER'
  | 'MEASURED'
  | 'NOT_ENDED'
  | 'ONE_LEVEL'
  | 'ONE_LEVEL_A_DAY'
  | 'ONLY_UPWARDS'
  | 'RUNNING'
  | 'SAME'
  | 'STARTED'
  | 'TO_QUALIFYING';

export type ExplanationRule =
  | 'DOWNGRADE'
  | 'EXPIRATION'
  | 'GRACE'
  | 'MEASURE'
  | 'THRESHOLD'
  | 'TRACKING';

export type ExplanationStep = {
  readonly message: Scalars['String']['output'];
  readonly outcome: ExplanationOutcome;
  readonly revision: Scalars['Int']['output'];
  readonly rule: ExplanationRule;
};

export type FilterJunction =
  | 'AND'
  | 'OR';

export type FixedDatesPointActivation = {
  readonly __typename?: 'FixedDatesPointActivation';
  readonly calendarDates: ReadonlyArray<CalendarDate>;
};

export type FixedDatesPointActivationInput = {
  readonly calendarDates: ReadonlyArray<CalendarDateInput>;
};

export type FixedPointExpirationInput =
  { readonly calendar: CalendarPointExpirationInput; readonly noExpiration?: never; readonly rolling?: never; }
  |  { readonly calendar?: never; readonly noExpiration: Scalars['Boolean']['input']; readonly rolling?: never; }
  |  { readonly calendar?: never; readonly noExpiration?: never; readonly rolling: RollingPointExpirationInput; };

export type GracePeriod = {
  readonly __typename?: 'GracePeriod';
  readonly roundUp: Scalars['Boolean']['output'];
  readonly unit: PeriodUnit;
  readonly value: Scalars['Int']['output'];
};

export type GracePeriodInput = {
  readonly roundUp: Scalars['Boolean']['input'];
  readonly unit: PeriodUnit;
  readonly value: Scalars['Int']['input'];
};

export type GraceStep = ExplanationStep & {
  readonly __typename?: 'GraceStep';
  readonly graceEndsAt: Scalars['DateTime']['output'];
  readonly message: Scalars['String']['output'];
  readonly outcome: ExplanationOutcome;
  readonly revision: Scalars['Int']['output'];
  readonly rule: ExplanationRule;
};

export type IdFilter = {
  readonly in?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  readonly is?: InputMaybe<Scalars['ID']['input']>;
  readonly isNot?: InputMaybe<Scalars['ID']['input']>;
  readonly notIn?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

export type InstantFilter = {
  readonly after?: InputMaybe<Scalars['DateTime']['input']>;
  readonly before?: InputMaybe<Scalars['DateTime']['input']>;
};

export type JourneyCustomerEventData = {
  readonly __typename?: 'JourneyCustomerEventData';
  readonly customerId: Scalars['ID']['output'];
  readonly journeyId: Scalars['ID']['output'];
  readonly journeyName: Scalars['String']['output'];
  readonly nodeId?: Maybe<Scalars['ID']['output']>;
};

export type JourneyEventData = {
  readonly __typename?: 'JourneyEventData';
  readonly journeyId: Scalars['ID']['output'];
  readonly journeyName: Scalars['String']['output'];
};

export type LedgerEntry = Node & {
  readonly __typename?: 'LedgerEntry';
  readonly activatesAt?: Maybe<Scalars['DateTime']['output']>;
  readonly balanceAfter: Scalars['Points']['output'];
  readonly card: Card;
  readonly customer: Customer;
  readonly earnRuleVersion?: Maybe<EarnRuleVersion>;
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  readonly explanation: ReadonlyArray<LedgerStep>;
  readonly hash: Scalars['String']['output'];
  readonly id: Scalars['ID']['output'];
  readonly occurredAt: Scalars['DateTime']['output'];
  readonly operation?: Maybe<Operation>;
  readonly pending: Scalars['Boolean']['output'];
  readonly points: Scalars['Points']['output'];
  readonly recordedAt: Scalars['DateTime']['output'];
  readonly sequence: Scalars['Int']['output'];
  readonly tier?: Maybe<Tier>;
  readonly transaction?: Maybe<Transaction>;
  readonly type: LedgerEntryType;
};

export type LedgerEntryConnection = {
  readonly __typename?: 'LedgerEntryConnection';
  readonly edges: ReadonlyArray<LedgerEntryEdge>;
  readonly nodes: ReadonlyArray<LedgerEntry>;
  readonly pageInfo: PageInfo;
};

export type LedgerEntryEdge = {
  readonly __typename?: 'LedgerEntryEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: LedgerEntry;
};

export type LedgerEntryType =
  | 'ACTIVATION'
  | 'ADJUSTMENT'
  | 'EARN'
  | 'ENTRY_AWARD'
  | 'ENTRY_AWARD_CLAWBACK'
  | 'EXPIRATION'
  | 'REDEMPTION'
  | 'REDEMPTION_CANCELLATION'
  | 'REFUND'
  | 'SPEND'
  | 'SPEND_REVERSAL'
  | 'TRANSFER_IN'
  | 'TRANSFER_OUT'
  | 'WRITE_OFF';

export type LedgerRule =
  | 'ADJUSTMENT'
  | 'ALLOCATION'
  | 'CORRECTION'
  | 'EARN_CAPS'
  | 'EARN_RATE'
  | 'ENTRY_AWARD'
  | 'POINTS_EXPIRED'
  | 'POINT_ACTIVATION'
  | 'POINT_EXPIRATION'
  | 'REFUND';

export type LedgerStep = {
  readonly message: Scalars['String']['output'];
  readonly rule: LedgerRule;
};

export type LevelDowngradeInput = {
  readonly gracePeriod?: InputMaybe<GracePeriodInput>;
};

export type Lot = {
  readonly __typename?: 'Lot';
  readonly earnedAt: Scalars['DateTime']['output'];
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  readonly expiresOn?: Maybe<Scalars['LocalDate']['output']>;
  readonly points: Scalars['Points']['output'];
  readonly sliding: Scalars['Boolean']['output'];
};

export type MeasureStep = ExplanationStep & {
  readonly __typename?: 'MeasureStep';
  readonly measure: Scalars['Points']['output'];
  readonly message: Scalars['String']['output'];
  readonly outcome: ExplanationOutcome;
  readonly revision: Scalars['Int']['output'];
  readonly rule: ExplanationRule;
  readonly type: TierStructureType;
  readonly windowEndsAt?: Maybe<Scalars['DateTime']['output']>;
  readonly windowStartsAt?: Maybe<Scalars['DateTime']['output']>;
};

export type MissedEvents =
  | 'SEND'
  | 'SKIP';

export type Mutation = {
  readonly __typename?: 'Mutation';
  readonly activityRecord: ActivityRecordPayload;
  readonly apiKeyCreate: ApiKeyCreatePayload;
  readonly apiKeyRevoke: ApiKeyRevokePayload;
  readonly apiKeyRotate: ApiKeyRotatePayload;
  readonly cardDefinitionActivate: CardDefinitionActivatePayload;
  readonly cardDefinitionCreate: CardDefinitionCreatePayload;
  readonly cardDefinitionDeactivate: CardDefinitionDeactivatePayload;
  readonly cardDefinitionDelete: CardDefinitionDeletePayload;
  readonly cardDefinitionDraft: CardDefinitionDraftPayload;
  readonly cardDefinitionUpdate: CardDefinitionUpdatePayload;
  readonly configurationApply: ConfigurationApplyPayload;
  readonly configurationPlan: ConfigurationPlanPayload;
  readonly customerUpsert: CustomerUpsertPayload;
  readonly earn: EarnPayload;
  readonly earnRuleCreate: EarnRuleCreatePayload;
  readonly earnRulePublish: EarnRulePublishPayload;
  readonly earnRuleRetire: EarnRuleRetirePayload;
  readonly earnRuleUpdate: EarnRuleUpdatePayload;
  readonly pointsAdjust: PointsAdjustPayload;
  readonly pointsTransfer: PointsTransferPayload;
  readonly redemptionCancel: RedemptionCancelPayload;
  readonly redemptionConfirm: RedemptionConfirmPayload;
  readonly refund: RefundPayload;
  readonly rewardActivate: RewardActivatePayload;
  readonly rewardCreate: RewardCreatePayload;
  readonly rewardDeactivate: RewardDeactivatePayload;
  readonly rewardDelete: RewardDeletePayload;
  readonly rewardDraft: RewardDraftPayload;
  readonly rewardRedeem: RewardRedeemPayload;
  readonly rewardStockAdjust: RewardStockAdjustPayload;
  readonly rewardUpdate: RewardUpdatePayload;
  readonly signingKeyRotate: SigningKeyRotatePayload;
  readonly spend: SpendPayload;
  readonly spendReverse: SpendReversePayload;
  readonly tierCreate: TierCreatePayload;
  readonly tierDelete: TierDeletePayload;
  readonly tierRulesPublish: TierRulesPublishPayload;
  readonly tierStructureActivate: TierStructureActivatePayload;
  readonly tierStructureCreate: TierStructureCreatePayload;
  readonly tierStructureDeactivate: TierStructureDeactivatePayload;
  readonly tierStructureDelete: TierStructureDeletePayload;
  readonly tierStructureDraft: TierStructureDraftPayload;
  readonly tierStructurePublish: TierStructurePublishPayload;
  readonly tierStructureRevise: TierStructureRevisePayload;
  readonly tierStructureUpdate: TierStructureUpdatePayload;
  readonly tierUpdate: TierUpdatePayload;
  readonly webhookDeliveryReplay: WebhookDeliveryReplayPayload;
  readonly webhookEndpointCreate: WebhookEndpointCreatePayload;
  readonly webhookEndpointDelete: WebhookEndpointDeletePayload;
  readonly webhookEndpointEnable: WebhookEndpointEnablePayload;
  readonly webhookEndpointPause: WebhookEndpointPausePayload;
  readonly webhookEndpointReplay: WebhookEndpointReplayPayload;
  readonly webhookEndpointSecretRotate: WebhookEndpointSecretRotatePayload;
  readonly webhookEndpointTest: WebhookEndpointTestPayload;
  readonly webhookEndpointUpdate: WebhookEndpointUpdatePayload;
  readonly workspaceClockAdvance: WorkspaceClockAdvancePayload;
  readonly workspaceCreate: WorkspaceCreatePayload;
  readonly workspaceUpdate: WorkspaceUpdatePayload;
};


export type MutationActivityRecordArgs = {
  input: ActivityRecordInput;
};


export type MutationApiKeyCreateArgs = {
  input: ApiKeyCreateInput;
};


export type MutationApiKeyRevokeArgs = {
  input: ApiKeyRevokeInput;
};


export type MutationApiKeyRotateArgs = {
  input: ApiKeyRotateInput;
};


export type MutationCardDefinitionActivateArgs = {
  input: CardDefinitionActivateInput;
};


export type MutationCardDefinitionCreateArgs = {
  input: CardDefinitionCreateInput;
};


export type MutationCardDefinitionDeactivateArgs = {
  input: CardDefinitionDeactivateInput;
};


export type MutationCardDefinitionDeleteArgs = {
  input: CardDefinitionDeleteInput;
};


export type MutationCardDefinitionDraftArgs = {
  input: CardDefinitionDraftInput;
};


export type MutationCardDefinitionUpdateArgs = {
  input: CardDefinitionUpdateInput;
};


export type MutationConfigurationApplyArgs = {
  input: ConfigurationApplyInput;
};


export type MutationConfigurationPlanArgs = {
  input: ConfigurationPlanInput;
};


export type MutationCustomerUpsertArgs = {
  input: CustomerUpsertInput;
};


export type MutationEarnArgs = {
  input: EarnInput;
};


export type MutationEarnRuleCreateArgs = {
  input: EarnRuleCreateInput;
};


export type MutationEarnRulePublishArgs = {
  input: EarnRulePublishInput;
};


export type MutationEarnRuleRetireArgs = {
  input: EarnRuleRetireInput;
};


export type MutationEarnRuleUpdateArgs = {
  input: EarnRuleUpdateInput;
};


export type MutationPointsAdjustArgs = {
  input: PointsAdjustInput;
};


export type MutationPointsTransferArgs = {
  input: PointsTransferInput;
};


export type MutationRedemptionCancelArgs = {
  input: RedemptionCancelInput;
};


export type MutationRedemptionConfirmArgs = {
  input: RedemptionConfirmInput;
};


export type MutationRefundArgs = {
  input: RefundInput;
};


export type MutationRewardActivateArgs = {
  input: RewardActivateInput;
};


export type MutationRewardCreateArgs = {
  input: RewardCreateInput;
};


export type MutationRewardDeactivateArgs = {
  input: RewardDeactivateInput;
};


export type MutationRewardDeleteArgs = {
  input: RewardDeleteInput;
};


export type MutationRewardDraftArgs = {
  input: RewardDraftInput;
};


export type MutationRewardRedeemArgs = {
  input: RewardRedeemInput;
};


export type MutationRewardStockAdjustArgs = {
  input: RewardStockAdjustInput;
};


export type MutationRewardUpdateArgs = {
  input: RewardUpdateInput;
};


export type MutationSigningKeyRotateArgs = {
  input: SigningKeyRotateInput;
};


export type MutationSpendArgs = {
  input: SpendInput;
};


export type MutationSpendReverseArgs = {
  input: SpendReverseInput;
};


export type MutationTierCreateArgs = {
  input: TierCreateInput;
};


export type MutationTierDeleteArgs = {
  input: TierDeleteInput;
};


export type MutationTierRulesPublishArgs = {
  input: TierRulesPublishInput;
};


export type MutationTierStructureActivateArgs = {
  input: TierStructureActivateInput;
};


export type MutationTierStructureCreateArgs = {
  input: TierStructureCreateInput;
};


export type MutationTierStructureDeactivateArgs = {
  input: TierStructureDeactivateInput;
};


export type MutationTierStructureDeleteArgs = {
  input: TierStructureDeleteInput;
};


export type MutationTierStructureDraftArgs = {
  input: TierStructureDraftInput;
};


export type MutationTierStructurePublishArgs = {
  input: TierStructurePublishInput;
};


export type MutationTierStructureReviseArgs = {
  input: TierStructureReviseInput;
};


export type MutationTierStructureUpdateArgs = {
  input: TierStructureUpdateInput;
};


export type MutationTierUpdateArgs = {
  input: TierUpdateInput;
};


export type MutationWebhookDeliveryReplayArgs = {
  input: WebhookDeliveryReplayInput;
};


export type MutationWebhookEndpointCreateArgs = {
  input: WebhookEndpointCreateInput;
};


export type MutationWebhookEndpointDeleteArgs = {
  input: WebhookEndpointDeleteInput;
};


export type MutationWebhookEndpointEnableArgs = {
  input: WebhookEndpointEnableInput;
};


export type MutationWebhookEndpointPauseArgs = {
  input: WebhookEndpointPauseInput;
};


export type MutationWebhookEndpointReplayArgs = {
  input: WebhookEndpointReplayInput;
};


export type MutationWebhookEndpointSecretRotateArgs = {
  input: WebhookEndpointSecretRotateInput;
};


export type MutationWebhookEndpointTestArgs = {
  input: WebhookEndpointTestInput;
};


export type MutationWebhookEndpointUpdateArgs = {
  input: WebhookEndpointUpdateInput;
};


export type MutationWorkspaceClockAdvanceArgs = {
  input: WorkspaceClockAdvanceInput;
};


export type MutationWorkspaceCreateArgs = {
  input: WorkspaceCreateInput;
};


export type MutationWorkspaceUpdateArgs = {
  input: WorkspaceUpdateInput;
};

export type NameFilter = {
  readonly contains?: InputMaybe<Scalars['String']['input']>;
  readonly endsWith?: InputMaybe<Scalars['String']['input']>;
  readonly hasValue?: InputMaybe<Scalars['Boolean']['input']>;
  readonly in?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly is?: InputMaybe<Scalars['String']['input']>;
  readonly isNot?: InputMaybe<Scalars['String']['input']>;
  readonly isUnknown?: InputMaybe<Scalars['Boolean']['input']>;
  readonly notContain?: InputMaybe<Scalars['String']['input']>;
  readonly notIn?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly startsWith?: InputMaybe<Scalars['String']['input']>;
};

export type Node = {
  readonly id: Scalars['ID']['output'];
};

export type Operation = {
  readonly customer: Customer;
  readonly id: Scalars['ID']['output'];
  readonly metadata: Scalars['JSONObject']['output'];
  readonly occurredAt: Scalars['DateTime']['output'];
  readonly reason?: Maybe<Scalars['String']['output']>;
  readonly recordedAt: Scalars['DateTime']['output'];
  readonly reference?: Maybe<Scalars['String']['output']>;
  readonly source: Scalars['String']['output'];
};

export type OperationConnection = {
  readonly __typename?: 'OperationConnection';
  readonly edges: ReadonlyArray<OperationEdge>;
  readonly nodes: ReadonlyArray<Operation>;
  readonly pageInfo: PageInfo;
};

export type OperationEdge = {
  readonly __typename?: 'OperationEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Operation;
};

export type OperationEventData = {
  readonly __typename?: 'OperationEventData';
  readonly activityType?: Maybe<Scalars['String']['output']>;
  readonly cardDefinitionId?: Maybe<Scalars['ID']['output']>;
  readonly customerId: Scalars['ID']['output'];
  readonly effectiveAt: Scalars['DateTime']['output'];
  readonly metadata?: Maybe<Scalars['JSONObject']['output']>;
  readonly operationId?: Maybe<Scalars['ID']['output']>;
  readonly operationReason?: Maybe<Scalars['String']['output']>;
  readonly operationType: EventOperationType;
  readonly otherCustomerId?: Maybe<Scalars['ID']['output']>;
  readonly points: Scalars['Points']['output'];
  readonly reference?: Maybe<Scalars['String']['output']>;
  readonly refundedAmount?: Maybe<Scalars['Decimal']['output']>;
  readonly refundedCurrency?: Maybe<Scalars['String']['output']>;
  readonly source: Scalars['String']['output'];
  readonly spendId?: Maybe<Scalars['ID']['output']>;
  readonly transactionId?: Maybe<Scalars['ID']['output']>;
};

export type OrderDirection =
  | 'ASC'
  | 'DESC';

export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

export type PassEventData = {
  readonly __typename?: 'PassEventData';
  readonly customerId: Scalars['ID']['output'];
  readonly passId: Scalars['ID']['output'];
  readonly platform: Scalars['String']['output'];
};

export type PendingPoints = {
  readonly __typename?: 'PendingPoints';
  readonly activatesAt: Scalars['DateTime']['output'];
  readonly earnedAt: Scalars['DateTime']['output'];
  readonly expiresOn?: Maybe<Scalars['LocalDate']['output']>;
  readonly points: Scalars['Points']['output'];
  readonly transaction: Transaction;
};

export type Period = {
  readonly __typename?: 'Period';
  readonly unit: PeriodUnit;
  readonly value: Scalars['Int']['output'];
};

export type PeriodBasedPointActivation = {
  readonly __typename?: 'PeriodBasedPointActivation';
  readonly days: Scalars['Int']['output'];
};

export type PeriodBasedPointActivationInput = {
  readonly days: Scalars['Int']['input'];
};

export type PeriodCap = {
  readonly __typename?: 'PeriodCap';
  readonly points: Scalars['Points']['output'];
  readonly unit: CapPeriod;
};

export type PeriodCapInput = {
  readonly points: Scalars['Points']['input'];
  readonly unit: CapPeriod;
};

export type PeriodInput = {
  readonly unit: PeriodUnit;
  readonly value: Scalars['Int']['input'];
};

export type PeriodUnit =
  | 'DAY'
  | 'HOUR'
  | 'MONTH'
  | 'WEEK'
  | 'YEAR';

export type PointActivation = {
  readonly __typename?: 'PointActivation';
  readonly fixedDates?: Maybe<FixedDatesPointActivation>;
  readonly periodBased?: Maybe<PeriodBasedPointActivation>;
  readonly type: PointActivationType;
};

export type PointActivationInput =
  { readonly fixedDates: FixedDatesPointActivationInput; readonly immediate?: never; readonly periodBased?: never; }
  |  { readonly fixedDates?: never; readonly immediate: Scalars['Boolean']['input']; readonly periodBased?: never; }
  |  { readonly fixedDates?: never; readonly immediate?: never; readonly periodBased: PeriodBasedPointActivationInput; };

export type PointActivationStep = LedgerStep & {
  readonly __typename?: 'PointActivationStep';
  readonly activatesAt?: Maybe<Scalars['DateTime']['output']>;
  readonly activation: PointActivation;
  readonly cardDefinition: CardDefinition;
  readonly earnedAt: Scalars['DateTime']['output'];
  readonly message: Scalars['String']['output'];
  readonly rule: LedgerRule;
};

export type PointActivationType =
  | 'FIXED_DATES'
  | 'IMMEDIATE'
  | 'PERIOD_BASED';

export type PointBalanceTrigger = {
  readonly __typename?: 'PointBalanceTrigger';
  readonly cardDefinition: CardDefinition;
  readonly points: Scalars['Points']['output'];
};

export type PointBalanceTriggerInput = {
  readonly cardDefinitionId: Scalars['ID']['input'];
  readonly points: Scalars['Points']['input'];
};

export type PointEarned = {
  readonly __typename?: 'PointEarned';
  readonly period: Period;
  readonly type: PointEarnedType;
  readonly window: TrackingWindow;
};

export type PointEarnedInput = {
  readonly period: PeriodInput;
  readonly type: PointEarnedType;
  readonly window: TrackingWindow;
};

export type PointEarnedTrigger = {
  readonly __typename?: 'PointEarnedTrigger';
  readonly cardDefinition: CardDefinition;
  readonly points: Scalars['Points']['output'];
  readonly unit?: Maybe<CapPeriod>;
};

export type PointEarnedTriggerInput = {
  readonly cardDefinitionId: Scalars['ID']['input'];
  readonly points: Scalars['Points']['input'];
  readonly unit?: InputMaybe<CapPeriod>;
};

export type PointEarnedType =
  | 'IMMEDIATELY'
  | 'NEXT_TRACKING_PERIOD';

export type PointExpiration = {
  readonly __typename?: 'PointExpiration';
  readonly calendar?: Maybe<CalendarPointExpiration>;
  readonly rolling?: Maybe<RollingPointExpiration>;
  readonly sliding?: Maybe<SlidingPointExpiration>;
  readonly type: PointExpirationType;
};

export type PointExpirationInput =
  { readonly calendar: CalendarPointExpirationInput; readonly noExpiration?: never; readonly rolling?: never; readonly sliding?: never; }
  |  { readonly calendar?: never; readonly noExpiration: Scalars['Boolean']['input']; readonly rolling?: never; readonly sliding?: never; }
  |  { readonly calendar?: never; readonly noExpiration?: never; readonly rolling: RollingPointExpirationInput; readonly sliding?: never; }
  |  { readonly calendar?: never; readonly noExpiration?: never; readonly rolling?: never; readonly sliding: SlidingPointExpirationInput; };

export type PointExpirationSource =
  | 'CARD'
  | 'EARN_RULE'
  | 'TIER';

export type PointExpirationStep = LedgerStep & {
  readonly __typename?: 'PointExpirationStep';
  readonly cardDefinition: CardDefinition;
  readonly countedFrom: Scalars['DateTime']['output'];
  readonly expiration: PointExpiration;
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  readonly expiresOn?: Maybe<Scalars['LocalDate']['output']>;
  readonly message: Scalars['String']['output'];
  readonly rule: LedgerRule;
  readonly source: PointExpirationSource;
  readonly sourceEarnRuleVersion?: Maybe<EarnRuleVersion>;
  readonly sourceTier?: Maybe<Tier>;
};

export type PointExpirationType =
  | 'CALENDAR'
  | 'NO_EXPIRATION'
  | 'ROLLING'
  | 'SLIDING';

export type PointRounding =
  | 'CEILING'
  | 'FLOOR'
  | 'NEAREST';

export type PointsAdjustErrorCode =
  | 'CUSTOMER_NOT_FOUND'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'
  | 'INSUFFICIENT_POINTS'
  | 'INVALID_CARD_DEFINITION'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'INVALID_METADATA'
  | 'INVALID_POINTS'
  | 'INVALID_REASON'
  | 'INVALID_REFERENCE'
  | 'POINTS_OUT_OF_RANGE'
  | 'REFERENCE_MISMATCH';

export type PointsAdjustInput = {
  readonly cardDefinitionId?: InputMaybe<Scalars['ID']['input']>;
  readonly customer: CustomerReference;
  readonly dryRun: Scalars['Boolean']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  readonly points: Scalars['Points']['input'];
  readonly qualifying: Scalars['Boolean']['input'];
  readonly reason: Scalars['String']['input'];
  readonly reference?: InputMaybe<Scalars['String']['input']>;
  readonly source: Scalars['String']['input'];
};

export type PointsAdjustPayload = {
  readonly __typename?: 'PointsAdjustPayload';
  readonly adjustment?: Maybe<Adjustment>;
  readonly customer?: Maybe<Customer>;
  readonly duplicate: Scalars['Boolean']['output'];
  readonly ledgerEntries: ReadonlyArray<LedgerEntry>;
  readonly tierTransitions: ReadonlyArray<TierTransition>;
  readonly userErrors: ReadonlyArray<PointsAdjustUserError>;
};

export type PointsAdjustUserError = UserError & {
  readonly __typename?: 'PointsAdjustUserError';
  readonly available?: Maybe<Scalars['Points']['output']>;
  readonly code: PointsAdjustErrorCode;
  readonly documentation: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type PointsEventData = {
  readonly __typename?: 'PointsEventData';
  readonly activatesAt?: Maybe<Scalars['DateTime']['output']>;
  readonly balanceAfter: Scalars['Points']['output'];
  readonly cardDefinitionId?: Maybe<Scalars['ID']['output']>;
  readonly cardId: Scalars['ID']['output'];
  readonly customerId: Scalars['ID']['output'];
  readonly earnRuleVersionId?: Maybe<Scalars['ID']['output']>;
  readonly effectiveAt: Scalars['DateTime']['output'];
  readonly entryType: LedgerEntryType;
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  readonly ledgerEntryId: Scalars['ID']['output'];
  readonly operationId?: Maybe<Scalars['ID']['output']>;
  readonly pending: Scalars['Boolean']['output'];
  readonly points: Scalars['Points']['output'];
  readonly tierId?: Maybe<Scalars['ID']['output']>;
  readonly transactionId?: Maybe<Scalars['ID']['output']>;
};

export type PointsExpiredStep = LedgerStep & {
  readonly __typename?: 'PointsExpiredStep';
  readonly expiredAt: Scalars['DateTime']['output'];
  readonly lastDay: Scalars['LocalDate']['output'];
  readonly message: Scalars['String']['output'];
  readonly points: Scalars['Points']['output'];
  readonly rule: LedgerRule;
};

export type PointsExpiringEventData = {
  readonly __typename?: 'PointsExpiringEventData';
  readonly cardDefinitionId?: Maybe<Scalars['ID']['output']>;
  readonly cardId: Scalars['ID']['output'];
  readonly customerId: Scalars['ID']['output'];
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  readonly lastDay: Scalars['LocalDate']['output'];
  readonly points: Scalars['Points']['output'];
};

export type PointsTransferErrorCode =
  | 'CUSTOMER_NOT_FOUND'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'
  | 'INSUFFICIENT_POINTS'
  | 'INVALID_CARD_DEFINITION'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'INVALID_METADATA'
  | 'INVALID_POINTS'
  | 'INVALID_REASON'
  | 'INVALID_REFERENCE'
  | 'POINTS_OUT_OF_RANGE'
  | 'REFERENCE_MISMATCH'
  | 'SAME_CUSTOMER';

export type PointsTransferInput = {
  readonly cardDefinitionId?: InputMaybe<Scalars['ID']['input']>;
  readonly dryRun: Scalars['Boolean']['input'];
  readonly from: CustomerReference;
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  readonly points: Scalars['Points']['input'];
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  readonly reference?: InputMaybe<Scalars['String']['input']>;
  readonly source: Scalars['String']['input'];
  readonly to: CustomerReference;
};

export type PointsTransferPayload = {
  readonly __typename?: 'PointsTransferPayload';
  readonly duplicate: Scalars['Boolean']['output'];
  readonly from?: Maybe<Customer>;
  readonly ledgerEntries: ReadonlyArray<LedgerEntry>;
  readonly tierTransitions: ReadonlyArray<TierTransition>;
  readonly to?: Maybe<Customer>;
  readonly transfer?: Maybe<Transfer>;
  readonly userErrors: ReadonlyArray<PointsTransferUserError>;
};

export type PointsTransferUserError = UserError & {
  readonly __typename?: 'PointsTransferUserError';
  readonly available?: Maybe<Scalars['Points']['output']>;
  readonly code: PointsTransferErrorCode;
  readonly documentation: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type PredictionEventData = {
  readonly __typename?: 'PredictionEventData';
  readonly customerId: Scalars['ID']['output'];
  readonly kind: Scalars['String']['output'];
  readonly previousValue?: Maybe<Scalars['Decimal']['output']>;
  readonly value: Scalars['Decimal']['output'];
};

export type Query = {
  readonly __typename?: 'Query';
  readonly activities: ActivityConnection;
  readonly apiKeyUses: ApiKeyUseConnection;
  readonly apiKeys: ApiKeyConnection;
  readonly cardDefinition?: Maybe<CardDefinition>;
  readonly cardDefinitions: CardDefinitionConnection;
  readonly checkpoints: CheckpointConnection;
  readonly configurationExport: ConfigurationExport;
  readonly customer?: Maybe<Customer>;
  readonly customers: CustomerConnection;
  readonly earnRule?: Maybe<EarnRule>;
  readonly earnRules: EarnRuleConnection;
  readonly events: EventConnection;
  readonly node?: Maybe<Node>;
  readonly rateLimit: RateLimit;
  readonly reward?: Maybe<Reward>;
  readonly rewards: RewardConnection;
  readonly signingKeys: SigningKeyConnection;
  readonly tierStructure?: Maybe<TierStructure>;
  readonly tierStructures: TierStructureConnection;
  readonly transaction?: Maybe<Transaction>;
  readonly verification?: Maybe<Verification>;
  readonly webhookDeliveries: WebhookDeliveryConnection;
  readonly webhookDelivery?: Maybe<WebhookDelivery>;
  readonly webhookEndpoint?: Maybe<WebhookEndpoint>;
  readonly webhookEndpoints: WebhookEndpointConnection;
  readonly workspace: Workspace;
};


export type QueryActivitiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ActivityFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryApiKeyUsesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ApiKeyUseFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryApiKeysArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryCardDefinitionArgs = {
  id: Scalars['ID']['input'];
};


export type QueryCardDefinitionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryCheckpointsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryConfigurationExportArgs = {
  format: ConfigurationFormat;
};


export type QueryCustomerArgs = {
  by: CustomerReference;
};


export type QueryCustomersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryEarnRuleArgs = {
  id: Scalars['ID']['input'];
};


export type QueryEarnRulesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<EventFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


export type QueryRewardArgs = {
  id: Scalars['ID']['input'];
};


export type QueryRewardsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QuerySigningKeysArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryTierStructureArgs = {
  id: Scalars['ID']['input'];
};


export type QueryTierStructuresArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<TierStructureFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ReadonlyArray<TierStructureOrder>>;
};


export type QueryTransactionArgs = {
  by: TransactionReference;
};


export type QueryVerificationArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryWebhookDeliveriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<WebhookDeliveryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryWebhookDeliveryArgs = {
  id: Scalars['ID']['input'];
};


export type QueryWebhookEndpointArgs = {
  id: Scalars['ID']['input'];
};


export type QueryWebhookEndpointsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

export type RateLimit = {
  readonly __typename?: 'RateLimit';
  readonly apiKey?: Maybe<ApiKeyRateLimit>;
  readonly ceiling: Scalars['Int']['output'];
  readonly cost: Scalars['Int']['output'];
  readonly limit: Scalars['Int']['output'];
  readonly maximumCost: Scalars['Int']['output'];
  readonly remaining: Scalars['Int']['output'];
  readonly resetAt: Scalars['DateTime']['output'];
  readonly restoreRate: Scalars['Int']['output'];
};

export type Receipt = {
  readonly __typename?: 'Receipt';
  readonly locale: Scalars['String']['output'];
  readonly text: Scalars['String']['output'];
};

export type ReceiptTemplate = {
  readonly __typename?: 'ReceiptTemplate';
  readonly locale: Scalars['String']['output'];
  readonly template: Scalars['String']['output'];
};

export type ReceiptTemplateInput = {
  readonly locale: Scalars['String']['input'];
  readonly template: Scalars['String']['input'];
};

export type Redemption = Node & Operation & {
  readonly __typename?: 'Redemption';
  readonly allocations: ReadonlyArray<Allocation>;
  readonly cancelledAt?: Maybe<Scalars['DateTime']['output']>;
  readonly cardDefinition: CardDefinition;
  readonly confirmedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly customer: Customer;
  readonly grant?: Maybe<RewardGrant>;
  readonly id: Scalars['ID']['output'];
  readonly metadata: Scalars['JSONObject']['output'];
  readonly occurredAt: Scalars['DateTime']['output'];
  readonly points: Scalars['Points']['output'];
  readonly proofExpiresAt: Scalars['DateTime']['output'];
  readonly reason?: Maybe<Scalars['String']['output']>;
  readonly receipt?: Maybe<Receipt>;
  readonly recordedAt: Scalars['DateTime']['output'];
  readonly reference?: Maybe<Scalars['String']['output']>;
  readonly reward: Reward;
  readonly source: Scalars['String']['output'];
  readonly status: RedemptionStatus;
};


export type RedemptionReceiptArgs = {
  locale?: InputMaybe<Scalars['String']['input']>;
};

export type RedemptionCancelErrorCode =
  | 'ALREADY_CANCELLED'
  | 'ALREADY_CONFIRMED'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'INVALID_METADATA'
  | 'INVALID_REASON'
  | 'INVALID_REFERENCE'
  | 'POINTS_OUT_OF_RANGE'
  | 'REDEMPTION_NOT_FOUND'
  | 'REFERENCE_MISMATCH';

export type RedemptionCancelInput = {
  readonly dryRun: Scalars['Boolean']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  readonly redemption: RedemptionReference;
  readonly reference?: InputMaybe<Scalars['String']['input']>;
  readonly source: Scalars['String']['input'];
};

export type RedemptionCancelPayload = {
  readonly __typename?: 'RedemptionCancelPayload';
  readonly cancellation?: Maybe<RedemptionCancellation>;
  readonly customer?: Maybe<Customer>;
  readonly duplicate: Scalars['Boolean']['output'];
  readonly ledgerEntries: ReadonlyArray<LedgerEntry>;
  readonly tierTransitions: ReadonlyArray<TierTransition>;
  readonly userErrors: ReadonlyArray<RedemptionCancelUserError>;
};

export type RedemptionCancelUserError = UserError & {
  readonly __typename?: 'RedemptionCancelUserError';
  readonly code: RedemptionCancelErrorCode;
  readonly documentation: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type RedemptionCancellation = Node & Operation & {
  readonly __typename?: 'RedemptionCancellation';
  readonly available: Scalars['Points']['output'];
  readonly cardDefinition: CardDefinition;
  readonly customer: Customer;
  readonly expired: Scalars['Points']['output'];
  readonly id: Scalars['ID']['output'];
  readonly metadata: Scalars['JSONObject']['output'];
  readonly occurredAt: Scalars['DateTime']['output'];
  readonly points: Scalars['Points']['output'];
  readonly reason?: Maybe<Scalars['String']['output']>;
  readonly recordedAt: Scalars['DateTime']['output'];
  readonly redemption: Redemption;
  readonly reference?: Maybe<Scalars['String']['output']>;
  readonly source: Scalars['String']['output'];
};

export type RedemptionConfirmErrorCode =
  | 'ALREADY_CONFIRMED'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'INVALID_PROOF'
  | 'PROOF_EXPIRED'
  | 'REDEMPTION_CANCELLED'
  | 'REDEMPTION_NOT_FOUND';

export type RedemptionConfirmInput = {
  readonly dryRun: Scalars['Boolean']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly proof: Scalars['String']['input'];
};

export type RedemptionConfirmPayload = {
  readonly __typename?: 'RedemptionConfirmPayload';
  readonly redemption?: Maybe<Redemption>;
  readonly userErrors: ReadonlyArray<RedemptionConfirmUserError>;
};

export type RedemptionConfirmUserError = UserError & {
  readonly __typename?: 'RedemptionConfirmUserError';
  readonly code: RedemptionConfirmErrorCode;
  readonly documentation: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type RedemptionConnection = {
  readonly __typename?: 'RedemptionConnection';
  readonly edges: ReadonlyArray<RedemptionEdge>;
  readonly nodes: ReadonlyArray<Redemption>;
  readonly pageInfo: PageInfo;
};

export type RedemptionEdge = {
  readonly __typename?: 'RedemptionEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Redemption;
};

export type RedemptionEventData = {
  readonly __typename?: 'RedemptionEventData';
  readonly customerId: Scalars['ID']['output'];
  readonly points: Scalars['Points']['output'];
  readonly redemptionId: Scalars['ID']['output'];
  readonly rewardId: Scalars['ID']['output'];
};

export type RedemptionReference =
  { readonly id: Scalars['ID']['input']; readonly reference?: never; }
  |  { readonly id?: never; readonly reference: SourceReference; };

export type RedemptionStatus =
  | 'CANCELLED'
  | 'CONFIRMED'
  | 'EXPIRED'
  | 'ISSUED';

export type Refund = Node & Operation & {
  readonly __typename?: 'Refund';
  readonly amount: Scalars['Decimal']['output'];
  readonly cancelledPendingPoints: Scalars['Points']['output'];
  readonly currency: Scalars['String']['output'];
  readonly customer: Customer;
  readonly deductions: ReadonlyArray<RefundDeduction>;
  readonly expiredPoints: Scalars['Points']['output'];
  readonly id: Scalars['ID']['output'];
  readonly lines: ReadonlyArray<RefundLine>;
  readonly metadata: Scalars['JSONObject']['output'];
  readonly occurredAt: Scalars['DateTime']['output'];
  readonly reason?: Maybe<Scalars['String']['output']>;
  readonly recordedAt: Scalars['DateTime']['output'];
  readonly reference?: Maybe<Scalars['String']['output']>;
  readonly revokedPoints: Scalars['Points']['output'];
  readonly shortfall: Scalars['Points']['output'];
  readonly source: Scalars['String']['output'];
  readonly transaction: Transaction;
};

export type RefundConnection = {
  readonly __typename?: 'RefundConnection';
  readonly edges: ReadonlyArray<RefundEdge>;
  readonly nodes: ReadonlyArray<Refund>;
  readonly pageInfo: PageInfo;
};

export type RefundDeduction = {
  readonly __typename?: 'RefundDeduction';
  readonly cardDefinition: CardDefinition;
  readonly earnRuleVersion: EarnRuleVersion;
  readonly points: Scalars['Points']['output'];
};

export type RefundEdge = {
  readonly __typename?: 'RefundEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Refund;
};

export type RefundErrorCode =
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'
  | 'INVALID_AMOUNT'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'INVALID_LINES'
  | 'INVALID_METADATA'
  | 'INVALID_REASON'
  | 'INVALID_REFERENCE'
  | 'POINTS_OUT_OF_RANGE'
  | 'REFERENCE_MISMATCH'
  | 'REFUND_EXCEEDS_TRANSACTION'
  | 'TRANSACTION_NOT_FOUND';

export type RefundInput = {
  readonly amount?: InputMaybe<Scalars['Decimal']['input']>;
  readonly dryRun: Scalars['Boolean']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly lines?: InputMaybe<ReadonlyArray<RefundLineInput>>;
  readonly metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  readonly reference?: InputMaybe<Scalars['String']['input']>;
  readonly source: Scalars['String']['input'];
  readonly transaction: TransactionReference;
};

export type RefundLine = {
  readonly __typename?: 'RefundLine';
  readonly amount: Scalars['Decimal']['output'];
  readonly index: Scalars['Int']['output'];
};

export type RefundLineInput = {
  readonly amount: Scalars['Decimal']['input'];
  readonly index: Scalars['Int']['input'];
};

export type RefundPayload = {
  readonly __typename?: 'RefundPayload';
  readonly customer?: Maybe<Customer>;
  readonly duplicate: Scalars['Boolean']['output'];
  readonly ledgerEntries: ReadonlyArray<LedgerEntry>;
  readonly refund?: Maybe<Refund>;
  readonly revokedGrants: ReadonlyArray<RewardGrant>;
  readonly tierTransitions: ReadonlyArray<TierTransition>;
  readonly userErrors: ReadonlyArray<RefundUserError>;
};

export type RefundPolicy =
  | 'REVOKE_BELOW_ZERO'
  | 'REVOKE_FROM_PENDING'
  | 'REVOKE_TO_ZERO';

export type RefundStep = LedgerStep & {
  readonly __typename?: 'RefundStep';
  readonly creditedPoints: Scalars['Points']['output'];
  readonly currency: Scalars['String']['output'];
  readonly deductedPoints: Scalars['Points']['output'];
  readonly earnRuleVersion: EarnRuleVersion;
  readonly keptPoints: Scalars['Points']['output'];
  readonly message: Scalars['String']['output'];
  readonly netAmount: Scalars['Decimal']['output'];
  readonly refundPolicy: RefundPolicy;
  readonly refundedAmount: Scalars['Decimal']['output'];
  readonly rule: LedgerRule;
};

export type RefundUserError = UserError & {
  readonly __typename?: 'RefundUserError';
  readonly code: RefundErrorCode;
  readonly documentation: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type RestMethod =
  | 'DELETE'
  | 'GET'
  | 'PATCH'
  | 'POST'
  | 'PUT';

export type Reward = Node & {
  readonly __typename?: 'Reward';
  readonly activities: ActivityConnection;
  readonly cardDefinition: CardDefinition;
  readonly condition?: Maybe<Scalars['String']['output']>;
  readonly cost: Scalars['Points']['output'];
  readonly createdAt: Scalars['DateTime']['output'];
  readonly defaultLocale: Scalars['String']['output'];
  readonly description?: Maybe<Scalars['String']['output']>;
  readonly grantValidity?: Maybe<Period>;
  readonly id: Scalars['ID']['output'];
  readonly key: Scalars['String']['output'];
  readonly limits: RewardLimits;
  readonly metadata: Scalars['JSONObject']['output'];
  readonly name: Scalars['String']['output'];
  readonly proofValidMinutes: Scalars['Int']['output'];
  readonly receipts: ReadonlyArray<ReceiptTemplate>;
  readonly status: ConfigurationStatus;
  readonly stock?: Maybe<Scalars['Int']['output']>;
  readonly tiers: ReadonlyArray<Tier>;
  readonly trigger?: Maybe<RewardTrigger>;
  readonly type: Scalars['String']['output'];
  readonly updatedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly validFrom?: Maybe<Scalars['DateTime']['output']>;
  readonly validUntil?: Maybe<Scalars['DateTime']['output']>;
  readonly version: Scalars['Int']['output'];
};


export type RewardActivitiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

export type RewardActivateInput = {
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type RewardActivatePayload = {
  readonly __typename?: 'RewardActivatePayload';
  readonly reward?: Maybe<Reward>;
  readonly userErrors: ReadonlyArray<RewardUserError>;
};

export type RewardConnection = {
  readonly __typename?: 'RewardConnection';
  readonly edges: ReadonlyArray<RewardEdge>;
  readonly nodes: ReadonlyArray<Reward>;
  readonly pageInfo: PageInfo;
};

export type RewardCreateInput = {
  readonly cardDefinitionId: Scalars['ID']['input'];
  readonly condition?: InputMaybe<Scalars['String']['input']>;
  readonly cost: Scalars['Points']['input'];
  readonly defaultLocale: Scalars['String']['input'];
  readonly description?: InputMaybe<Scalars['String']['input']>;
  readonly grantValidity?: InputMaybe<PeriodInput>;
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly key?: InputMaybe<Scalars['String']['input']>;
  readonly limits?: InputMaybe<RewardLimitsInput>;
  readonly metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  readonly name: Scalars['String']['input'];
  readonly proofValidMinutes: Scalars['Int']['input'];
  readonly receipts?: InputMaybe<ReadonlyArray<ReceiptTemplateInput>>;
  readonly stock?: InputMaybe<Scalars['Int']['input']>;
  readonly tierIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  readonly trigger?: InputMaybe<RewardTriggerInput>;
  readonly type: Scalars['String']['input'];
  readonly validFrom?: InputMaybe<Scalars['DateTime']['input']>;
  readonly validUntil?: InputMaybe<Scalars['DateTime']['input']>;
};

export type RewardCreatePayload = {
  readonly __typename?: 'RewardCreatePayload';
  readonly reward?: Maybe<Reward>;
  readonly userErrors: ReadonlyArray<RewardUserError>;
};

export type RewardDeactivateInput = {
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type RewardDeactivatePayload = {
  readonly __typename?: 'RewardDeactivatePayload';
  readonly reward?: Maybe<Reward>;
  readonly userErrors: ReadonlyArray<RewardUserError>;
};

export type RewardDeleteInput = {
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type RewardDeletePayload = {
  readonly __typename?: 'RewardDeletePayload';
  readonly reward?: Maybe<Reward>;
  readonly userErrors: ReadonlyArray<RewardUserError>;
};

export type RewardDraftInput = {
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type RewardDraftPayload = {
  readonly __typename?: 'RewardDraftPayload';
  readonly reward?: Maybe<Reward>;
  readonly userErrors: ReadonlyArray<RewardUserError>;
};

export type RewardEdge = {
  readonly __typename?: 'RewardEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Reward;
};

export type RewardErrorCode =
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'
  | 'INVALID_CARD_DEFINITION'
  | 'INVALID_CONDITION'
  | 'INVALID_COST'
  | 'INVALID_DESCRIPTION'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'INVALID_KEY'
  | 'INVALID_LIMIT'
  | 'INVALID_LOCALE'
  | 'INVALID_METADATA'
  | 'INVALID_NAME'
  | 'INVALID_REASON'
  | 'INVALID_RECEIPT'
  | 'INVALID_STATUS'
  | 'INVALID_STOCK'
  | 'INVALID_TIER'
  | 'INVALID_TRIGGER'
  | 'INVALID_TYPE'
  | 'INVALID_VALIDITY'
  | 'KEY_TAKEN'
  | 'NOT_DRAFT'
  | 'NOT_FOUND'
  | 'NO_STOCK'
  | 'TOO_MANY_REWARDS'
  | 'VERSION_CONFLICT';

export type RewardGrant = Node & {
  readonly __typename?: 'RewardGrant';
  readonly customer: Customer;
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  readonly grantedAt: Scalars['DateTime']['output'];
  readonly id: Scalars['ID']['output'];
  readonly redemption?: Maybe<Redemption>;
  readonly revokedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly reward: Reward;
  readonly status: RewardGrantStatus;
  readonly transaction?: Maybe<Transaction>;
};

export type RewardGrantConnection = {
  readonly __typename?: 'RewardGrantConnection';
  readonly edges: ReadonlyArray<RewardGrantEdge>;
  readonly nodes: ReadonlyArray<RewardGrant>;
  readonly pageInfo: PageInfo;
};

export type RewardGrantEdge = {
  readonly __typename?: 'RewardGrantEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: RewardGrant;
};

export type RewardGrantEventData = {
  readonly __typename?: 'RewardGrantEventData';
  readonly customerId: Scalars['ID']['output'];
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  readonly rewardGrantId: Scalars['ID']['output'];
  readonly rewardId: Scalars['ID']['output'];
};

export type RewardGrantStatus =
  | 'EXPIRED'
  | 'GRANTED'
  | 'REDEEMED'
  | 'REVOKED';

export type RewardLimitScope =
  | 'DAY'
  | 'EVER'
  | 'MONTH'
  | 'WEEK'
  | 'YEAR';

export type RewardLimits = {
  readonly __typename?: 'RewardLimits';
  readonly perMember?: Maybe<Scalars['Int']['output']>;
  readonly perPeriod: ReadonlyArray<RewardPeriodLimit>;
};

export type RewardLimitsInput = {
  readonly perMember?: InputMaybe<Scalars['Int']['input']>;
  readonly perPeriod?: InputMaybe<ReadonlyArray<RewardPeriodLimitInput>>;
};

export type RewardObstacle = {
  readonly __typename?: 'RewardObstacle';
  readonly available?: Maybe<Scalars['Points']['output']>;
  readonly code: RewardRedeemErrorCode;
  readonly limit?: Maybe<RewardLimitScope>;
  readonly message: Scalars['String']['output'];
};

export type RewardOffer = {
  readonly __typename?: 'RewardOffer';
  readonly grant?: Maybe<RewardGrant>;
  readonly obstacles: ReadonlyArray<RewardObstacle>;
  readonly redeemable: Scalars['Boolean']['output'];
  readonly reward: Reward;
};

export type RewardPeriodLimit = {
  readonly __typename?: 'RewardPeriodLimit';
  readonly count: Scalars['Int']['output'];
  readonly unit: CapPeriod;
};

export type RewardPeriodLimitInput = {
  readonly count: Scalars['Int']['input'];
  readonly unit: CapPeriod;
};

export type RewardRedeemErrorCode =
  | 'CUSTOMER_NOT_FOUND'
  | 'GRANT_NOT_FOUND'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'
  | 'INSUFFICIENT_POINTS'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'INVALID_LOCALE'
  | 'INVALID_METADATA'
  | 'INVALID_REASON'
  | 'INVALID_REFERENCE'
  | 'LIMIT_REACHED'
  | 'NOT_ELIGIBLE'
  | 'NO_GRANT'
  | 'OUT_OF_STOCK'
  | 'POINTS_OUT_OF_RANGE'
  | 'REFERENCE_MISMATCH'
  | 'REWARD_NOT_FOUND'
  | 'REWARD_NOT_VALID';

export type RewardRedeemInput = {
  readonly customer: CustomerReference;
  readonly dryRun: Scalars['Boolean']['input'];
  readonly grantId?: InputMaybe<Scalars['ID']['input']>;
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly locale?: InputMaybe<Scalars['String']['input']>;
  readonly metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  readonly reference?: InputMaybe<Scalars['String']['input']>;
  readonly rewardId: Scalars['ID']['input'];
  readonly source: Scalars['String']['input'];
};

export type RewardRedeemPayload = {
  readonly __typename?: 'RewardRedeemPayload';
  readonly customer?: Maybe<Customer>;
  readonly duplicate: Scalars['Boolean']['output'];
  readonly ledgerEntries: ReadonlyArray<LedgerEntry>;
  readonly proof?: Maybe<Scalars['String']['output']>;
  readonly receipt?: Maybe<Receipt>;
  readonly redemption?: Maybe<Redemption>;
  readonly tierTransitions: ReadonlyArray<TierTransition>;
  readonly userErrors: ReadonlyArray<RewardRedeemUserError>;
};

export type RewardRedeemUserError = UserError & {
  readonly __typename?: 'RewardRedeemUserError';
  readonly available?: Maybe<Scalars['Points']['output']>;
  readonly code: RewardRedeemErrorCode;
  readonly documentation: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly limit?: Maybe<RewardLimitScope>;
  readonly message: Scalars['String']['output'];
};

export type RewardStockAdjustInput = {
  readonly by: Scalars['Int']['input'];
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type RewardStockAdjustPayload = {
  readonly __typename?: 'RewardStockAdjustPayload';
  readonly reward?: Maybe<Reward>;
  readonly userErrors: ReadonlyArray<RewardUserError>;
};

export type RewardStockEventData = {
  readonly __typename?: 'RewardStockEventData';
  readonly rewardId: Scalars['ID']['output'];
  readonly rewardName: Scalars['String']['output'];
  readonly stock: Scalars['Int']['output'];
};

export type RewardTrigger = {
  readonly __typename?: 'RewardTrigger';
  readonly everyNthVisit?: Maybe<EveryNthVisitTrigger>;
  readonly pointBalance?: Maybe<PointBalanceTrigger>;
  readonly pointEarned?: Maybe<PointEarnedTrigger>;
  readonly type: RewardTriggerType;
};

export type RewardTriggerInput =
  { readonly everyNthVisit: EveryNthVisitTriggerInput; readonly pointBalance?: never; readonly pointEarned?: never; }
  |  { readonly everyNthVisit?: never; readonly pointBalance: PointBalanceTriggerInput; readonly pointEarned?: never; }
  |  { readonly everyNthVisit?: never; readonly pointBalance?: never; readonly pointEarned: PointEarnedTriggerInput; };

export type RewardTriggerType =
  | 'EVERY_NTH_VISIT'
  | 'POINT_BALANCE'
  | 'POINT_EARNED';

export type RewardUpdateInput = {
  readonly cardDefinitionId?: InputMaybe<Scalars['ID']['input']>;
  readonly condition?: InputMaybe<Scalars['String']['input']>;
  readonly cost?: InputMaybe<Scalars['Points']['input']>;
  readonly defaultLocale?: InputMaybe<Scalars['String']['input']>;
  readonly description?: InputMaybe<Scalars['String']['input']>;
  readonly grantValidity?: InputMaybe<PeriodInput>;
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly key?: InputMaybe<Scalars['String']['input']>;
  readonly limits?: InputMaybe<RewardLimitsInput>;
  readonly metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  readonly name?: InputMaybe<Scalars['String']['input']>;
  readonly proofValidMinutes?: InputMaybe<Scalars['Int']['input']>;
  readonly receipts?: InputMaybe<ReadonlyArray<ReceiptTemplateInput>>;
  readonly stock?: InputMaybe<Scalars['Int']['input']>;
  readonly tierIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  readonly trigger?: InputMaybe<RewardTriggerInput>;
  readonly type?: InputMaybe<Scalars['String']['input']>;
  readonly validFrom?: InputMaybe<Scalars['DateTime']['input']>;
  readonly validUntil?: InputMaybe<Scalars['DateTime']['input']>;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type RewardUpdatePayload = {
  readonly __typename?: 'RewardUpdatePayload';
  readonly reward?: Maybe<Reward>;
  readonly userErrors: ReadonlyArray<RewardUserError>;
};

export type RewardUserError = UserError & {
  readonly __typename?: 'RewardUserError';
  readonly code: RewardErrorCode;
  readonly documentation: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type RollingPointExpiration = {
  readonly __typename?: 'RollingPointExpiration';
  readonly period: Period;
  readonly rounding?: Maybe<ExpirationRounding>;
  readonly roundingMonth?: Maybe<Scalars['Int']['output']>;
};

export type RollingPointExpirationInput = {
  readonly period: PeriodInput;
  readonly rounding?: InputMaybe<ExpirationRounding>;
  readonly roundingMonth?: InputMaybe<Scalars['Int']['input']>;
};

export type RollingTierExpiration = {
  readonly __typename?: 'RollingTierExpiration';
  readonly period: Period;
};

export type RollingTierExpirationInput = {
  readonly period: PeriodInput;
};

export type RoundingScope =
  | 'PER_LINE'
  | 'PER_TRANSACTION';

export type SegmentEventData = {
  readonly __typename?: 'SegmentEventData';
  readonly memberCount?: Maybe<Scalars['Int']['output']>;
  readonly segmentId: Scalars['ID']['output'];
  readonly segmentName: Scalars['String']['output'];
};

export type SegmentMemberEventData = {
  readonly __typename?: 'SegmentMemberEventData';
  readonly customerId: Scalars['ID']['output'];
  readonly segmentId: Scalars['ID']['output'];
  readonly segmentName: Scalars['String']['output'];
};

export type SigningKey = Node & {
  readonly __typename?: 'SigningKey';
  readonly createdAt: Scalars['DateTime']['output'];
  readonly id: Scalars['ID']['output'];
  readonly publicJwk: Scalars['JSONObject']['output'];
  readonly retiredAt?: Maybe<Scalars['DateTime']['output']>;
};

export type SigningKeyConnection = {
  readonly __typename?: 'SigningKeyConnection';
  readonly edges: ReadonlyArray<SigningKeyEdge>;
  readonly nodes: ReadonlyArray<SigningKey>;
  readonly pageInfo: PageInfo;
};

export type SigningKeyEdge = {
  readonly __typename?: 'SigningKeyEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: SigningKey;
};

export type SigningKeyErrorCode =
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'TOO_MANY_SIGNING_KEYS';

export type SigningKeyRotateInput = {
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type SigningKeyRotatePayload = {
  readonly __typename?: 'SigningKeyRotatePayload';
  readonly replacedSigningKey?: Maybe<SigningKey>;
  readonly signingKey?: Maybe<SigningKey>;
  readonly userErrors: ReadonlyArray<SigningKeyUserError>;
};

export type SigningKeyUserError = UserError & {
  readonly __typename?: 'SigningKeyUserError';
  readonly code: SigningKeyErrorCode;
  readonly documentation: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type SimulatedFlow = {
  readonly __typename?: 'SimulatedFlow';
  readonly from?: Maybe<TierRevision>;
  readonly members: Scalars['Int']['output'];
  readonly samples: ReadonlyArray<Customer>;
  readonly to?: Maybe<TierRevision>;
};

export type SimulatedTier = {
  readonly __typename?: 'SimulatedTier';
  readonly membersAfter: Scalars['Int']['output'];
  readonly membersBefore: Scalars['Int']['output'];
  readonly tier?: Maybe<TierRevision>;
};

export type SimulationProgress = {
  readonly __typename?: 'SimulationProgress';
  readonly membersDone: Scalars['Int']['output'];
  readonly membersTotal: Scalars['Int']['output'];
};

export type SlidingPointExpiration = {
  readonly __typename?: 'SlidingPointExpiration';
  readonly customActivity: Scalars['Boolean']['output'];
  readonly customActivityTypes: ReadonlyArray<Scalars['String']['output']>;
  readonly earningActivity: Scalars['Boolean']['output'];
  readonly period: Period;
  readonly spendingActivity: Scalars['Boolean']['output'];
};

export type SlidingPointExpirationInput = {
  readonly customActivity: Scalars['Boolean']['input'];
  readonly customActivityTypes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly earningActivity: Scalars['Boolean']['input'];
  readonly period: PeriodInput;
  readonly spendingActivity: Scalars['Boolean']['input'];
};

export type SlidingTierExpiration = {
  readonly __typename?: 'SlidingTierExpiration';
  readonly customActivity: Scalars['Boolean']['output'];
  readonly customActivityTypes: ReadonlyArray<Scalars['String']['output']>;
  readonly earningActivity: Scalars['Boolean']['output'];
  readonly period: Period;
  readonly spendingActivity: Scalars['Boolean']['output'];
};

export type SlidingTierExpirationInput = {
  readonly customActivity: Scalars['Boolean']['input'];
  readonly customActivityTypes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly earningActivity: Scalars['Boolean']['input'];
  readonly period: PeriodInput;
  readonly spendingActivity: Scalars['Boolean']['input'];
};

export type SourceReference = {
  readonly reference: Scalars['String']['input'];
  readonly source: Scalars['String']['input'];
};

export type Spend = Node & Operation & {
  readonly __typename?: 'Spend';
  readonly allocations: ReadonlyArray<Allocation>;
  readonly cardDefinition: CardDefinition;
  readonly customer: Customer;
  readonly id: Scalars['ID']['output'];
  readonly metadata: Scalars['JSONObject']['output'];
  readonly occurredAt: Scalars['DateTime']['output'];
  readonly points: Scalars['Points']['output'];
  readonly reason?: Maybe<Scalars['String']['output']>;
  readonly recordedAt: Scalars['DateTime']['output'];
  readonly reference?: Maybe<Scalars['String']['output']>;
  readonly reversals: SpendReversalConnection;
  readonly reversedPoints: Scalars['Points']['output'];
  readonly source: Scalars['String']['output'];
};


export type SpendReversalsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

export type SpendErrorCode =
  | 'CUSTOMER_NOT_FOUND'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'
  | 'INSUFFICIENT_POINTS'
  | 'INVALID_CARD_DEFINITION'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'INVALID_METADATA'
  | 'INVALID_POINTS'
  | 'INVALID_REASON'
  | 'INVALID_REFERENCE'
  | 'POINTS_OUT_OF_RANGE'
  | 'REFERENCE_MISMATCH';

export type SpendInput = {
  readonly cardDefinitionId?: InputMaybe<Scalars['ID']['input']>;
  readonly customer: CustomerReference;
  readonly dryRun: Scalars['Boolean']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  readonly points: Scalars['Points']['input'];
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  readonly reference?: InputMaybe<Scalars['String']['input']>;
  readonly source: Scalars['String']['input'];
};

export type SpendPayload = {
  readonly __typename?: 'SpendPayload';
  readonly customer?: Maybe<Customer>;
  readonly duplicate: Scalars['Boolean']['output'];
  readonly ledgerEntries: ReadonlyArray<LedgerEntry>;
  readonly spend?: Maybe<Spend>;
  readonly tierTransitions: ReadonlyArray<TierTransition>;
  readonly userErrors: ReadonlyArray<SpendUserError>;
};

export type SpendReference =
  { readonly id: Scalars['ID']['input']; readonly reference?: never; }
  |  { readonly id?: never; readonly reference: SourceReference; };

export type SpendReversal = Node & Operation & {
  readonly __typename?: 'SpendReversal';
  readonly available: Scalars['Points']['output'];
  readonly cardDefinition: CardDefinition;
  readonly customer: Customer;
  readonly expired: Scalars['Points']['output'];
  readonly id: Scalars['ID']['output'];
  readonly metadata: Scalars['JSONObject']['output'];
  readonly occurredAt: Scalars['DateTime']['output'];
  readonly points: Scalars['Points']['output'];
  readonly reason?: Maybe<Scalars['String']['output']>;
  readonly recordedAt: Scalars['DateTime']['output'];
  readonly reference?: Maybe<Scalars['String']['output']>;
  readonly source: Scalars['String']['output'];
  readonly spend: Spend;
};

export type SpendReversalConnection = {
  readonly __typename?: 'SpendReversalConnection';
  readonly edges: ReadonlyArray<SpendReversalEdge>;
  readonly nodes: ReadonlyArray<SpendReversal>;
  readonly pageInfo: PageInfo;
};

export type SpendReversalEdge = {
  readonly __typename?: 'SpendReversalEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: SpendReversal;
};

export type SpendReverseErrorCode =
  | 'ALREADY_REVERSED'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'INVALID_METADATA'
  | 'INVALID_POINTS'
  | 'INVALID_REASON'
  | 'INVALID_REFERENCE'
  | 'POINTS_OUT_OF_RANGE'
  | 'REFERENCE_MISMATCH'
  | 'REVERSAL_EXCEEDS_SPEND'
  | 'SPEND_NOT_FOUND';

export type SpendReverseInput = {
  readonly dryRun: Scalars['Boolean']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  readonly points?: InputMaybe<Scalars['Points']['input']>;
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  readonly reference?: InputMaybe<Scalars['String']['input']>;
  readonly source: Scalars['String']['input'];
  readonly spend: SpendReference;
};

export type SpendReversePayload = {
  readonly __typename?: 'SpendReversePayload';
  readonly customer?: Maybe<Customer>;
  readonly duplicate: Scalars['Boolean']['output'];
  readonly ledgerEntries: ReadonlyArray<LedgerEntry>;
  readonly spendReversal?: Maybe<SpendReversal>;
  readonly tierTransitions: ReadonlyArray<TierTransition>;
  readonly userErrors: ReadonlyArray<SpendReverseUserError>;
};

export type SpendReverseUserError = UserError & {
  readonly __typename?: 'SpendReverseUserError';
  readonly code: SpendReverseErrorCode;
  readonly documentation: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type SpendUserError = UserError & {
  readonly __typename?: 'SpendUserError';
  readonly available?: Maybe<Scalars['Points']['output']>;
  readonly code: SpendErrorCode;
  readonly documentation: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  readonly events: Event;
  readonly tierStructureSimulate: TierStructureSimulatePayload;
};


export type SubscriptionEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  customerId?: InputMaybe<Scalars['ID']['input']>;
  patterns?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  types?: InputMaybe<ReadonlyArray<EventType>>;
};


export type SubscriptionTierStructureSimulateArgs = {
  input: TierStructureSimulateInput;
  rollout: TierStructureRollout;
  samples: Scalars['Int']['input'];
};

export type ThresholdStep = ExplanationStep & {
  readonly __typename?: 'ThresholdStep';
  readonly heldTier?: Maybe<Tier>;
  readonly measure: Scalars['Points']['output'];
  readonly message: Scalars['String']['output'];
  readonly outcome: ExplanationOutcome;
  readonly qualifyingTier?: Maybe<Tier>;
  readonly revision: Scalars['Int']['output'];
  readonly rule: ExplanationRule;
  readonly thresholds: ReadonlyArray<TierRevision>;
};

export type Tier = Node & {
  readonly __typename?: 'Tier';
  readonly createdAt: Scalars['DateTime']['output'];
  readonly entryAward?: Maybe<EntryAward>;
  readonly id: Scalars['ID']['output'];
  readonly key: Scalars['String']['output'];
  readonly maxPoints?: Maybe<Scalars['Points']['output']>;
  readonly metadata: Scalars['JSONObject']['output'];
  readonly minPoints: Scalars['Points']['output'];
  readonly name: Scalars['String']['output'];
  readonly noDowngrade: Scalars['Boolean']['output'];
  readonly origin?: Maybe<Tier>;
  readonly originId?: Maybe<Scalars['ID']['output']>;
  readonly pointExpiration?: Maybe<PointExpiration>;
  readonly removedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly tierStructure: TierStructure;
  readonly updatedAt?: Maybe<Scalars['DateTime']['output']>;
};

export type TierCreateInput = {
  readonly entryAward?: InputMaybe<EntryAwardInput>;
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly key?: InputMaybe<Scalars['String']['input']>;
  readonly maxPoints?: InputMaybe<Scalars['Points']['input']>;
  readonly metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  readonly minPoints: Scalars['Points']['input'];
  readonly name: Scalars['String']['input'];
  readonly noDowngrade: Scalars['Boolean']['input'];
  readonly pointExpiration?: InputMaybe<FixedPointExpirationInput>;
  readonly tierStructureId: Scalars['ID']['input'];
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type TierCreatePayload = {
  readonly __typename?: 'TierCreatePayload';
  readonly tier?: Maybe<Tier>;
  readonly userErrors: ReadonlyArray<TierStructureUserError>;
};

export type TierDeleteInput = {
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type TierDeletePayload = {
  readonly __typename?: 'TierDeletePayload';
  readonly deletedTierId?: Maybe<Scalars['ID']['output']>;
  readonly tierStructure?: Maybe<TierStructure>;
  readonly userErrors: ReadonlyArray<TierStructureUserError>;
};

export type TierDowngrade = {
  readonly __typename?: 'TierDowngrade';
  readonly gracePeriod?: Maybe<GracePeriod>;
  readonly type: TierDowngradeType;
};

export type TierDowngradeInput =
  { readonly multiLevel: LevelDowngradeInput; readonly noDowngrade?: never; readonly singleLevel?: never; }
  |  { readonly multiLevel?: never; readonly noDowngrade: Scalars['Boolean']['input']; readonly singleLevel?: never; }
  |  { readonly multiLevel?: never; readonly noDowngrade?: never; readonly singleLevel: LevelDowngradeInput; };

export type TierDowngradeType =
  | 'MULTI_LEVEL'
  | 'NO_DOWNGRADE'
  | 'SINGLE_LEVEL';

export type TierExpiration = {
  readonly __typename?: 'TierExpiration';
  readonly calendarExpiration?: Maybe<CalendarTierExpiration>;
  readonly rollingExpiration?: Maybe<RollingTierExpiration>;
  readonly slidingExpiration?: Maybe<SlidingTierExpiration>;
  readonly type: TierExpirationType;
};

export type TierExpirationInput =
  { readonly calendarExpiration: CalendarTierExpirationInput; readonly noExpiration?: never; readonly rollingExpiration?: never; readonly slidingExpiration?: never; }
  |  { readonly calendarExpiration?: never; readonly noExpiration: Scalars['Boolean']['input']; readonly rollingExpiration?: never; readonly slidingExpiration?: never; }
  |  { readonly calendarExpiration?: never; readonly noExpiration?: never; readonly rollingExpiration: RollingTierExpirationInput; readonly slidingExpiration?: never; }
  |  { readonly calendarExpiration?: never; readonly noExpiration?: never; readonly rollingExpiration?: never; readonly slidingExpiration: SlidingTierExpirationInput; };

export type TierExpirationType =
  | 'CALENDAR_EXPIRATION'
  | 'NO_EXPIRATION'
  | 'ROLLING_EXPIRATION'
  | 'SLIDING_EXPIRATION';

export type TierExplanation = {
  readonly __typename?: 'TierExplanation';
  readonly at: Scalars['DateTime']['output'];
  readonly judgementCount: Scalars['Int']['output'];
  readonly judgements: ReadonlyArray<TierJudgement>;
  readonly tier?: Maybe<Tier>;
  readonly tierStructure: TierStructure;
};


export type TierExplanationJudgementsArgs = {
  last: Scalars['Int']['input'];
};

export type TierGraceEventData = {
  readonly __typename?: 'TierGraceEventData';
  readonly customerId: Scalars['ID']['output'];
  readonly graceEndsAt: Scalars['DateTime']['output'];
  readonly heldTier: Scalars['String']['output'];
  readonly heldTierId: Scalars['ID']['output'];
  readonly tierStructureId: Scalars['ID']['output'];
};

export type TierInput = {
  readonly entryAward?: InputMaybe<EntryAwardInput>;
  readonly key?: InputMaybe<Scalars['String']['input']>;
  readonly maxPoints?: InputMaybe<Scalars['Points']['input']>;
  readonly metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  readonly minPoints: Scalars['Points']['input'];
  readonly name: Scalars['String']['input'];
  readonly noDowngrade: Scalars['Boolean']['input'];
  readonly pointExpiration?: InputMaybe<FixedPointExpirationInput>;
};

export type TierJudgement = {
  readonly __typename?: 'TierJudgement';
  readonly measure: Scalars['Points']['output'];
  readonly occurredAt: Scalars['DateTime']['output'];
  readonly reason: TierTransitionReason;
  readonly revision: TierStructureRevision;
  readonly steps: ReadonlyArray<ExplanationStep>;
  readonly tierAfter?: Maybe<Tier>;
  readonly tierBefore?: Maybe<Tier>;
  readonly transition?: Maybe<TierTransitionType>;
  readonly windowEndsAt?: Maybe<Scalars['DateTime']['output']>;
  readonly windowStartsAt?: Maybe<Scalars['DateTime']['output']>;
};

export type TierMembership = {
  readonly __typename?: 'TierMembership';
  readonly deferred?: Maybe<DeferredTier>;
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  readonly graceEndsAt?: Maybe<Scalars['DateTime']['output']>;
  readonly measure: Scalars['Points']['output'];
  readonly opportunities: ReadonlyArray<TierOpportunity>;
  readonly revision: Scalars['Int']['output'];
  readonly risk?: Maybe<TierRisk>;
  readonly since?: Maybe<Scalars['DateTime']['output']>;
  readonly tier?: Maybe<Tier>;
  readonly tierStructure: TierStructure;
  readonly windowEndsAt?: Maybe<Scalars['DateTime']['output']>;
  readonly windowStartsAt?: Maybe<Scalars['DateTime']['output']>;
};

export type TierMultiplier = {
  readonly __typename?: 'TierMultiplier';
  readonly multiplier: Scalars['Decimal']['output'];
  readonly tierId: Scalars['ID']['output'];
};

export type TierMultiplierInput = {
  readonly multiplier: Scalars['Decimal']['input'];
  readonly tierId: Scalars['ID']['input'];
};

export type TierOpportunity = {
  readonly __typename?: 'TierOpportunity';
  readonly missingPoints: Scalars['Points']['output'];
  readonly tier: Tier;
  readonly validUntil?: Maybe<Scalars['DateTime']['output']>;
};

export type TierRevision = {
  readonly __typename?: 'TierRevision';
  readonly entryAward?: Maybe<EntryAward>;
  readonly maxPoints?: Maybe<Scalars['Points']['output']>;
  readonly minPoints: Scalars['Points']['output'];
  readonly name: Scalars['String']['output'];
  readonly noDowngrade: Scalars['Boolean']['output'];
  readonly pointExpiration?: Maybe<PointExpiration>;
  readonly tierId: Scalars['ID']['output'];
};

export type TierRisk = {
  readonly __typename?: 'TierRisk';
  readonly at: Scalars['DateTime']['output'];
  readonly fromTier: Tier;
  readonly on: Scalars['LocalDate']['output'];
  readonly pointsToStay?: Maybe<Scalars['Points']['output']>;
  readonly toTier?: Maybe<Tier>;
  readonly type: TierRiskType;
  readonly windowEndsAt?: Maybe<Scalars['DateTime']['output']>;
  readonly windowStartsAt?: Maybe<Scalars['DateTime']['output']>;
};

export type TierRiskEventData = {
  readonly __typename?: 'TierRiskEventData';
  readonly customerId: Scalars['ID']['output'];
  readonly effectiveAt: Scalars['DateTime']['output'];
  readonly fromTier?: Maybe<Scalars['String']['output']>;
  readonly fromTierId?: Maybe<Scalars['ID']['output']>;
  readonly lastDay: Scalars['LocalDate']['output'];
  readonly pointsToStay?: Maybe<Scalars['Points']['output']>;
  readonly tierStructureId: Scalars['ID']['output'];
  readonly toTier?: Maybe<Scalars['String']['output']>;
  readonly toTierId?: Maybe<Scalars['ID']['output']>;
};

export type TierRiskType =
  | 'DOWNGRADE'
  | 'LEFT';

export type TierRulesInput = {
  readonly entryAward?: InputMaybe<EntryAwardInput>;
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  readonly key?: InputMaybe<Scalars['String']['input']>;
  readonly maxPoints?: InputMaybe<Scalars['Points']['input']>;
  readonly metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  readonly minPoints: Scalars['Points']['input'];
  readonly name: Scalars['String']['input'];
  readonly noDowngrade: Scalars['Boolean']['input'];
  readonly pointExpiration?: InputMaybe<FixedPointExpirationInput>;
};

export type TierRulesPublishInput = {
  readonly cardDefinitionId?: InputMaybe<Scalars['ID']['input']>;
  readonly downgrade?: InputMaybe<TierDowngradeInput>;
  readonly entryAwardOnRefund?: InputMaybe<EntryAwardOnRefund>;
  readonly entryAwardScope?: InputMaybe<EntryAwardScope>;
  readonly expiration?: InputMaybe<TierExpirationInput>;
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly pointEarned?: InputMaybe<PointEarnedInput>;
  readonly rollout: TierStructureRollout;
  readonly tierStructureId?: InputMaybe<Scalars['ID']['input']>;
  readonly tiers?: InputMaybe<ReadonlyArray<TierRulesInput>>;
  readonly type?: InputMaybe<TierStructureType>;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type TierRulesPublishPayload = {
  readonly __typename?: 'TierRulesPublishPayload';
  readonly tierStructure?: Maybe<TierStructure>;
  readonly userErrors: ReadonlyArray<TierStructureUserError>;
};

export type TierRulesTryInput = {
  readonly cardDefinitionId?: InputMaybe<Scalars['ID']['input']>;
  readonly downgrade?: InputMaybe<TierDowngradeInput>;
  readonly entryAwardOnRefund?: InputMaybe<EntryAwardOnRefund>;
  readonly entryAwardScope?: InputMaybe<EntryAwardScope>;
  readonly expiration?: InputMaybe<TierExpirationInput>;
  readonly pointEarned?: InputMaybe<PointEarnedInput>;
  readonly tierStructureId?: InputMaybe<Scalars['ID']['input']>;
  readonly tiers?: InputMaybe<ReadonlyArray<TierRulesInput>>;
  readonly type?: InputMaybe<TierStructureType>;
};

export type TierStructure = Node & {
  readonly __typename?: 'TierStructure';
  readonly activities: ActivityConnection;
  readonly cardDefinition?: Maybe<CardDefinition>;
  readonly cardDefinitionId?: Maybe<Scalars['ID']['output']>;
  readonly createdAt: Scalars['DateTime']['output'];
  readonly downgrade: TierDowngrade;
  readonly draftOf?: Maybe<TierStructure>;
  readonly effectiveAt?: Maybe<Scalars['DateTime']['output']>;
  readonly entryAwardOnRefund: EntryAwardOnRefund;
  readonly entryAwardScope: EntryAwardScope;
  readonly expiration: TierExpiration;
  readonly formerRevisions: ReadonlyArray<TierStructureRevision>;
  readonly id: Scalars['ID']['output'];
  readonly key: Scalars['String']['output'];
  readonly metadata: Scalars['JSONObject']['output'];
  readonly name: Scalars['String']['output'];
  readonly pointEarned?: Maybe<PointEarned>;
  readonly revision: TierStructureRevision;
  readonly status: ConfigurationStatus;
  readonly tiers: ReadonlyArray<Tier>;
  readonly type: TierStructureType;
  readonly updatedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly version: Scalars['Int']['output'];
};


export type TierStructureActivitiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

export type TierStructureActivateInput = {
  readonly effectiveAt?: InputMaybe<Scalars['DateTime']['input']>;
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type TierStructureActivatePayload = {
  readonly __typename?: 'TierStructureActivatePayload';
  readonly tierStructure?: Maybe<TierStructure>;
  readonly userErrors: ReadonlyArray<TierStructureUserError>;
};

export type TierStructureConnection = {
  readonly __typename?: 'TierStructureConnection';
  readonly edges: ReadonlyArray<TierStructureEdge>;
  readonly nodes: ReadonlyArray<TierStructure>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

export type TierStructureCreateInput = {
  readonly cardDefinitionId?: InputMaybe<Scalars['ID']['input']>;
  readonly downgrade?: InputMaybe<TierDowngradeInput>;
  readonly entryAwardOnRefund: EntryAwardOnRefund;
  readonly entryAwardScope: EntryAwardScope;
  readonly expiration?: InputMaybe<TierExpirationInput>;
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly key?: InputMaybe<Scalars['String']['input']>;
  readonly metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  readonly name: Scalars['String']['input'];
  readonly pointEarned?: InputMaybe<PointEarnedInput>;
  readonly tiers?: InputMaybe<ReadonlyArray<TierInput>>;
  readonly type: TierStructureType;
};

export type TierStructureCreatePayload = {
  readonly __typename?: 'TierStructureCreatePayload';
  readonly tierStructure?: Maybe<TierStructure>;
  readonly userErrors: ReadonlyArray<TierStructureUserError>;
};

export type TierStructureDeactivateInput = {
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type TierStructureDeactivatePayload = {
  readonly __typename?: 'TierStructureDeactivatePayload';
  readonly tierStructure?: Maybe<TierStructure>;
  readonly userErrors: ReadonlyArray<TierStructureUserError>;
};

export type TierStructureDeleteInput = {
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type TierStructureDeletePayload = {
  readonly __typename?: 'TierStructureDeletePayload';
  readonly tierStructure?: Maybe<TierStructure>;
  readonly userErrors: ReadonlyArray<TierStructureUserError>;
};

export type TierStructureDraftInput = {
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type TierStructureDraftPayload = {
  readonly __typename?: 'TierStructureDraftPayload';
  readonly tierStructure?: Maybe<TierStructure>;
  readonly userErrors: ReadonlyArray<TierStructureUserError>;
};

export type TierStructureEdge = {
  readonly __typename?: 'TierStructureEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: TierStructure;
};

export type TierStructureErrorCode =
  | 'ENTRY_AWARD_CYCLE'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'
  | 'INVALID_CARD_DEFINITION'
  | 'INVALID_DOWNGRADE'
  | 'INVALID_DRAFT'
  | 'INVALID_EFFECTIVE_AT'
  | 'INVALID_ENTRY_AWARD'
  | 'INVALID_EXPIRATION'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'INVALID_KEY'
  | 'INVALID_METADATA'
  | 'INVALID_NAME'
  | 'INVALID_POINT_EARNED'
  | 'INVALID_POINT_EXPIRATION'
  | 'INVALID_RANGE'
  | 'INVALID_STATUS'
  | 'IN_USE'
  | 'KEY_TAKEN'
  | 'NOT_DRAFT'
  | 'NOT_FOUND'
  | 'NO_TIERS'
  | 'OVERLAPPING_TIERS'
  | 'REVISED_MEANWHILE'
  | 'TOO_MANY_REVISIONS'
  | 'TOO_MANY_TIERS'
  | 'VERSION_CONFLICT';

export type TierStructureFilter = {
  readonly createdAt?: InputMaybe<CreatedAtFilter>;
  readonly id?: InputMaybe<IdFilter>;
  readonly junction: FilterJunction;
  readonly name?: InputMaybe<NameFilter>;
  readonly status?: InputMaybe<ConfigurationStatusFilter>;
  readonly type?: InputMaybe<TierStructureTypeFilter>;
};

export type TierStructureOrder = {
  readonly direction: OrderDirection;
  readonly field: TierStructureOrderField;
};

export type TierStructureOrderField =
  | 'CREATED_AT'
  | 'NAME'
  | 'STATUS'
  | 'TYPE';

export type TierStructurePublishInput = {
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly rollout: TierStructureRollout;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type TierStructurePublishPayload = {
  readonly __typename?: 'TierStructurePublishPayload';
  readonly tierStructure?: Maybe<TierStructure>;
  readonly userErrors: ReadonlyArray<TierStructureUserError>;
};

export type TierStructureReviseInput = {
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type TierStructureRevisePayload = {
  readonly __typename?: 'TierStructureRevisePayload';
  readonly tierStructure?: Maybe<TierStructure>;
  readonly userErrors: ReadonlyArray<TierStructureUserError>;
};

export type TierStructureRevision = {
  readonly __typename?: 'TierStructureRevision';
  readonly cardDefinition?: Maybe<CardDefinition>;
  readonly cardDefinitionId?: Maybe<Scalars['ID']['output']>;
  readonly downgrade: TierDowngrade;
  readonly effectiveAt?: Maybe<Scalars['DateTime']['output']>;
  readonly entryAwardOnRefund: EntryAwardOnRefund;
  readonly entryAwardScope: EntryAwardScope;
  readonly expiration: TierExpiration;
  readonly number: Scalars['Int']['output'];
  readonly pointEarned?: Maybe<PointEarned>;
  readonly rollout: TierStructureRollout;
  readonly tiers: ReadonlyArray<TierRevision>;
  readonly type: TierStructureType;
};

export type TierStructureRollout =
  | 'NEXT_JUDGEMENT'
  | 'RECALCULATE_NOW'
  | 'UPGRADE_ONLY';

export type TierStructureSimulateInput =
  { readonly draft: TierRulesTryInput; readonly id?: never; }
  |  { readonly draft?: never; readonly id: Scalars['ID']['input']; };

export type TierStructureSimulatePayload = {
  readonly __typename?: 'TierStructureSimulatePayload';
  readonly progress?: Maybe<SimulationProgress>;
  readonly simulation?: Maybe<TierStructureSimulation>;
  readonly userErrors: ReadonlyArray<TierStructureUserError>;
};

export type TierStructureSimulation = {
  readonly __typename?: 'TierStructureSimulation';
  readonly at: Scalars['DateTime']['output'];
  readonly flows: ReadonlyArray<SimulatedFlow>;
  readonly members: Scalars['Int']['output'];
  readonly membersMoved: Scalars['Int']['output'];
  readonly rollout: TierStructureRollout;
  readonly tiers: ReadonlyArray<SimulatedTier>;
};

export type TierStructureType =
  | 'POINT_BALANCE'
  | 'POINT_EARNED';

export type TierStructureTypeFilter = {
  readonly in?: InputMaybe<ReadonlyArray<TierStructureType>>;
  readonly is?: InputMaybe<TierStructureType>;
  readonly isNot?: InputMaybe<TierStructureType>;
  readonly notIn?: InputMaybe<ReadonlyArray<TierStructureType>>;
};

export type TierStructureUpdateInput = {
  readonly cardDefinitionId?: InputMaybe<Scalars['ID']['input']>;
  readonly downgrade?: InputMaybe<TierDowngradeInput>;
  readonly entryAwardOnRefund?: InputMaybe<EntryAwardOnRefund>;
  readonly entryAwardScope?: InputMaybe<EntryAwardScope>;
  readonly expiration?: InputMaybe<TierExpirationInput>;
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly key?: InputMaybe<Scalars['String']['input']>;
  readonly metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  readonly name?: InputMaybe<Scalars['String']['input']>;
  readonly pointEarned?: InputMaybe<PointEarnedInput>;
  readonly type?: InputMaybe<TierStructureType>;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type TierStructureUpdatePayload = {
  readonly __typename?: 'TierStructureUpdatePayload';
  readonly tierStructure?: Maybe<TierStructure>;
  readonly userErrors: ReadonlyArray<TierStructureUserError>;
};

export type TierStructureUserError = UserError & {
  readonly __typename?: 'TierStructureUserError';
  readonly code: TierStructureErrorCode;
  readonly documentation: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type TierTransition = Node & {
  readonly __typename?: 'TierTransition';
  readonly customer: Customer;
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  readonly fromTier?: Maybe<Tier>;
  readonly id: Scalars['ID']['output'];
  readonly late: Scalars['Boolean']['output'];
  readonly measure: Scalars['Points']['output'];
  readonly occurredAt: Scalars['DateTime']['output'];
  readonly reason: TierTransitionReason;
  readonly recordedAt: Scalars['DateTime']['output'];
  readonly retraction: Scalars['Boolean']['output'];
  readonly tierStructure: TierStructure;
  readonly toTier?: Maybe<Tier>;
  readonly type: TierTransitionType;
};

export type TierTransitionConnection = {
  readonly __typename?: 'TierTransitionConnection';
  readonly edges: ReadonlyArray<TierTransitionEdge>;
  readonly nodes: ReadonlyArray<TierTransition>;
  readonly pageInfo: PageInfo;
};

export type TierTransitionEdge = {
  readonly __typename?: 'TierTransitionEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: TierTransition;
};

export type TierTransitionEventData = {
  readonly __typename?: 'TierTransitionEventData';
  readonly customerId: Scalars['ID']['output'];
  readonly effectiveAt: Scalars['DateTime']['output'];
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  readonly fromTier?: Maybe<Scalars['String']['output']>;
  readonly fromTierId?: Maybe<Scalars['ID']['output']>;
  readonly late: Scalars['Boolean']['output'];
  readonly measure: Scalars['Points']['output'];
  readonly operationId?: Maybe<Scalars['ID']['output']>;
  readonly reason: TierTransitionReason;
  readonly retraction: Scalars['Boolean']['output'];
  readonly tierStructureId: Scalars['ID']['output'];
  readonly tierTransitionId: Scalars['ID']['output'];
  readonly toTier?: Maybe<Scalars['String']['output']>;
  readonly toTierId?: Maybe<Scalars['ID']['output']>;
  readonly transactionId?: Maybe<Scalars['ID']['output']>;
};

export type TierTransitionReason =
  | 'CUSTOMER_JOINED'
  | 'DAY_STARTED'
  | 'ENTRY_AWARDED'
  | 'GRACE_ENDED'
  | 'POINTS_ACTIVATED'
  | 'POINTS_ADJUSTED'
  | 'POINTS_EARNED'
  | 'POINTS_EXPIRED'
  | 'POINTS_REFUNDED'
  | 'POINTS_SPENT'
  | 'POINTS_TRANSFERRED'
  | 'REVISION_PUBLISHED'
  | 'SPEND_REVERSED'
  | 'STRUCTURE_ACTIVATED'
  | 'TIER_EXPIRED'
  | 'WINDOW_ROLLED';

export type TierTransitionType =
  | 'DOWNGRADED'
  | 'JOINED'
  | 'LEFT'
  | 'PROLONGED'
  | 'UPGRADED';

export type TierUpdateInput = {
  readonly entryAward?: InputMaybe<EntryAwardInput>;
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly key?: InputMaybe<Scalars['String']['input']>;
  readonly maxPoints?: InputMaybe<Scalars['Points']['input']>;
  readonly metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  readonly minPoints?: InputMaybe<Scalars['Points']['input']>;
  readonly name?: InputMaybe<Scalars['String']['input']>;
  readonly noDowngrade?: InputMaybe<Scalars['Boolean']['input']>;
  readonly pointExpiration?: InputMaybe<FixedPointExpirationInput>;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type TierUpdatePayload = {
  readonly __typename?: 'TierUpdatePayload';
  readonly tier?: Maybe<Tier>;
  readonly userErrors: ReadonlyArray<TierStructureUserError>;
};

export type TrackingStep = ExplanationStep & {
  readonly __typename?: 'TrackingStep';
  readonly effectiveAt: Scalars['DateTime']['output'];
  readonly message: Scalars['String']['output'];
  readonly outcome: ExplanationOutcome;
  readonly revision: Scalars['Int']['output'];
  readonly rule: ExplanationRule;
};

export type TrackingWindow =
  | 'ANNIVERSARY'
  | 'CALENDAR'
  | 'TRAILING';

export type Transaction = Node & {
  readonly __typename?: 'Transaction';
  readonly amount: Scalars['Decimal']['output'];
  readonly awards: ReadonlyArray<Award>;
  readonly currency: Scalars['String']['output'];
  readonly customer: Customer;
  readonly id: Scalars['ID']['output'];
  readonly lines: ReadonlyArray<TransactionLine>;
  readonly location?: Maybe<Scalars['String']['output']>;
  readonly occurredAt: Scalars['DateTime']['output'];
  readonly recordedAt: Scalars['DateTime']['output'];
  readonly reference?: Maybe<Scalars['String']['output']>;
  readonly refunds: RefundConnection;
  readonly source: Scalars['String']['output'];
};


export type TransactionRefundsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

export type TransactionEventData = {
  readonly __typename?: 'TransactionEventData';
  readonly amount: Scalars['Decimal']['output'];
  readonly currency: Scalars['String']['output'];
  readonly customerId: Scalars['ID']['output'];
  readonly effectiveAt: Scalars['DateTime']['output'];
  readonly location?: Maybe<Scalars['String']['output']>;
  readonly points: Scalars['Points']['output'];
  readonly reference?: Maybe<Scalars['String']['output']>;
  readonly source: Scalars['String']['output'];
  readonly transactionId?: Maybe<Scalars['ID']['output']>;
};

export type TransactionLine = {
  readonly __typename?: 'TransactionLine';
  readonly amount: Scalars['Decimal']['output'];
  readonly category?: Maybe<Scalars['String']['output']>;
  readonly quantity: Scalars['Int']['output'];
  readonly sku?: Maybe<Scalars['String']['output']>;
};

export type TransactionLineInput = {
  readonly amount: Scalars['Decimal']['input'];
  readonly category?: InputMaybe<Scalars['String']['input']>;
  readonly quantity: Scalars['Int']['input'];
  readonly sku?: InputMaybe<Scalars['String']['input']>;
};

export type TransactionReference =
  { readonly id: Scalars['ID']['input']; readonly reference?: never; }
  |  { readonly id?: never; readonly reference: SourceReference; };

export type Transfer = Node & Operation & {
  readonly __typename?: 'Transfer';
  readonly allocations: ReadonlyArray<Allocation>;
  readonly cardDefinition: CardDefinition;
  readonly customer: Customer;
  readonly from: Customer;
  readonly id: Scalars['ID']['output'];
  readonly metadata: Scalars['JSONObject']['output'];
  readonly occurredAt: Scalars['DateTime']['output'];
  readonly points: Scalars['Points']['output'];
  readonly reason?: Maybe<Scalars['String']['output']>;
  readonly recordedAt: Scalars['DateTime']['output'];
  readonly reference?: Maybe<Scalars['String']['output']>;
  readonly source: Scalars['String']['output'];
  readonly to: Customer;
};

export type UserError = {
  readonly documentation: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type Verification = {
  readonly __typename?: 'Verification';
  readonly customerCount: Scalars['Int']['output'];
  readonly difference?: Maybe<VerificationDifference>;
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  readonly entryCount: Scalars['Int']['output'];
};

export type VerificationDifference = {
  readonly __typename?: 'VerificationDifference';
  readonly cardId?: Maybe<Scalars['ID']['output']>;
  readonly customerId: Scalars['ID']['output'];
  readonly expected?: Maybe<Scalars['String']['output']>;
  readonly field: Scalars['String']['output'];
  readonly found?: Maybe<Scalars['String']['output']>;
  readonly kind: VerificationDifferenceKind;
  readonly redemptionId?: Maybe<Scalars['ID']['output']>;
  readonly rewardGrantId?: Maybe<Scalars['ID']['output']>;
  readonly rewardId?: Maybe<Scalars['ID']['output']>;
  readonly sequence?: Maybe<Scalars['Int']['output']>;
  readonly tierStructureId?: Maybe<Scalars['ID']['output']>;
};

export type VerificationDifferenceKind =
  | 'CARD_CHANGED'
  | 'CARD_MISSING'
  | 'ENTRY_CHANGED'
  | 'ENTRY_MISSING'
  | 'GRANT_CHANGED'
  | 'GRANT_MISSING'
  | 'LOT_CHANGED'
  | 'MEMBERSHIP_CHANGED'
  | 'MEMBER_CHANGED'
  | 'REDEMPTION_CHANGED'
  | 'REDEMPTION_MISSING';

export type WebhookAttempt = {
  readonly __typename?: 'WebhookAttempt';
  readonly error?: Maybe<WebhookAttemptError>;
  readonly latencyMs: Scalars['Int']['output'];
  readonly number: Scalars['Int']['output'];
  readonly responseStart: Scalars['String']['output'];
  readonly startedAt: Scalars['DateTime']['output'];
  readonly statusCode?: Maybe<Scalars['Int']['output']>;
};

export type WebhookAttemptConnection = {
  readonly __typename?: 'WebhookAttemptConnection';
  readonly edges: ReadonlyArray<WebhookAttemptEdge>;
  readonly nodes: ReadonlyArray<WebhookAttempt>;
  readonly pageInfo: PageInfo;
};

export type WebhookAttemptEdge = {
  readonly __typename?: 'WebhookAttemptEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: WebhookAttempt;
};

export type WebhookAttemptError =
  | 'CONNECTION_FAILED'
  | 'DESTINATION_NOT_ALLOWED'
  | 'INVALID_RESPONSE'
  | 'NAME_NOT_RESOLVED'
  | 'TIMEOUT'
  | 'TLS_FAILED';

export type WebhookDelivery = Node & {
  readonly __typename?: 'WebhookDelivery';
  readonly attemptCount: Scalars['Int']['output'];
  readonly attempts: WebhookAttemptConnection;
  readonly completedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly createdAt: Scalars['DateTime']['output'];
  readonly eventId: Scalars['ID']['output'];
  readonly eventType: Scalars['String']['output'];
  readonly id: Scalars['ID']['output'];
  readonly lastError?: Maybe<WebhookAttemptError>;
  readonly lastStatusCode?: Maybe<Scalars['Int']['output']>;
  readonly nextAttemptAt?: Maybe<Scalars['DateTime']['output']>;
  readonly replayedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly status: WebhookDeliveryStatus;
  readonly test: Scalars['Boolean']['output'];
  readonly webhookEndpoint: WebhookEndpoint;
};


export type WebhookDeliveryAttemptsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

export type WebhookDeliveryConnection = {
  readonly __typename?: 'WebhookDeliveryConnection';
  readonly edges: ReadonlyArray<WebhookDeliveryEdge>;
  readonly nodes: ReadonlyArray<WebhookDelivery>;
  readonly pageInfo: PageInfo;
};

export type WebhookDeliveryEdge = {
  readonly __typename?: 'WebhookDeliveryEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: WebhookDelivery;
};

export type WebhookDeliveryEventData = {
  readonly __typename?: 'WebhookDeliveryEventData';
  readonly attemptCount: Scalars['Int']['output'];
  readonly eventId: Scalars['ID']['output'];
  readonly webhookEndpointId: Scalars['ID']['output'];
};

export type WebhookDeliveryFilter = {
  readonly eventId?: InputMaybe<Scalars['ID']['input']>;
  readonly eventType?: InputMaybe<Scalars['String']['input']>;
  readonly status?: InputMaybe<WebhookDeliveryStatus>;
  readonly webhookEndpointId?: InputMaybe<Scalars['ID']['input']>;
};

export type WebhookDeliveryReplayInput = {
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type WebhookDeliveryReplayPayload = {
  readonly __typename?: 'WebhookDeliveryReplayPayload';
  readonly userErrors: ReadonlyArray<WebhookUserError>;
  readonly webhookDelivery?: Maybe<WebhookDelivery>;
};

export type WebhookDeliveryStatus =
  | 'CANCELLED'
  | 'FAILED'
  | 'PENDING'
  | 'SUCCEEDED';

export type WebhookEndpoint = Node & {
  readonly __typename?: 'WebhookEndpoint';
  readonly activities: ActivityConnection;
  readonly createdAt: Scalars['DateTime']['output'];
  readonly customHeaderNames: ReadonlyArray<Scalars['String']['output']>;
  readonly description?: Maybe<Scalars['String']['output']>;
  readonly eventTypes: ReadonlyArray<Scalars['String']['output']>;
  readonly filter?: Maybe<Scalars['String']['output']>;
  readonly health: WebhookEndpointHealth;
  readonly id: Scalars['ID']['output'];
  readonly metadata: Scalars['JSONObject']['output'];
  readonly ordered: Scalars['Boolean']['output'];
  readonly previousSecretExpiresAt?: Maybe<Scalars['DateTime']['output']>;
  readonly ratePerSecond?: Maybe<Scalars['Int']['output']>;
  readonly secretCreatedAt: Scalars['DateTime']['output'];
  readonly status: WebhookEndpointStatus;
  readonly statusChangedAt: Scalars['DateTime']['output'];
  readonly statusReason?: Maybe<WebhookEndpointStatusReason>;
  readonly updatedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly url: Scalars['String']['output'];
  readonly version: Scalars['Int']['output'];
};


export type WebhookEndpointActivitiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

export type WebhookEndpointConnection = {
  readonly __typename?: 'WebhookEndpointConnection';
  readonly edges: ReadonlyArray<WebhookEndpointEdge>;
  readonly nodes: ReadonlyArray<WebhookEndpoint>;
  readonly pageInfo: PageInfo;
};

export type WebhookEndpointCreateInput = {
  readonly customHeaders?: InputMaybe<ReadonlyArray<CustomHeaderInput>>;
  readonly description?: InputMaybe<Scalars['String']['input']>;
  readonly eventTypes: ReadonlyArray<Scalars['String']['input']>;
  readonly filter?: InputMaybe<Scalars['String']['input']>;
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  readonly ordered: Scalars['Boolean']['input'];
  readonly ratePerSecond?: InputMaybe<Scalars['Int']['input']>;
  readonly url: Scalars['String']['input'];
};

export type WebhookEndpointCreatePayload = {
  readonly __typename?: 'WebhookEndpointCreatePayload';
  readonly secret?: Maybe<Scalars['String']['output']>;
  readonly userErrors: ReadonlyArray<WebhookUserError>;
  readonly webhookEndpoint?: Maybe<WebhookEndpoint>;
};

export type WebhookEndpointDeleteInput = {
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type WebhookEndpointDeletePayload = {
  readonly __typename?: 'WebhookEndpointDeletePayload';
  readonly userErrors: ReadonlyArray<WebhookUserError>;
  readonly webhookEndpoint?: Maybe<WebhookEndpoint>;
};

export type WebhookEndpointEdge = {
  readonly __typename?: 'WebhookEndpointEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: WebhookEndpoint;
};

export type WebhookEndpointEnableInput = {
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly missedEvents: MissedEvents;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type WebhookEndpointEnablePayload = {
  readonly __typename?: 'WebhookEndpointEnablePayload';
  readonly userErrors: ReadonlyArray<WebhookUserError>;
  readonly webhookEndpoint?: Maybe<WebhookEndpoint>;
};

export type WebhookEndpointEventData = {
  readonly __typename?: 'WebhookEndpointEventData';
  readonly disablesAt?: Maybe<Scalars['DateTime']['output']>;
  readonly failingSince?: Maybe<Scalars['DateTime']['output']>;
  readonly lastFailure?: Maybe<Scalars['String']['output']>;
  readonly webhookEndpointId: Scalars['ID']['output'];
};

export type WebhookEndpointHealth = {
  readonly __typename?: 'WebhookEndpointHealth';
  readonly disablesAt?: Maybe<Scalars['DateTime']['output']>;
  readonly failingSince?: Maybe<Scalars['DateTime']['output']>;
  readonly failures: Scalars['Int']['output'];
  readonly pausedUntil?: Maybe<Scalars['DateTime']['output']>;
};

export type WebhookEndpointPauseInput = {
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type WebhookEndpointPausePayload = {
  readonly __typename?: 'WebhookEndpointPausePayload';
  readonly userErrors: ReadonlyArray<WebhookUserError>;
  readonly webhookEndpoint?: Maybe<WebhookEndpoint>;
};

export type WebhookEndpointReplayInput = {
  readonly from: Scalars['DateTime']['input'];
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly scope: WebhookReplayScope;
  readonly to?: InputMaybe<Scalars['DateTime']['input']>;
};

export type WebhookEndpointReplayPayload = {
  readonly __typename?: 'WebhookEndpointReplayPayload';
  readonly userErrors: ReadonlyArray<WebhookUserError>;
  readonly webhookReplay?: Maybe<WebhookReplay>;
};

export type WebhookEndpointSecretRotateInput = {
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly overlapHours: Scalars['Int']['input'];
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type WebhookEndpointSecretRotatePayload = {
  readonly __typename?: 'WebhookEndpointSecretRotatePayload';
  readonly secret?: Maybe<Scalars['String']['output']>;
  readonly userErrors: ReadonlyArray<WebhookUserError>;
  readonly webhookEndpoint?: Maybe<WebhookEndpoint>;
};

export type WebhookEndpointStatus =
  | 'DELETED'
  | 'DISABLED'
  | 'ENABLED'
  | 'PAUSED';

export type WebhookEndpointStatusReason =
  | 'FAILING'
  | 'GONE'
  | 'REQUESTED';

export type WebhookEndpointTestInput = {
  readonly eventType: Scalars['String']['input'];
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type WebhookEndpointTestPayload = {
  readonly __typename?: 'WebhookEndpointTestPayload';
  readonly userErrors: ReadonlyArray<WebhookUserError>;
  readonly webhookDelivery?: Maybe<WebhookDelivery>;
};

export type WebhookEndpointUpdateInput = {
  readonly customHeaders?: InputMaybe<ReadonlyArray<CustomHeaderInput>>;
  readonly description?: InputMaybe<Scalars['String']['input']>;
  readonly eventTypes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly filter?: InputMaybe<Scalars['String']['input']>;
  readonly id: Scalars['ID']['input'];
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  readonly ordered?: InputMaybe<Scalars['Boolean']['input']>;
  readonly ratePerSecond?: InputMaybe<Scalars['Int']['input']>;
  readonly url?: InputMaybe<Scalars['String']['input']>;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type WebhookEndpointUpdatePayload = {
  readonly __typename?: 'WebhookEndpointUpdatePayload';
  readonly userErrors: ReadonlyArray<WebhookUserError>;
  readonly webhookEndpoint?: Maybe<WebhookEndpoint>;
};

export type WebhookErrorCode =
  | 'DESTINATION_NOT_ALLOWED'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'
  | 'INVALID_CONDITION'
  | 'INVALID_DESCRIPTION'
  | 'INVALID_EVENT_TYPE'
  | 'INVALID_HEADER'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'INVALID_METADATA'
  | 'INVALID_OVERLAP'
  | 'INVALID_RATE_LIMIT'
  | 'INVALID_REPLAY_RANGE'
  | 'INVALID_STATUS'
  | 'INVALID_URL'
  | 'NOT_FOUND'
  | 'TOO_MANY'
  | 'VERSION_CONFLICT';

export type WebhookReplay = {
  readonly __typename?: 'WebhookReplay';
  readonly createdAt: Scalars['DateTime']['output'];
  readonly from: Scalars['DateTime']['output'];
  readonly id: Scalars['ID']['output'];
  readonly scope: WebhookReplayScope;
  readonly to: Scalars['DateTime']['output'];
};

export type WebhookReplayScope =
  | 'ALL'
  | 'FAILED';

export type WebhookUserError = UserError & {
  readonly __typename?: 'WebhookUserError';
  readonly code: WebhookErrorCode;
  readonly documentation: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type Workspace = Node & {
  readonly __typename?: 'Workspace';
  readonly backdatingDays: Scalars['Int']['output'];
  readonly clockFrozenAt?: Maybe<Scalars['DateTime']['output']>;
  readonly createdAt: Scalars['DateTime']['output'];
  readonly eventRetentionDays: Scalars['Int']['output'];
  readonly id: Scalars['ID']['output'];
  readonly mode: WorkspaceMode;
  readonly name: Scalars['String']['output'];
  readonly noticeDays: Scalars['Int']['output'];
  readonly timeZone: Scalars['String']['output'];
  readonly updatedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly version: Scalars['Int']['output'];
};

export type WorkspaceClockAdvanceInput = {
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly to: Scalars['DateTime']['input'];
};

export type WorkspaceClockAdvancePayload = {
  readonly __typename?: 'WorkspaceClockAdvancePayload';
  readonly dueEffectsRecorded: Scalars['Boolean']['output'];
  readonly userErrors: ReadonlyArray<WorkspaceUserError>;
  readonly workspace?: Maybe<Workspace>;
};

export type WorkspaceCreateInput = {
  readonly backdatingDays: Scalars['Int']['input'];
  readonly clock?: InputMaybe<Scalars['DateTime']['input']>;
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly mode: WorkspaceMode;
  readonly name: Scalars['String']['input'];
  readonly timeZone: Scalars['String']['input'];
};

export type WorkspaceCreatePayload = {
  readonly __typename?: 'WorkspaceCreatePayload';
  readonly apiKey?: Maybe<ApiKey>;
  readonly secret?: Maybe<Scalars['String']['output']>;
  readonly userErrors: ReadonlyArray<WorkspaceUserError>;
  readonly workspace?: Maybe<Workspace>;
};

export type WorkspaceErrorCode =
  | 'CLOCK_BACKWARDS'
  | 'CLOCK_NOT_ALLOWED'
  | 'CLOCK_TOO_FAR'
  | 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH'
  | 'INVALID_BACKDATING'
  | 'INVALID_CLOCK'
  | 'INVALID_IDEMPOTENCY_KEY'
  | 'INVALID_NAME'
  | 'INVALID_NOTICE'
  | 'INVALID_RETENTION'
  | 'INVALID_TIME_ZONE'
  | 'VERSION_CONFLICT';

export type WorkspaceMode =
  | 'LIVE'
  | 'SANDBOX';

export type WorkspaceUpdateInput = {
  readonly backdatingDays?: InputMaybe<Scalars['Int']['input']>;
  readonly eventRetentionDays?: InputMaybe<Scalars['Int']['input']>;
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  readonly name?: InputMaybe<Scalars['String']['input']>;
  readonly noticeDays?: InputMaybe<Scalars['Int']['input']>;
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

export type WorkspaceUpdatePayload = {
  readonly __typename?: 'WorkspaceUpdatePayload';
  readonly userErrors: ReadonlyArray<WorkspaceUserError>;
  readonly workspace?: Maybe<Workspace>;
};

export type WorkspaceUserError = UserError & {
  readonly __typename?: 'WorkspaceUserError';
  readonly code: WorkspaceErrorCode;
  readonly documentation: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;



/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  EventData:
    | ( ApiKeyExpiringEventData & { __typename: 'ApiKeyExpiringEventData' } )
    | ( CampaignEventData & { __typename: 'CampaignEventData' } )
    | ( CheckpointEventData & { __typename: 'CheckpointEventData' } )
    | ( ConfigurationEventData & { __typename: 'ConfigurationEventData' } )
    | ( ConfigurationPlanEventData & { __typename: 'ConfigurationPlanEventData' } )
    | ( CustomerEventData & { __typename: 'CustomerEventData' } )
    | ( JourneyCustomerEventData & { __typename: 'JourneyCustomerEventData' } )
    | ( JourneyEventData & { __typename: 'JourneyEventData' } )
    | ( OperationEventData & { __typename: 'OperationEventData' } )
    | ( PassEventData & { __typename: 'PassEventData' } )
    | ( PointsEventData & { __typename: 'PointsEventData' } )
    | ( PointsExpiringEventData & { __typename: 'PointsExpiringEventData' } )
    | ( PredictionEventData & { __typename: 'PredictionEventData' } )
    | ( RedemptionEventData & { __typename: 'RedemptionEventData' } )
    | ( RewardGrantEventData & { __typename: 'RewardGrantEventData' } )
    | ( RewardStockEventData & { __typename: 'RewardStockEventData' } )
    | ( SegmentEventData & { __typename: 'SegmentEventData' } )
    | ( SegmentMemberEventData & { __typename: 'SegmentMemberEventData' } )
    | ( TierGraceEventData & { __typename: 'TierGraceEventData' } )
    | ( TierRiskEventData & { __typename: 'TierRiskEventData' } )
    | ( TierTransitionEventData & { __typename: 'TierTransitionEventData' } )
    | ( TransactionEventData & { __typename: 'TransactionEventData' } )
    | ( WebhookDeliveryEventData & { __typename: 'WebhookDeliveryEventData' } )
    | ( WebhookEndpointEventData & { __typename: 'WebhookEndpointEventData' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  ExplanationStep:
    | ( DowngradeStepMapper & { __typename: 'DowngradeStep' } )
    | ( ExpirationStepMapper & { __typename: 'ExpirationStep' } )
    | ( GraceStepMapper & { __typename: 'GraceStep' } )
    | ( MeasureStepMapper & { __typename: 'MeasureStep' } )
    | ( ThresholdStepMapper & { __typename: 'ThresholdStep' } )
    | ( TrackingStep & { __typename: 'TrackingStep' } )
  ;
  LedgerStep:
    | ( AdjustmentStep & { __typename: 'AdjustmentStep' } )
    | ( AllocationStepViewMapper & { __typename: 'AllocationStep' } )
    | ( CorrectionStep & { __typename: 'CorrectionStep' } )
    | ( EarnCapStepMapper & { __typename: 'EarnCapStep' } )
    | ( EarnRateStepMapper & { __typename: 'EarnRateStep' } )
    | ( EntryAwardStepMapper & { __typename: 'EntryAwardStep' } )
    | ( PointActivationStepMapper & { __typename: 'PointActivationStep' } )
    | ( PointExpirationStepViewMapper & { __typename: 'PointExpirationStep' } )
    | ( PointsExpiredStepViewMapper & { __typename: 'PointsExpiredStep' } )
    | ( RefundStepMapper & { __typename: 'RefundStep' } )
  ;
  Node:
    | ( ActivityMapper & { __typename: 'Activity' } )
    | ( AdjustmentViewMapper & { __typename: 'Adjustment' } )
    | ( ApiKeyMapper & { __typename: 'ApiKey' } )
    | ( CardViewMapper & { __typename: 'Card' } )
    | ( CardDefinitionMapper & { __typename: 'CardDefinition' } )
    | ( CustomerViewMapper & { __typename: 'Customer' } )
    | ( CustomerActivityViewMapper & { __typename: 'CustomerActivity' } )
    | ( EarnRuleMapper & { __typename: 'EarnRule' } )
    | ( EarnRuleVersionMapper & { __typename: 'EarnRuleVersion' } )
    | ( EventViewMapper & { __typename: 'Event' } )
    | ( LedgerEntryViewMapper & { __typename: 'LedgerEntry' } )
    | ( RedemptionViewMapper & { __typename: 'Redemption' } )
    | ( RedemptionCancellationViewMapper & { __typename: 'RedemptionCancellation' } )
    | ( RefundViewMapper & { __typename: 'Refund' } )
    | ( RewardViewMapper & { __typename: 'Reward' } )
    | ( RewardGrantViewMapper & { __typename: 'RewardGrant' } )
    | ( SigningKeyMapper & { __typename: 'SigningKey' } )
    | ( SpendViewMapper & { __typename: 'Spend' } )
    | ( SpendReversalViewMapper & { __typename: 'SpendReversal' } )
    | ( TierMapper & { __typename: 'Tier' } )
    | ( TierStructureMapper & { __typename: 'TierStructure' } )
    | ( TierTransitionViewMapper & { __typename: 'TierTransition' } )
    | ( TransactionMapper & { __typename: 'Transaction' } )
    | ( TransferViewMapper & { __typename: 'Transfer' } )
    | ( DeliveryMapper & { __typename: 'WebhookDelivery' } )
    | ( WebhookEndpointMapper & { __typename: 'WebhookEndpoint' } )
    | ( WorkspaceMapper & { __typename: 'Workspace' } )
  ;
  Operation:
    | ( AdjustmentViewMapper & { __typename: 'Adjustment' } )
    | ( CustomerActivityViewMapper & { __typename: 'CustomerActivity' } )
    | ( RedemptionViewMapper & { __typename: 'Redemption' } )
    | ( RedemptionCancellationViewMapper & { __typename: 'RedemptionCancellation' } )
    | ( RefundViewMapper & { __typename: 'Refund' } )
    | ( SpendViewMapper & { __typename: 'Spend' } )
    | ( SpendReversalViewMapper & { __typename: 'SpendReversal' } )
    | ( TransferViewMapper & { __typename: 'Transfer' } )
  ;
  UserError:
    | ( Omit<ActivityRecordUserError, 'documentation'> & { __typename: 'ActivityRecordUserError' } )
    | ( Omit<ApiKeyUserError, 'documentation'> & { __typename: 'ApiKeyUserError' } )
    | ( Omit<CardDefinitionUserError, 'documentation'> & { __typename: 'CardDefinitionUserError' } )
    | ( Omit<ConfigurationUserError, 'documentation'> & { __typename: 'ConfigurationUserError' } )
    | ( Omit<CustomerUpsertUserError, 'documentation'> & { __typename: 'CustomerUpsertUserError' } )
    | ( Omit<EarnRuleUserError, 'documentation'> & { __typename: 'EarnRuleUserError' } )
    | ( Omit<EarnUserError, 'documentation'> & { __typename: 'EarnUserError' } )
    | ( Omit<PointsAdjustUserError, 'documentation'> & { __typename: 'PointsAdjustUserError' } )
    | ( Omit<PointsTransferUserError, 'documentation'> & { __typename: 'PointsTransferUserError' } )
    | ( Omit<RedemptionCancelUserError, 'documentation'> & { __typename: 'RedemptionCancelUserError' } )
    | ( Omit<RedemptionConfirmUserError, 'documentation'> & { __typename: 'RedemptionConfirmUserError' } )
    | ( Omit<RefundUserError, 'documentation'> & { __typename: 'RefundUserError' } )
    | ( Omit<RewardRedeemUserError, 'documentation'> & { __typename: 'RewardRedeemUserError' } )
    | ( Omit<RewardUserError, 'documentation'> & { __typename: 'RewardUserError' } )
    | ( Omit<SigningKeyUserError, 'documentation'> & { __typename: 'SigningKeyUserError' } )
    | ( Omit<SpendReverseUserError, 'documentation'> & { __typename: 'SpendReverseUserError' } )
    | ( Omit<SpendUserError, 'documentation'> & { __typename: 'SpendUserError' } )
    | ( Omit<TierStructureUserError, 'documentation'> & { __typename: 'TierStructureUserError' } )
    | ( Omit<WebhookUserError, 'documentation'> & { __typename: 'WebhookUserError' } )
    | ( Omit<WorkspaceUserError, 'documentation'> & { __typename: 'WorkspaceUserError' } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Activity: ResolverTypeWrapper<ActivityMapper>;
  ActivityAction: ActivityAction;
  ActivityActionFilter: ActivityActionFilter;
  ActivityConnection: ResolverTypeWrapper<Omit<ActivityConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ActivityEdge']>, nodes: ReadonlyArray<ResolversTypes['Activity']> }>;
  ActivityEdge: ResolverTypeWrapper<Omit<ActivityEdge, 'node'> & { node: ResolversTypes['Activity'] }>;
  ActivityFilter: ActivityFilter;
  ActivityRecordErrorCode: ActivityRecordErrorCode;
  ActivityRecordInput: ActivityRecordInput;
  ActivityRecordPayload: ResolverTypeWrapper<Omit<ActivityRecordPayload, 'activity' | 'customer' | 'ledgerEntries' | 'tierTransitions' | 'userErrors'> & { activity?: Maybe<ResolversTypes['CustomerActivity']>, customer?: Maybe<ResolversTypes['Customer']>, ledgerEntries: ReadonlyArray<ResolversTypes['LedgerEntry']>, tierTransitions: ReadonlyArray<ResolversTypes['TierTransition']>, userErrors: ReadonlyArray<ResolversTypes['ActivityRecordUserError']> }>;
  ActivityRecordUserError: ResolverTypeWrapper<Omit<ActivityRecordUserError, 'documentation'>>;
  ActivitySubjectType: ActivitySubjectType;
  ActivitySubjectTypeFilter: ActivitySubjectTypeFilter;
  Adjustment: ResolverTypeWrapper<AdjustmentViewMapper>;
  AdjustmentStep: ResolverTypeWrapper<AdjustmentStep>;
  Allocation: ResolverTypeWrapper<AllocationViewMapper>;
  AllocationStep: ResolverTypeWrapper<AllocationStepViewMapper>;
  ApiKey: ResolverTypeWrapper<ApiKeyMapper>;
  ApiKeyConnection: ResolverTypeWrapper<Omit<ApiKeyConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ApiKeyEdge']>, nodes: ReadonlyArray<ResolversTypes['ApiKey']> }>;
  ApiKeyCreateInput: ApiKeyCreateInput;
  ApiKeyCreatePayload: ResolverTypeWrapper<Omit<ApiKeyCreatePayload, 'apiKey' | 'userErrors'> & { apiKey?: Maybe<ResolversTypes['ApiKey']>, userErrors: ReadonlyArray<ResolversTypes['ApiKeyUserError']> }>;
  ApiKeyEdge: ResolverTypeWrapper<Omit<ApiKeyEdge, 'node'> & { node: ResolversTypes['ApiKey'] }>;
  ApiKeyErrorCode: ApiKeyErrorCode;
  ApiKeyExpiringEventData: ResolverTypeWrapper<ApiKeyExpiringEventData>;
  ApiKeyRateLimit: ResolverTypeWrapper<ApiKeyRateLimit>;
  ApiKeyRevokeInput: ApiKeyRevokeInput;
  ApiKeyRevokePayload: ResolverTypeWrapper<Omit<ApiKeyRevokePayload, 'apiKey' | 'userErrors'> & { apiKey?: Maybe<ResolversTypes['ApiKey']>, userErrors: ReadonlyArray<ResolversTypes['ApiKeyUserError']> }>;
  ApiKeyRotateInput: ApiKeyRotateInput;
  ApiKeyRotatePayload: ResolverTypeWrapper<Omit<ApiKeyRotatePayload, 'apiKey' | 'replacedApiKey' | 'userErrors'> & { apiKey?: Maybe<ResolversTypes['ApiKey']>, replacedApiKey?: Maybe<ResolversTypes['ApiKey']>, userErrors: ReadonlyArray<ResolversTypes['ApiKeyUserError']> }>;
  ApiKeyScope: ApiKeyScope;
  ApiKeyUse: ResolverTypeWrapper<ApiKeyUseMapper>;
  ApiKeyUseConnection: ResolverTypeWrapper<Omit<ApiKeyUseConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ApiKeyUseEdge']>, nodes: ReadonlyArray<ResolversTypes['ApiKeyUse']> }>;
  ApiKeyUseEdge: ResolverTypeWrapper<Omit<ApiKeyUseEdge, 'node'> & { node: ResolversTypes['ApiKeyUse'] }>;
  ApiKeyUseFilter: ApiKeyUseFilter;
  ApiKeyUserError: ResolverTypeWrapper<Omit<ApiKeyUserError, 'documentation'>>;
  ApiType: ApiType;
  ApiTypeFilter: ApiTypeFilter;
  Award: ResolverTypeWrapper<AwardViewMapper>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  CalendarDate: ResolverTypeWrapper<CalendarDate>;
  CalendarDateInput: CalendarDateInput;
  CalendarPointExpiration: ResolverTypeWrapper<CalendarPointExpiration>;
  CalendarPointExpirationInput: CalendarPointExpirationInput;
  CalendarTierExpiration: ResolverTypeWrapper<CalendarTierExpiration>;
  CalendarTierExpirationInput: CalendarTierExpirationInput;
  CampaignEventData: ResolverTypeWrapper<CampaignEventData>;
  CapPeriod: CapPeriod;
  CapReason: CapReason;
  Card: ResolverTypeWrapper<CardViewMapper>;
  CardDefinition: ResolverTypeWrapper<CardDefinitionMapper>;
  CardDefinitionActivateInput: CardDefinitionActivateInput;
  CardDefinitionActivatePayload: ResolverTypeWrapper<Omit<CardDefinitionActivatePayload, 'cardDefinition' | 'userErrors'> & { cardDefinition?: Maybe<ResolversTypes['CardDefinition']>, userErrors: ReadonlyArray<ResolversTypes['CardDefinitionUserError']> }>;
  CardDefinitionConnection: ResolverTypeWrapper<Omit<CardDefinitionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['CardDefinitionEdge']>, nodes: ReadonlyArray<ResolversTypes['CardDefinition']> }>;
  CardDefinitionCreateInput: CardDefinitionCreateInput;
  CardDefinitionCreatePayload: ResolverTypeWrapper<Omit<CardDefinitionCreatePayload, 'cardDefinition' | 'userErrors'> & { cardDefinition?: Maybe<ResolversTypes['CardDefinition']>, userErrors: ReadonlyArray<ResolversTypes['CardDefinitionUserError']> }>;
  CardDefinitionDeactivateInput: CardDefinitionDeactivateInput;
  CardDefinitionDeactivatePayload: ResolverTypeWrapper<Omit<CardDefinitionDeactivatePayload, 'cardDefinition' | 'userErrors'> & { cardDefinition?: Maybe<ResolversTypes['CardDefinition']>, userErrors: ReadonlyArray<ResolversTypes['CardDefinitionUserError']> }>;
  CardDefinitionDeleteInput: CardDefinitionDeleteInput;
  CardDefinitionDeletePayload: ResolverTypeWrapper<Omit<CardDefinitionDeletePayload, 'cardDefinition' | 'userErrors'> & { cardDefinition?: Maybe<ResolversTypes['CardDefinition']>, userErrors: ReadonlyArray<ResolversTypes['CardDefinitionUserError']> }>;
  CardDefinitionDraftInput: CardDefinitionDraftInput;
  CardDefinitionDraftPayload: ResolverTypeWrapper<Omit<CardDefinitionDraftPayload, 'cardDefinition' | 'userErrors'> & { cardDefinition?: Maybe<ResolversTypes['CardDefinition']>, userErrors: ReadonlyArray<ResolversTypes['CardDefinitionUserError']> }>;
  CardDefinitionEdge: ResolverTypeWrapper<Omit<CardDefinitionEdge, 'node'> & { node: ResolversTypes['CardDefinition'] }>;
  CardDefinitionErrorCode: CardDefinitionErrorCode;
  CardDefinitionUpdateInput: CardDefinitionUpdateInput;
  CardDefinitionUpdatePayload: ResolverTypeWrapper<Omit<CardDefinitionUpdatePayload, 'cardDefinition' | 'userErrors'> & { cardDefinition?: Maybe<ResolversTypes['CardDefinition']>, userErrors: ReadonlyArray<ResolversTypes['CardDefinitionUserError']> }>;
  CardDefinitionUserError: ResolverTypeWrapper<Omit<CardDefinitionUserError, 'documentation'>>;
  CardSnapshot: ResolverTypeWrapper<CardViewMapper>;
  Checkpoint: ResolverTypeWrapper<CheckpointMapper>;
  CheckpointConnection: ResolverTypeWrapper<Omit<CheckpointConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['CheckpointEdge']>, nodes: ReadonlyArray<ResolversTypes['Checkpoint']> }>;
  CheckpointEdge: ResolverTypeWrapper<Omit<CheckpointEdge, 'node'> & { node: ResolversTypes['Checkpoint'] }>;
  CheckpointEventData: ResolverTypeWrapper<CheckpointEventData>;
  ConfigurationAction: ConfigurationAction;
  ConfigurationApplication: ResolverTypeWrapper<ConfigurationApplication>;
  ConfigurationApplyInput: ConfigurationApplyInput;
  ConfigurationApplyPayload: ResolverTypeWrapper<Omit<ConfigurationApplyPayload, 'userErrors'> & { userErrors: ReadonlyArray<ResolversTypes['ConfigurationUserError']> }>;
  ConfigurationChange: ResolverTypeWrapper<Omit<ConfigurationChange, 'fields'> & { fields: ReadonlyArray<ResolversTypes['ConfigurationFieldChange']> }>;
  ConfigurationErrorCode: ConfigurationErrorCode;
  ConfigurationEventData: ResolverTypeWrapper<ConfigurationEventData>;
  ConfigurationExport: ResolverTypeWrapper<ConfigurationExport>;
  ConfigurationFieldChange: ResolverTypeWrapper<PlainDifferenceMapper>;
  ConfigurationFormat: ConfigurationFormat;
  ConfigurationObject: ConfigurationObject;
  ConfigurationPlan: ResolverTypeWrapper<PlannedConfigurationMapper>;
  ConfigurationPlanEventData: ResolverTypeWrapper<ConfigurationPlanEventData>;
  ConfigurationPlanInput: ConfigurationPlanInput;
  ConfigurationPlanPayload: ResolverTypeWrapper<Omit<ConfigurationPlanPayload, 'configurationPlan' | 'userErrors'> & { configurationPlan?: Maybe<ResolversTypes['ConfigurationPlan']>, userErrors: ReadonlyArray<ResolversTypes['ConfigurationUserError']> }>;
  ConfigurationStatus: ConfigurationStatus;
  ConfigurationStatusFilter: ConfigurationStatusFilter;
  ConfigurationUserError: ResolverTypeWrapper<Omit<ConfigurationUserError, 'documentation'>>;
  CorrectionStep: ResolverTypeWrapper<CorrectionStep>;
  CreatedAtFilter: CreatedAtFilter;
  CustomHeaderInput: CustomHeaderInput;
  Customer: ResolverTypeWrapper<CustomerViewMapper>;
  CustomerActivity: ResolverTypeWrapper<CustomerActivityViewMapper>;
  CustomerConnection: ResolverTypeWrapper<CustomerConnectionViewMapper>;
  CustomerEdge: ResolverTypeWrapper<Omit<CustomerEdge, 'node'> & { node: ResolversTypes['Customer'] }>;
  CustomerEventData: ResolverTypeWrapper<CustomerEventData>;
  CustomerReference: CustomerReference;
  CustomerSnapshot: ResolverTypeWrapper<CustomerSnapshotViewMapper>;
  CustomerUpsertErrorCode: CustomerUpsertErrorCode;
  CustomerUpsertInput: CustomerUpsertInput;
  CustomerUpsertPayload: ResolverTypeWrapper<Omit<CustomerUpsertPayload, 'customer' | 'userErrors'> & { customer?: Maybe<ResolversTypes['Customer']>, userErrors: ReadonlyArray<ResolversTypes['CustomerUpsertUserError']> }>;
  CustomerUpsertUserError: ResolverTypeWrapper<Omit<CustomerUpsertUserError, 'documentation'>>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  DeferredTier: ResolverTypeWrapper<DeferredTierMapper>;
  DowngradeStep: ResolverTypeWrapper<DowngradeStepMapper>;
  EarnCapStep: ResolverTypeWrapper<EarnCapStepMapper>;
  EarnCaps: ResolverTypeWrapper<EarnCapsMapper>;
  EarnCapsInput: EarnCapsInput;
  EarnErrorCode: EarnErrorCode;
  EarnInput: EarnInput;
  EarnPayload: ResolverTypeWrapper<Omit<EarnPayload, 'awards' | 'customer' | 'grants' | 'rewards' | 'tierTransitions' | 'transaction' | 'userErrors'> & { awards: ReadonlyArray<ResolversTypes['Award']>, customer?: Maybe<ResolversTypes['Customer']>, grants: ReadonlyArray<ResolversTypes['RewardGrant']>, rewards: ReadonlyArray<ResolversTypes['Reward']>, tierTransitions: ReadonlyArray<ResolversTypes['TierTransition']>, transaction?: Maybe<ResolversTypes['Transaction']>, userErrors: ReadonlyArray<ResolversTypes['EarnUserError']> }>;
  EarnRate: ResolverTypeWrapper<EarnRate>;
  EarnRateInput: EarnRateInput;
  EarnRateStep: ResolverTypeWrapper<EarnRateStepMapper>;
  EarnRule: ResolverTypeWrapper<EarnRuleMapper>;
  EarnRuleConnection: ResolverTypeWrapper<Omit<EarnRuleConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['EarnRuleEdge']>, nodes: ReadonlyArray<ResolversTypes['EarnRule']> }>;
  EarnRuleCreateInput: EarnRuleCreateInput;
  EarnRuleCreatePayload: ResolverTypeWrapper<Omit<EarnRuleCreatePayload, 'earnRule' | 'userErrors'> & { earnRule?: Maybe<ResolversTypes['EarnRule']>, userErrors: ReadonlyArray<ResolversTypes['EarnRuleUserError']> }>;
  EarnRuleEdge: ResolverTypeWrapper<Omit<EarnRuleEdge, 'node'> & { node: ResolversTypes['EarnRule'] }>;
  EarnRuleErrorCode: EarnRuleErrorCode;
  EarnRulePublishInput: EarnRulePublishInput;
  EarnRulePublishPayload: ResolverTypeWrapper<Omit<EarnRulePublishPayload, 'earnRule' | 'userErrors'> & { earnRule?: Maybe<ResolversTypes['EarnRule']>, userErrors: ReadonlyArray<ResolversTypes['EarnRuleUserError']> }>;
  EarnRuleRetireInput: EarnRuleRetireInput;
  EarnRuleRetirePayload: ResolverTypeWrapper<Omit<EarnRuleRetirePayload, 'earnRule' | 'userErrors'> & { earnRule?: Maybe<ResolversTypes['EarnRule']>, userErrors: ReadonlyArray<ResolversTypes['EarnRuleUserError']> }>;
  EarnRuleUpdateInput: EarnRuleUpdateInput;
  EarnRuleUpdatePayload: ResolverTypeWrapper<Omit<EarnRuleUpdatePayload, 'earnRule' | 'userErrors'> & { earnRule?: Maybe<ResolversTypes['EarnRule']>, userErrors: ReadonlyArray<ResolversTypes['EarnRuleUserError']> }>;
  EarnRuleUserError: ResolverTypeWrapper<Omit<EarnRuleUserError, 'documentation'>>;
  EarnRuleVersion: ResolverTypeWrapper<EarnRuleVersionMapper>;
  EarnRuleVersionInput: EarnRuleVersionInput;
  EarnUserError: ResolverTypeWrapper<Omit<EarnUserError, 'documentation'>>;
  EntryAward: ResolverTypeWrapper<EntryAwardMapper>;
  EntryAwardInput: EntryAwardInput;
  EntryAwardOnRefund: EntryAwardOnRefund;
  EntryAwardScope: EntryAwardScope;
  EntryAwardStep: ResolverTypeWrapper<EntryAwardStepMapper>;
  Event: ResolverTypeWrapper<EventViewMapper>;
  EventCause: ResolverTypeWrapper<EventCause>;
  EventConnection: ResolverTypeWrapper<Omit<EventConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['EventEdge']>, nodes: ReadonlyArray<ResolversTypes['Event']> }>;
  EventData: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['EventData']>;
  EventEdge: ResolverTypeWrapper<Omit<EventEdge, 'node'> & { node: ResolversTypes['Event'] }>;
  EventFilter: EventFilter;
  EventOperationType: EventOperationType;
  EventType: EventType;
  EveryNthVisitTrigger: ResolverTypeWrapper<EveryNthVisitTrigger>;
  EveryNthVisitTriggerInput: EveryNthVisitTriggerInput;
  ExactTextFilter: ExactTextFilter;
  ExpirationRounding: ExpirationRounding;
  ExpirationStep: ResolverTypeWrapper<ExpirationStepMapper>;
  ExplanationOutcome: ExplanationOutcome;
  ExplanationRule: ExplanationRule;
  ExplanationStep: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['ExplanationStep']>;
  FilterJunction: FilterJunction;
  FixedDatesPointActivation: ResolverTypeWrapper<FixedDatesPointActivation>;
  FixedDatesPointActivationInput: FixedDatesPointActivationInput;
  FixedPointExpirationInput: FixedPointExpirationInput;
  GracePeriod: ResolverTypeWrapper<GracePeriod>;
  GracePeriodInput: GracePeriodInput;
  GraceStep: ResolverTypeWrapper<GraceStepMapper>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  IdFilter: IdFilter;
  InstantFilter: InstantFilter;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  JSONObject: ResolverTypeWrapper<Scalars['JSONObject']['output']>;
  JourneyCustomerEventData: ResolverTypeWrapper<JourneyCustomerEventData>;
  JourneyEventData: ResolverTypeWrapper<JourneyEventData>;
  LedgerEntry: ResolverTypeWrapper<LedgerEntryViewMapper>;
  LedgerEntryConnection: ResolverTypeWrapper<Omit<LedgerEntryConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['LedgerEntryEdge']>, nodes: ReadonlyArray<ResolversTypes['LedgerEntry']> }>;
  LedgerEntryEdge: ResolverTypeWrapper<Omit<LedgerEntryEdge, 'node'> & { node: ResolversTypes['LedgerEntry'] }>;
  LedgerEntryType: LedgerEntryType;
  LedgerRule: LedgerRule;
  LedgerStep: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['LedgerStep']>;
  LevelDowngradeInput: LevelDowngradeInput;
  LocalDate: ResolverTypeWrapper<Scalars['LocalDate']['output']>;
  Lot: ResolverTypeWrapper<LotViewMapper>;
  MeasureStep: ResolverTypeWrapper<MeasureStepMapper>;
  MissedEvents: MissedEvents;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NameFilter: NameFilter;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  Operation: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Operation']>;
  OperationConnection: ResolverTypeWrapper<Omit<OperationConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['OperationEdge']>, nodes: ReadonlyArray<ResolversTypes['Operation']> }>;
  OperationEdge: ResolverTypeWrapper<Omit<OperationEdge, 'node'> & { node: ResolversTypes['Operation'] }>;
  OperationEventData: ResolverTypeWrapper<OperationEventData>;
  OrderDirection: OrderDirection;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PassEventData: ResolverTypeWrapper<PassEventData>;
  PendingPoints: ResolverTypeWrapper<PendingPointsViewMapper>;
  Period: ResolverTypeWrapper<Period>;
  PeriodBasedPointActivation: ResolverTypeWrapper<PeriodBasedPointActivation>;
  PeriodBasedPointActivationInput: PeriodBasedPointActivationInput;
  PeriodCap: ResolverTypeWrapper<PeriodCapMapper>;
  PeriodCapInput: PeriodCapInput;
  PeriodInput: PeriodInput;
  PeriodUnit: PeriodUnit;
  PointActivation: ResolverTypeWrapper<PointActivationMapper>;
  PointActivationInput: PointActivationInput;
  PointActivationStep: ResolverTypeWrapper<PointActivationStepMapper>;
  PointActivationType: PointActivationType;
  PointBalanceTrigger: ResolverTypeWrapper<PointsTriggerMapper>;
  PointBalanceTriggerInput: PointBalanceTriggerInput;
  PointEarned: ResolverTypeWrapper<PointEarned>;
  PointEarnedInput: PointEarnedInput;
  PointEarnedTrigger: ResolverTypeWrapper<PointsTriggerMapper>;
  PointEarnedTriggerInput: PointEarnedTriggerInput;
  PointEarnedType: PointEarnedType;
  PointExpiration: ResolverTypeWrapper<PointExpirationMapper>;
  PointExpirationInput: PointExpirationInput;
  PointExpirationSource: PointExpirationSource;
  PointExpirationStep: ResolverTypeWrapper<PointExpirationStepViewMapper>;
  PointExpirationType: PointExpirationType;
  PointRounding: PointRounding;
  Points: ResolverTypeWrapper<Scalars['Points']['output']>;
  PointsAdjustErrorCode: PointsAdjustErrorCode;
  PointsAdjustInput: PointsAdjustInput;
  PointsAdjustPayload: ResolverTypeWrapper<Omit<PointsAdjustPayload, 'adjustment' | 'customer' | 'ledgerEntries' | 'tierTransitions' | 'userErrors'> & { adjustment?: Maybe<ResolversTypes['Adjustment']>, customer?: Maybe<ResolversTypes['Customer']>, ledgerEntries: ReadonlyArray<ResolversTypes['LedgerEntry']>, tierTransitions: ReadonlyArray<ResolversTypes['TierTransition']>, userErrors: ReadonlyArray<ResolversTypes['PointsAdjustUserError']> }>;
  PointsAdjustUserError: ResolverTypeWrapper<Omit<PointsAdjustUserError, 'documentation'>>;
  PointsEventData: ResolverTypeWrapper<PointsEventData>;
  PointsExpiredStep: ResolverTypeWrapper<PointsExpiredStepViewMapper>;
  PointsExpiringEventData: ResolverTypeWrapper<PointsExpiringEventData>;
  PointsTransferErrorCode: PointsTransferErrorCode;
  PointsTransferInput: PointsTransferInput;
  PointsTransferPayload: ResolverTypeWrapper<Omit<PointsTransferPayload, 'from' | 'ledgerEntries' | 'tierTransitions' | 'to' | 'transfer' | 'userErrors'> & { from?: Maybe<ResolversTypes['Customer']>, ledgerEntries: ReadonlyArray<ResolversTypes['LedgerEntry']>, tierTransitions: ReadonlyArray<ResolversTypes['TierTransition']>, to?: Maybe<ResolversTypes['Customer']>, transfer?: Maybe<ResolversTypes['Transfer']>, userErrors: ReadonlyArray<ResolversTypes['PointsTransferUserError']> }>;
  PointsTransferUserError: ResolverTypeWrapper<Omit<PointsTransferUserError, 'documentation'>>;
  PredictionEventData: ResolverTypeWrapper<PredictionEventData>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RateLimit: ResolverTypeWrapper<RateLimit>;
  Receipt: ResolverTypeWrapper<Receipt>;
  ReceiptTemplate: ResolverTypeWrapper<ReceiptTemplate>;
  ReceiptTemplateInput: ReceiptTemplateInput;
  Redemption: ResolverTypeWrapper<RedemptionViewMapper>;
  RedemptionCancelErrorCode: RedemptionCancelErrorCode;
  RedemptionCancelInput: RedemptionCancelInput;
  RedemptionCancelPayload: ResolverTypeWrapper<Omit<RedemptionCancelPayload, 'cancellation' | 'customer' | 'ledgerEntries' | 'tierTransitions' | 'userErrors'> & { cancellation?: Maybe<ResolversTypes['RedemptionCancellation']>, customer?: Maybe<ResolversTypes['Customer']>, ledgerEntries: ReadonlyArray<ResolversTypes['LedgerEntry']>, tierTransitions: ReadonlyArray<ResolversTypes['TierTransition']>, userErrors: ReadonlyArray<ResolversTypes['RedemptionCancelUserError']> }>;
  RedemptionCancelUserError: ResolverTypeWrapper<Omit<RedemptionCancelUserError, 'documentation'>>;
  RedemptionCancellation: ResolverTypeWrapper<RedemptionCancellationViewMapper>;
  RedemptionConfirmErrorCode: RedemptionConfirmErrorCode;
  RedemptionConfirmInput: RedemptionConfirmInput;
  RedemptionConfirmPayload: ResolverTypeWrapper<Omit<RedemptionConfirmPayload, 'redemption' | 'userErrors'> & { redemption?: Maybe<ResolversTypes['Redemption']>, userErrors: ReadonlyArray<ResolversTypes['RedemptionConfirmUserError']> }>;
  RedemptionConfirmUserError: ResolverTypeWrapper<Omit<RedemptionConfirmUserError, 'documentation'>>;
  RedemptionConnection: ResolverTypeWrapper<Omit<RedemptionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['RedemptionEdge']>, nodes: ReadonlyArray<ResolversTypes['Redemption']> }>;
  RedemptionEdge: ResolverTypeWrapper<Omit<RedemptionEdge, 'node'> & { node: ResolversTypes['Redemption'] }>;
  RedemptionEventData: ResolverTypeWrapper<RedemptionEventData>;
  RedemptionReference: RedemptionReference;
  RedemptionStatus: RedemptionStatus;
  Refund: ResolverTypeWrapper<RefundViewMapper>;
  RefundConnection: ResolverTypeWrapper<Omit<RefundConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['RefundEdge']>, nodes: ReadonlyArray<ResolversTypes['Refund']> }>;
  RefundDeduction: ResolverTypeWrapper<DeductionViewMapper>;
  RefundEdge: ResolverTypeWrapper<Omit<RefundEdge, 'node'> & { node: ResolversTypes['Refund'] }>;
  RefundErrorCode: RefundErrorCode;
  RefundInput: RefundInput;
  RefundLine: ResolverTypeWrapper<RefundLine>;
  RefundLineInput: RefundLineInput;
  RefundPayload: ResolverTypeWrapper<Omit<RefundPayload, 'customer' | 'ledgerEntries' | 'refund' | 'revokedGrants' | 'tierTransitions' | 'userErrors'> & { customer?: Maybe<ResolversTypes['Customer']>, ledgerEntries: ReadonlyArray<ResolversTypes['LedgerEntry']>, refund?: Maybe<ResolversTypes['Refund']>, revokedGrants: ReadonlyArray<ResolversTypes['RewardGrant']>, tierTransitions: ReadonlyArray<ResolversTypes['TierTransition']>, userErrors: ReadonlyArray<ResolversTypes['RefundUserError']> }>;
  RefundPolicy: RefundPolicy;
  RefundStep: ResolverTypeWrapper<RefundStepMapper>;
  RefundUserError: ResolverTypeWrapper<Omit<RefundUserError, 'documentation'>>;
  RestMethod: RestMethod;
  Reward: ResolverTypeWrapper<RewardViewMapper>;
  RewardActivateInput: RewardActivateInput;
  RewardActivatePayload: ResolverTypeWrapper<Omit<RewardActivatePayload, 'reward' | 'userErrors'> & { reward?: Maybe<ResolversTypes['Reward']>, userErrors: ReadonlyArray<ResolversTypes['RewardUserError']> }>;
  RewardConnection: ResolverTypeWrapper<Omit<RewardConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['RewardEdge']>, nodes: ReadonlyArray<ResolversTypes['Reward']> }>;
  RewardCreateInput: RewardCreateInput;
  RewardCreatePayload: ResolverTypeWrapper<Omit<RewardCreatePayload, 'reward' | 'userErrors'> & { reward?: Maybe<ResolversTypes['Reward']>, userErrors: ReadonlyArray<ResolversTypes['RewardUserError']> }>;
  RewardDeactivateInput: RewardDeactivateInput;
  RewardDeactivatePayload: ResolverTypeWrapper<Omit<RewardDeactivatePayload, 'reward' | 'userErrors'> & { reward?: Maybe<ResolversTypes['Reward']>, userErrors: ReadonlyArray<ResolversTypes['RewardUserError']> }>;
  RewardDeleteInput: RewardDeleteInput;
  RewardDeletePayload: ResolverTypeWrapper<Omit<RewardDeletePayload, 'reward' | 'userErrors'> & { reward?: Maybe<ResolversTypes['Reward']>, userErrors: ReadonlyArray<ResolversTypes['RewardUserError']> }>;
  RewardDraftInput: RewardDraftInput;
  RewardDraftPayload: ResolverTypeWrapper<Omit<RewardDraftPayload, 'reward' | 'userErrors'> & { reward?: Maybe<ResolversTypes['Reward']>, userErrors: ReadonlyArray<ResolversTypes['RewardUserError']> }>;
  RewardEdge: ResolverTypeWrapper<Omit<RewardEdge, 'node'> & { node: ResolversTypes['Reward'] }>;
  RewardErrorCode: RewardErrorCode;
  RewardGrant: ResolverTypeWrapper<RewardGrantViewMapper>;
  RewardGrantConnection: ResolverTypeWrapper<Omit<RewardGrantConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['RewardGrantEdge']>, nodes: ReadonlyArray<ResolversTypes['RewardGrant']> }>;
  RewardGrantEdge: ResolverTypeWrapper<Omit<RewardGrantEdge, 'node'> & { node: ResolversTypes['RewardGrant'] }>;
  RewardGrantEventData: ResolverTypeWrapper<RewardGrantEventData>;
  RewardGrantStatus: RewardGrantStatus;
  RewardLimitScope: RewardLimitScope;
  RewardLimits: ResolverTypeWrapper<RewardLimits>;
  RewardLimitsInput: RewardLimitsInput;
  RewardObstacle: ResolverTypeWrapper<RewardObstacle>;
  RewardOffer: ResolverTypeWrapper<RewardOfferViewMapper>;
  RewardPeriodLimit: ResolverTypeWrapper<RewardPeriodLimit>;
  RewardPeriodLimitInput: RewardPeriodLimitInput;
  RewardRedeemErrorCode: RewardRedeemErrorCode;
  RewardRedeemInput: RewardRedeemInput;
  RewardRedeemPayload: ResolverTypeWrapper<Omit<RewardRedeemPayload, 'customer' | 'ledgerEntries' | 'redemption' | 'tierTransitions' | 'userErrors'> & { customer?: Maybe<ResolversTypes['Customer']>, ledgerEntries: ReadonlyArray<ResolversTypes['LedgerEntry']>, redemption?: Maybe<ResolversTypes['Redemption']>, tierTransitions: ReadonlyArray<ResolversTypes['TierTransition']>, userErrors: ReadonlyArray<ResolversTypes['RewardRedeemUserError']> }>;
  RewardRedeemUserError: ResolverTypeWrapper<Omit<RewardRedeemUserError, 'documentation'>>;
  RewardStockAdjustInput: RewardStockAdjustInput;
  RewardStockAdjustPayload: ResolverTypeWrapper<Omit<RewardStockAdjustPayload, 'reward' | 'userErrors'> & { reward?: Maybe<ResolversTypes['Reward']>, userErrors: ReadonlyArray<ResolversTypes['RewardUserError']> }>;
  RewardStockEventData: ResolverTypeWrapper<RewardStockEventData>;
  RewardTrigger: ResolverTypeWrapper<RewardTriggerMapper>;
  RewardTriggerInput: RewardTriggerInput;
  RewardTriggerType: RewardTriggerType;
  RewardUpdateInput: RewardUpdateInput;
  RewardUpdatePayload: ResolverTypeWrapper<Omit<RewardUpdatePayload, 'reward' | 'userErrors'> & { reward?: Maybe<ResolversTypes['Reward']>, userErrors: ReadonlyArray<ResolversTypes['RewardUserError']> }>;
  RewardUserError: ResolverTypeWrapper<Omit<RewardUserError, 'documentation'>>;
  RollingPointExpiration: ResolverTypeWrapper<RollingPointExpiration>;
  RollingPointExpirationInput: RollingPointExpirationInput;
  RollingTierExpiration: ResolverTypeWrapper<RollingTierExpiration>;
  RollingTierExpirationInput: RollingTierExpirationInput;
  RoundingScope: RoundingScope;
  SegmentEventData: ResolverTypeWrapper<SegmentEventData>;
  SegmentMemberEventData: ResolverTypeWrapper<SegmentMemberEventData>;
  SigningKey: ResolverTypeWrapper<SigningKeyMapper>;
  SigningKeyConnection: ResolverTypeWrapper<Omit<SigningKeyConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['SigningKeyEdge']>, nodes: ReadonlyArray<ResolversTypes['SigningKey']> }>;
  SigningKeyEdge: ResolverTypeWrapper<Omit<SigningKeyEdge, 'node'> & { node: ResolversTypes['SigningKey'] }>;
  SigningKeyErrorCode: SigningKeyErrorCode;
  SigningKeyRotateInput: SigningKeyRotateInput;
  SigningKeyRotatePayload: ResolverTypeWrapper<Omit<SigningKeyRotatePayload, 'replacedSigningKey' | 'signingKey' | 'userErrors'> & { replacedSigningKey?: Maybe<ResolversTypes['SigningKey']>, signingKey?: Maybe<ResolversTypes['SigningKey']>, userErrors: ReadonlyArray<ResolversTypes['SigningKeyUserError']> }>;
  SigningKeyUserError: ResolverTypeWrapper<Omit<SigningKeyUserError, 'documentation'>>;
  SimulatedFlow: ResolverTypeWrapper<FlowOfProposalMapper>;
  SimulatedTier: ResolverTypeWrapper<TierCountMapper>;
  SimulationProgress: ResolverTypeWrapper<SimulationProgress>;
  SlidingPointExpiration: ResolverTypeWrapper<SlidingPointExpiration>;
  SlidingPointExpirationInput: SlidingPointExpirationInput;
  SlidingTierExpiration: ResolverTypeWrapper<SlidingTierExpiration>;
  SlidingTierExpirationInput: SlidingTierExpirationInput;
  SourceReference: SourceReference;
  Spend: ResolverTypeWrapper<SpendViewMapper>;
  SpendErrorCode: SpendErrorCode;
  SpendInput: SpendInput;
  SpendPayload: ResolverTypeWrapper<Omit<SpendPayload, 'customer' | 'ledgerEntries' | 'spend' | 'tierTransitions' | 'userErrors'> & { customer?: Maybe<ResolversTypes['Customer']>, ledgerEntries: ReadonlyArray<ResolversTypes['LedgerEntry']>, spend?: Maybe<ResolversTypes['Spend']>, tierTransitions: ReadonlyArray<ResolversTypes['TierTransition']>, userErrors: ReadonlyArray<ResolversTypes['SpendUserError']> }>;
  SpendReference: SpendReference;
  SpendReversal: ResolverTypeWrapper<SpendReversalViewMapper>;
  SpendReversalConnection: ResolverTypeWrapper<Omit<SpendReversalConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['SpendReversalEdge']>, nodes: ReadonlyArray<ResolversTypes['SpendReversal']> }>;
  SpendReversalEdge: ResolverTypeWrapper<Omit<SpendReversalEdge, 'node'> & { node: ResolversTypes['SpendReversal'] }>;
  SpendReverseErrorCode: SpendReverseErrorCode;
  SpendReverseInput: SpendReverseInput;
  SpendReversePayload: ResolverTypeWrapper<Omit<SpendReversePayload, 'customer' | 'ledgerEntries' | 'spendReversal' | 'tierTransitions' | 'userErrors'> & { customer?: Maybe<ResolversTypes['Customer']>, ledgerEntries: ReadonlyArray<ResolversTypes['LedgerEntry']>, spendReversal?: Maybe<ResolversTypes['SpendReversal']>, tierTransitions: ReadonlyArray<ResolversTypes['TierTransition']>, userErrors: ReadonlyArray<ResolversTypes['SpendReverseUserError']> }>;
  SpendReverseUserError: ResolverTypeWrapper<Omit<SpendReverseUserError, 'documentation'>>;
  SpendUserError: ResolverTypeWrapper<Omit<SpendUserError, 'documentation'>>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ThresholdStep: ResolverTypeWrapper<ThresholdStepMapper>;
  Tier: ResolverTypeWrapper<TierMapper>;
  TierCreateInput: TierCreateInput;
  TierCreatePayload: ResolverTypeWrapper<Omit<TierCreatePayload, 'tier' | 'userErrors'> & { tier?: Maybe<ResolversTypes['Tier']>, userErrors: ReadonlyArray<ResolversTypes['TierStructureUserError']> }>;
  TierDeleteInput: TierDeleteInput;
  TierDeletePayload: ResolverTypeWrapper<Omit<TierDeletePayload, 'tierStructure' | 'userErrors'> & { tierStructure?: Maybe<ResolversTypes['TierStructure']>, userErrors: ReadonlyArray<ResolversTypes['TierStructureUserError']> }>;
  TierDowngrade: ResolverTypeWrapper<TierDowngradeMapper>;
  TierDowngradeInput: TierDowngradeInput;
  TierDowngradeType: TierDowngradeType;
  TierExpiration: ResolverTypeWrapper<TierExpirationMapper>;
  TierExpirationInput: TierExpirationInput;
  TierExpirationType: TierExpirationType;
  TierExplanation: ResolverTypeWrapper<TierExplanationMapper>;
  TierGraceEventData: ResolverTypeWrapper<TierGraceEventData>;
  TierInput: TierInput;
  TierJudgement: ResolverTypeWrapper<TierJudgementMapper>;
  TierMembership: ResolverTypeWrapper<TierStandingMapper>;
  TierMultiplier: ResolverTypeWrapper<TierMultiplierMapper>;
  TierMultiplierInput: TierMultiplierInput;
  TierOpportunity: ResolverTypeWrapper<TierOpportunityMapper>;
  TierRevision: ResolverTypeWrapper<TierMapper>;
  TierRisk: ResolverTypeWrapper<TierRiskMapper>;
  TierRiskEventData: ResolverTypeWrapper<TierRiskEventData>;
  TierRiskType: TierRiskType;
  TierRulesInput: TierRulesInput;
  TierRulesPublishInput: TierRulesPublishInput;
  TierRulesPublishPayload: ResolverTypeWrapper<Omit<TierRulesPublishPayload, 'tierStructure' | 'userErrors'> & { tierStructure?: Maybe<ResolversTypes['TierStructure']>, userErrors: ReadonlyArray<ResolversTypes['TierStructureUserError']> }>;
  TierRulesTryInput: TierRulesTryInput;
  TierStructure: ResolverTypeWrapper<TierStructureMapper>;
  TierStructureActivateInput: TierStructureActivateInput;
  TierStructureActivatePayload: ResolverTypeWrapper<Omit<TierStructureActivatePayload, 'tierStructure' | 'userErrors'> & { tierStructure?: Maybe<ResolversTypes['TierStructure']>, userErrors: ReadonlyArray<ResolversTypes['TierStructureUserError']> }>;
  TierStructureConnection: ResolverTypeWrapper<TierStructureConnectionViewMapper>;
  TierStructureCreateInput: TierStructureCreateInput;
  TierStructureCreatePayload: ResolverTypeWrapper<Omit<TierStructureCreatePayload, 'tierStructure' | 'userErrors'> & { tierStructure?: Maybe<ResolversTypes['TierStructure']>, userErrors: ReadonlyArray<ResolversTypes['TierStructureUserError']> }>;
  TierStructureDeactivateInput: TierStructureDeactivateInput;
  TierStructureDeactivatePayload: ResolverTypeWrapper<Omit<TierStructureDeactivatePayload, 'tierStructure' | 'userErrors'> & { tierStructure?: Maybe<ResolversTypes['TierStructure']>, userErrors: ReadonlyArray<ResolversTypes['TierStructureUserError']> }>;
  TierStructureDeleteInput: TierStructureDeleteInput;
  TierStructureDeletePayload: ResolverTypeWrapper<Omit<TierStructureDeletePayload, 'tierStructure' | 'userErrors'> & { tierStructure?: Maybe<ResolversTypes['TierStructure']>, userErrors: ReadonlyArray<ResolversTypes['TierStructureUserError']> }>;
  TierStructureDraftInput: TierStructureDraftInput;
  TierStructureDraftPayload: ResolverTypeWrapper<Omit<TierStructureDraftPayload, 'tierStructure' | 'userErrors'> & { tierStructure?: Maybe<ResolversTypes['TierStructure']>, userErrors: ReadonlyArray<ResolversTypes['TierStructureUserError']> }>;
  TierStructureEdge: ResolverTypeWrapper<Omit<TierStructureEdge, 'node'> & { node: ResolversTypes['TierStructure'] }>;
  TierStructureErrorCode: TierStructureErrorCode;
  TierStructureFilter: TierStructureFilter;
  TierStructureOrder: TierStructureOrder;
  TierStructureOrderField: TierStructureOrderField;
  TierStructurePublishInput: TierStructurePublishInput;
  TierStructurePublishPayload: ResolverTypeWrapper<Omit<TierStructurePublishPayload, 'tierStructure' | 'userErrors'> & { tierStructure?: Maybe<ResolversTypes['TierStructure']>, userErrors: ReadonlyArray<ResolversTypes['TierStructureUserError']> }>;
  TierStructureReviseInput: TierStructureReviseInput;
  TierStructureRevisePayload: ResolverTypeWrapper<Omit<TierStructureRevisePayload, 'tierStructure' | 'userErrors'> & { tierStructure?: Maybe<ResolversTypes['TierStructure']>, userErrors: ReadonlyArray<ResolversTypes['TierStructureUserError']> }>;
  TierStructureRevision: ResolverTypeWrapper<StructureRevisionMapper>;
  TierStructureRollout: TierStructureRollout;
  TierStructureSimulateInput: TierStructureSimulateInput;
  TierStructureSimulatePayload: ResolverTypeWrapper<Omit<TierStructureSimulatePayload, 'simulation' | 'userErrors'> & { simulation?: Maybe<ResolversTypes['TierStructureSimulation']>, userErrors: ReadonlyArray<ResolversTypes['TierStructureUserError']> }>;
  TierStructureSimulation: ResolverTypeWrapper<SimulationMapper>;
  TierStructureType: TierStructureType;
  TierStructureTypeFilter: TierStructureTypeFilter;
  TierStructureUpdateInput: TierStructureUpdateInput;
  TierStructureUpdatePayload: ResolverTypeWrapper<Omit<TierStructureUpdatePayload, 'tierStructure' | 'userErrors'> & { tierStructure?: Maybe<ResolversTypes['TierStructure']>, userErrors: ReadonlyArray<ResolversTypes['TierStructureUserError']> }>;
  TierStructureUserError: ResolverTypeWrapper<Omit<TierStructureUserError, 'documentation'>>;
  TierTransition: ResolverTypeWrapper<TierTransitionViewMapper>;
  TierTransitionConnection: ResolverTypeWrapper<Omit<TierTransitionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['TierTransitionEdge']>, nodes: ReadonlyArray<ResolversTypes['TierTransition']> }>;
  TierTransitionEdge: ResolverTypeWrapper<Omit<TierTransitionEdge, 'node'> & { node: ResolversTypes['TierTransition'] }>;
  TierTransitionEventData: ResolverTypeWrapper<TierTransitionEventData>;
  TierTransitionReason: TierTransitionReason;
  TierTransitionType: TierTransitionType;
  TierUpdateInput: TierUpdateInput;
  TierUpdatePayload: ResolverTypeWrapper<Omit<TierUpdatePayload, 'tier' | 'userErrors'> & { tier?: Maybe<ResolversTypes['Tier']>, userErrors: ReadonlyArray<ResolversTypes['TierStructureUserError']> }>;
  TrackingStep: ResolverTypeWrapper<TrackingStep>;
  TrackingWindow: TrackingWindow;
  Transaction: ResolverTypeWrapper<TransactionMapper>;
  TransactionEventData: ResolverTypeWrapper<TransactionEventData>;
  TransactionLine: ResolverTypeWrapper<TransactionLine>;
  TransactionLineInput: TransactionLineInput;
  TransactionReference: TransactionReference;
  Transfer: ResolverTypeWrapper<TransferViewMapper>;
  UserError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['UserError']>;
  Verification: ResolverTypeWrapper<Verification>;
  VerificationDifference: ResolverTypeWrapper<VerificationDifference>;
  VerificationDifferenceKind: VerificationDifferenceKind;
  WebhookAttempt: ResolverTypeWrapper<AttemptMapper>;
  WebhookAttemptConnection: ResolverTypeWrapper<Omit<WebhookAttemptConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['WebhookAttemptEdge']>, nodes: ReadonlyArray<ResolversTypes['WebhookAttempt']> }>;
  WebhookAttemptEdge: ResolverTypeWrapper<Omit<WebhookAttemptEdge, 'node'> & { node: ResolversTypes['WebhookAttempt'] }>;
  WebhookAttemptError: WebhookAttemptError;
  WebhookDelivery: ResolverTypeWrapper<DeliveryMapper>;
  WebhookDeliveryConnection: ResolverTypeWrapper<Omit<WebhookDeliveryConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['WebhookDeliveryEdge']>, nodes: ReadonlyArray<ResolversTypes['WebhookDelivery']> }>;
  WebhookDeliveryEdge: ResolverTypeWrapper<Omit<WebhookDeliveryEdge, 'node'> & { node: ResolversTypes['WebhookDelivery'] }>;
  WebhookDeliveryEventData: ResolverTypeWrapper<WebhookDeliveryEventData>;
  WebhookDeliveryFilter: WebhookDeliveryFilter;
  WebhookDeliveryReplayInput: WebhookDeliveryReplayInput;
  WebhookDeliveryReplayPayload: ResolverTypeWrapper<Omit<WebhookDeliveryReplayPayload, 'userErrors' | 'webhookDelivery'> & { userErrors: ReadonlyArray<ResolversTypes['WebhookUserError']>, webhookDelivery?: Maybe<ResolversTypes['WebhookDelivery']> }>;
  WebhookDeliveryStatus: WebhookDeliveryStatus;
  WebhookEndpoint: ResolverTypeWrapper<WebhookEndpointMapper>;
  WebhookEndpointConnection: ResolverTypeWrapper<Omit<WebhookEndpointConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['WebhookEndpointEdge']>, nodes: ReadonlyArray<ResolversTypes['WebhookEndpoint']> }>;
  WebhookEndpointCreateInput: WebhookEndpointCreateInput;
  WebhookEndpointCreatePayload: ResolverTypeWrapper<Omit<WebhookEndpointCreatePayload, 'userErrors' | 'webhookEndpoint'> & { userErrors: ReadonlyArray<ResolversTypes['WebhookUserError']>, webhookEndpoint?: Maybe<ResolversTypes['WebhookEndpoint']> }>;
  WebhookEndpointDeleteInput: WebhookEndpointDeleteInput;
  WebhookEndpointDeletePayload: ResolverTypeWrapper<Omit<WebhookEndpointDeletePayload, 'userErrors' | 'webhookEndpoint'> & { userErrors: ReadonlyArray<ResolversTypes['WebhookUserError']>, webhookEndpoint?: Maybe<ResolversTypes['WebhookEndpoint']> }>;
  WebhookEndpointEdge: ResolverTypeWrapper<Omit<WebhookEndpointEdge, 'node'> & { node: ResolversTypes['WebhookEndpoint'] }>;
  WebhookEndpointEnableInput: WebhookEndpointEnableInput;
  WebhookEndpointEnablePayload: ResolverTypeWrapper<Omit<WebhookEndpointEnablePayload, 'userErrors' | 'webhookEndpoint'> & { userErrors: ReadonlyArray<ResolversTypes['WebhookUserError']>, webhookEndpoint?: Maybe<ResolversTypes['WebhookEndpoint']> }>;
  WebhookEndpointEventData: ResolverTypeWrapper<WebhookEndpointEventData>;
  WebhookEndpointHealth: ResolverTypeWrapper<WebhookEndpointHealth>;
  WebhookEndpointPauseInput: WebhookEndpointPauseInput;
  WebhookEndpointPausePayload: ResolverTypeWrapper<Omit<WebhookEndpointPausePayload, 'userErrors' | 'webhookEndpoint'> & { userErrors: ReadonlyArray<ResolversTypes['WebhookUserError']>, webhookEndpoint?: Maybe<ResolversTypes['WebhookEndpoint']> }>;
  WebhookEndpointReplayInput: WebhookEndpointReplayInput;
  WebhookEndpointReplayPayload: ResolverTypeWrapper<Omit<WebhookEndpointReplayPayload, 'userErrors' | 'webhookReplay'> & { userErrors: ReadonlyArray<ResolversTypes['WebhookUserError']>, webhookReplay?: Maybe<ResolversTypes['WebhookReplay']> }>;
  WebhookEndpointSecretRotateInput: WebhookEndpointSecretRotateInput;
  WebhookEndpointSecretRotatePayload: ResolverTypeWrapper<Omit<WebhookEndpointSecretRotatePayload, 'userErrors' | 'webhookEndpoint'> & { userErrors: ReadonlyArray<ResolversTypes['WebhookUserError']>, webhookEndpoint?: Maybe<ResolversTypes['WebhookEndpoint']> }>;
  WebhookEndpointStatus: WebhookEndpointStatus;
  WebhookEndpointStatusReason: WebhookEndpointStatusReason;
  WebhookEndpointTestInput: WebhookEndpointTestInput;
  WebhookEndpointTestPayload: ResolverTypeWrapper<Omit<WebhookEndpointTestPayload, 'userErrors' | 'webhookDelivery'> & { userErrors: ReadonlyArray<ResolversTypes['WebhookUserError']>, webhookDelivery?: Maybe<ResolversTypes['WebhookDelivery']> }>;
  WebhookEndpointUpdateInput: WebhookEndpointUpdateInput;
  WebhookEndpointUpdatePayload: ResolverTypeWrapper<Omit<WebhookEndpointUpdatePayload, 'userErrors' | 'webhookEndpoint'> & { userErrors: ReadonlyArray<ResolversTypes['WebhookUserError']>, webhookEndpoint?: Maybe<ResolversTypes['WebhookEndpoint']> }>;
  WebhookErrorCode: WebhookErrorCode;
  WebhookReplay: ResolverTypeWrapper<ReplayMapper>;
  WebhookReplayScope: WebhookReplayScope;
  WebhookUserError: ResolverTypeWrapper<Omit<WebhookUserError, 'documentation'>>;
  Workspace: ResolverTypeWrapper<WorkspaceMapper>;
  WorkspaceClockAdvanceInput: WorkspaceClockAdvanceInput;
  WorkspaceClockAdvancePayload: ResolverTypeWrapper<Omit<WorkspaceClockAdvancePayload, 'userErrors' | 'workspace'> & { userErrors: ReadonlyArray<ResolversTypes['WorkspaceUserError']>, workspace?: Maybe<ResolversTypes['Workspace']> }>;
  WorkspaceCreateInput: WorkspaceCreateInput;
  WorkspaceCreatePayload: ResolverTypeWrapper<Omit<WorkspaceCreatePayload, 'apiKey' | 'userErrors' | 'workspace'> & { apiKey?: Maybe<ResolversTypes['ApiKey']>, userErrors: ReadonlyArray<ResolversTypes['WorkspaceUserError']>, workspace?: Maybe<ResolversTypes['Workspace']> }>;
  WorkspaceErrorCode: WorkspaceErrorCode;
  WorkspaceMode: WorkspaceMode;
  WorkspaceUpdateInput: WorkspaceUpdateInput;
  WorkspaceUpdatePayload: ResolverTypeWrapper<Omit<WorkspaceUpdatePayload, 'userErrors' | 'workspace'> & { userErrors: ReadonlyArray<ResolversTypes['WorkspaceUserError']>, workspace?: Maybe<ResolversTypes['Workspace']> }>;
  WorkspaceUserError: ResolverTypeWrapper<Omit<WorkspaceUserError, 'documentation'>>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Activity: ActivityMapper;
  ActivityActionFilter: ActivityActionFilter;
  ActivityConnection: Omit<ActivityConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ActivityEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Activity']> };
  ActivityEdge: Omit<ActivityEdge, 'node'> & { node: ResolversParentTypes['Activity'] };
  ActivityFilter: ActivityFilter;
  ActivityRecordInput: ActivityRecordInput;
  ActivityRecordPayload: Omit<ActivityRecordPayload, 'activity' | 'customer' | 'ledgerEntries' | 'tierTransitions' | 'userErrors'> & { activity?: Maybe<ResolversParentTypes['CustomerActivity']>, customer?: Maybe<ResolversParentTypes['Customer']>, ledgerEntries: ReadonlyArray<ResolversParentTypes['LedgerEntry']>, tierTransitions: ReadonlyArray<ResolversParentTypes['TierTransition']>, userErrors: ReadonlyArray<ResolversParentTypes['ActivityRecordUserError']> };
  ActivityRecordUserError: Omit<ActivityRecordUserError, 'documentation'>;
  ActivitySubjectTypeFilter: ActivitySubjectTypeFilter;
  Adjustment: AdjustmentViewMapper;
  AdjustmentStep: AdjustmentStep;
  Allocation: AllocationViewMapper;
  AllocationStep: AllocationStepViewMapper;
  ApiKey: ApiKeyMapper;
  ApiKeyConnection: Omit<ApiKeyConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ApiKeyEdge']>, nodes: ReadonlyArray<ResolversParentTypes['ApiKey']> };
  ApiKeyCreateInput: ApiKeyCreateInput;
  ApiKeyCreatePayload: Omit<ApiKeyCreatePayload, 'apiKey' | 'userErrors'> & { apiKey?: Maybe<ResolversParentTypes['ApiKey']>, userErrors: ReadonlyArray<ResolversParentTypes['ApiKeyUserError']> };
  ApiKeyEdge: Omit<ApiKeyEdge, 'node'> & { node: ResolversParentTypes['ApiKey'] };
  ApiKeyExpiringEventData: ApiKeyExpiringEventData;
  ApiKeyRateLimit: ApiKeyRateLimit;
  ApiKeyRevokeInput: ApiKeyRevokeInput;
  ApiKeyRevokePayload: Omit<ApiKeyRevokePayload, 'apiKey' | 'userErrors'> & { apiKey?: Maybe<ResolversParentTypes['ApiKey']>, userErrors: ReadonlyArray<ResolversParentTypes['ApiKeyUserError']> };
  ApiKeyRotateInput: ApiKeyRotateInput;
  ApiKeyRotatePayload: Omit<ApiKeyRotatePayload, 'apiKey' | 'replacedApiKey' | 'userErrors'> & { apiKey?: Maybe<ResolversParentTypes['ApiKey']>, replacedApiKey?: Maybe<ResolversParentTypes['ApiKey']>, userErrors: ReadonlyArray<ResolversParentTypes['ApiKeyUserError']> };
  ApiKeyUse: ApiKeyUseMapper;
  ApiKeyUseConnection: Omit<ApiKeyUseConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ApiKeyUseEdge']>, nodes: ReadonlyArray<ResolversParentTypes['ApiKeyUse']> };
  ApiKeyUseEdge: Omit<ApiKeyUseEdge, 'node'> & { node: ResolversParentTypes['ApiKeyUse'] };
  ApiKeyUseFilter: ApiKeyUseFilter;
  ApiKeyUserError: Omit<ApiKeyUserError, 'documentation'>;
  ApiTypeFilter: ApiTypeFilter;
  Award: AwardViewMapper;
  Boolean: Scalars['Boolean']['output'];
  CalendarDate: CalendarDate;
  CalendarDateInput: CalendarDateInput;
  CalendarPointExpiration: CalendarPointExpiration;
  CalendarPointExpirationInput: CalendarPointExpirationInput;
  CalendarTierExpiration: CalendarTierExpiration;
  CalendarTierExpirationInput: CalendarTierExpirationInput;
  CampaignEventData: CampaignEventData;
  Card: CardViewMapper;
  CardDefinition: CardDefinitionMapper;
  CardDefinitionActivateInput: CardDefinitionActivateInput;
  CardDefinitionActivatePayload: Omit<CardDefinitionActivatePayload, 'cardDefinition' | 'userErrors'> & { cardDefinition?: Maybe<ResolversParentTypes['CardDefinition']>, userErrors: ReadonlyArray<ResolversParentTypes['CardDefinitionUserError']> };
  CardDefinitionConnection: Omit<CardDefinitionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['CardDefinitionEdge']>, nodes: ReadonlyArray<ResolversParentTypes['CardDefinition']> };
  CardDefinitionCreateInput: CardDefinitionCreateInput;
  CardDefinitionCreatePayload: Omit<CardDefinitionCreatePayload, 'cardDefinition' | 'userErrors'> & { cardDefinition?: Maybe<ResolversParentTypes['CardDefinition']>, userErrors: ReadonlyArray<ResolversParentTypes['CardDefinitionUserError']> };
  CardDefinitionDeactivateInput: CardDefinitionDeactivateInput;
  CardDefinitionDeactivatePayload: Omit<CardDefinitionDeactivatePayload, 'cardDefinition' | 'userErrors'> & { cardDefinition?: Maybe<ResolversParentTypes['CardDefinition']>, userErrors: ReadonlyArray<ResolversParentTypes['CardDefinitionUserError']> };
  CardDefinitionDeleteInput: CardDefinitionDeleteInput;
  CardDefinitionDeletePayload: Omit<CardDefinitionDeletePayload, 'cardDefinition' | 'userErrors'> & { cardDefinition?: Maybe<ResolversParentTypes['CardDefinition']>, userErrors: ReadonlyArray<ResolversParentTypes['CardDefinitionUserError']> };
  CardDefinitionDraftInput: CardDefinitionDraftInput;
  CardDefinitionDraftPayload: Omit<CardDefinitionDraftPayload, 'cardDefinition' | 'userErrors'> & { cardDefinition?: Maybe<ResolversParentTypes['CardDefinition']>, userErrors: ReadonlyArray<ResolversParentTypes['CardDefinitionUserError']> };
  CardDefinitionEdge: Omit<CardDefinitionEdge, 'node'> & { node: ResolversParentTypes['CardDefinition'] };
  CardDefinitionUpdateInput: CardDefinitionUpdateInput;
  CardDefinitionUpdatePayload: Omit<CardDefinitionUpdatePayload, 'cardDefinition' | 'userErrors'> & { cardDefinition?: Maybe<ResolversParentTypes['CardDefinition']>, userErrors: ReadonlyArray<ResolversParentTypes['CardDefinitionUserError']> };
  CardDefinitionUserError: Omit<CardDefinitionUserError, 'documentation'>;
  CardSnapshot: CardViewMapper;
  Checkpoint: CheckpointMapper;
  CheckpointConnection: Omit<CheckpointConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['CheckpointEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Checkpoint']> };
  CheckpointEdge: Omit<CheckpointEdge, 'node'> & { node: ResolversParentTypes['Checkpoint'] };
  CheckpointEventData: CheckpointEventData;
  ConfigurationApplication: ConfigurationApplication;
  ConfigurationApplyInput: ConfigurationApplyInput;
  ConfigurationApplyPayload: Omit<ConfigurationApplyPayload, 'userErrors'> & { userErrors: ReadonlyArray<ResolversParentTypes['ConfigurationUserError']> };
  ConfigurationChange: Omit<ConfigurationChange, 'fields'> & { fields: ReadonlyArray<ResolversParentTypes['ConfigurationFieldChange']> };
  ConfigurationEventData: ConfigurationEventData;
  ConfigurationExport: ConfigurationExport;
  ConfigurationFieldChange: PlainDifferenceMapper;
  ConfigurationPlan: PlannedConfigurationMapper;
  ConfigurationPlanEventData: ConfigurationPlanEventData;
  ConfigurationPlanInput: ConfigurationPlanInput;
  ConfigurationPlanPayload: Omit<ConfigurationPlanPayload, 'configurationPlan' | 'userErrors'> & { configurationPlan?: Maybe<ResolversParentTypes['ConfigurationPlan']>, userErrors: ReadonlyArray<ResolversParentTypes['ConfigurationUserError']> };
  ConfigurationStatusFilter: ConfigurationStatusFilter;
  ConfigurationUserError: Omit<ConfigurationUserError, 'documentation'>;
  CorrectionStep: CorrectionStep;
  CreatedAtFilter: CreatedAtFilter;
  CustomHeaderInput: CustomHeaderInput;
  Customer: CustomerViewMapper;
  CustomerActivity: CustomerActivityViewMapper;
  CustomerConnection: CustomerConnectionViewMapper;
  CustomerEdge: Omit<CustomerEdge, 'node'> & { node: ResolversParentTypes['Customer'] };
  CustomerEventData: CustomerEventData;
  CustomerReference: CustomerReference;
  CustomerSnapshot: CustomerSnapshotViewMapper;
  CustomerUpsertInput: CustomerUpsertInput;
  CustomerUpsertPayload: Omit<CustomerUpsertPayload, 'customer' | 'userErrors'> & { customer?: Maybe<ResolversParentTypes['Customer']>, userErrors: ReadonlyArray<ResolversParentTypes['CustomerUpsertUserError']> };
  CustomerUpsertUserError: Omit<CustomerUpsertUserError, 'documentation'>;
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  DeferredTier: DeferredTierMapper;
  DowngradeStep: DowngradeStepMapper;
  EarnCapStep: EarnCapStepMapper;
  EarnCaps: EarnCapsMapper;
  EarnCapsInput: EarnCapsInput;
  EarnInput: EarnInput;
  EarnPayload: Omit<EarnPayload, 'awards' | 'customer' | 'grants' | 'rewards' | 'tierTransitions' | 'transaction' | 'userErrors'> & { awards: ReadonlyArray<ResolversParentTypes['Award']>, customer?: Maybe<ResolversParentTypes['Customer']>, grants: ReadonlyArray<ResolversParentTypes['RewardGrant']>, rewards: ReadonlyArray<ResolversParentTypes['Reward']>, tierTransitions: ReadonlyArray<ResolversParentTypes['TierTransition']>, transaction?: Maybe<ResolversParentTypes['Transaction']>, userErrors: ReadonlyArray<ResolversParentTypes['EarnUserError']> };
  EarnRate: EarnRate;
  EarnRateInput: EarnRateInput;
  EarnRateStep: EarnRateStepMapper;
  EarnRule: EarnRuleMapper;
  EarnRuleConnection: Omit<EarnRuleConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['EarnRuleEdge']>, nodes: ReadonlyArray<ResolversParentTypes['EarnRule']> };
  EarnRuleCreateInput: EarnRuleCreateInput;
  EarnRuleCreatePayload: Omit<EarnRuleCreatePayload, 'earnRule' | 'userErrors'> & { earnRule?: Maybe<ResolversParentTypes['EarnRule']>, userErrors: ReadonlyArray<ResolversParentTypes['EarnRuleUserError']> };
  EarnRuleEdge: Omit<EarnRuleEdge, 'node'> & { node: ResolversParentTypes['EarnRule'] };
  EarnRulePublishInput: EarnRulePublishInput;
  EarnRulePublishPayload: Omit<EarnRulePublishPayload, 'earnRule' | 'userErrors'> & { earnRule?: Maybe<ResolversParentTypes['EarnRule']>, userErrors: ReadonlyArray<ResolversParentTypes['EarnRuleUserError']> };
  EarnRuleRetireInput: EarnRuleRetireInput;
  EarnRuleRetirePayload: Omit<EarnRuleRetirePayload, 'earnRule' | 'userErrors'> & { earnRule?: Maybe<ResolversParentTypes['EarnRule']>, userErrors: ReadonlyArray<ResolversParentTypes['EarnRuleUserError']> };
  EarnRuleUpdateInput: EarnRuleUpdateInput;
  EarnRuleUpdatePayload: Omit<EarnRuleUpdatePayload, 'earnRule' | 'userErrors'> & { earnRule?: Maybe<ResolversParentTypes['EarnRule']>, userErrors: ReadonlyArray<ResolversParentTypes['EarnRuleUserError']> };
  EarnRuleUserError: Omit<EarnRuleUserError, 'documentation'>;
  EarnRuleVersion: EarnRuleVersionMapper;
  EarnRuleVersionInput: EarnRuleVersionInput;
  EarnUserError: Omit<EarnUserError, 'documentation'>;
  EntryAward: EntryAwardMapper;
  EntryAwardInput: EntryAwardInput;
  EntryAwardStep: EntryAwardStepMapper;
  Event: EventViewMapper;
  EventCause: EventCause;
  EventConnection: Omit<EventConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['EventEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Event']> };
  EventData: ResolversUnionTypes<ResolversParentTypes>['EventData'];
  EventEdge: Omit<EventEdge, 'node'> & { node: ResolversParentTypes['Event'] };
  EventFilter: EventFilter;
  EveryNthVisitTrigger: EveryNthVisitTrigger;
  EveryNthVisitTriggerInput: EveryNthVisitTriggerInput;
  ExactTextFilter: ExactTextFilter;
  ExpirationStep: ExpirationStepMapper;
  ExplanationStep: ResolversInterfaceTypes<ResolversParentTypes>['ExplanationStep'];
  FixedDatesPointActivation: FixedDatesPointActivation;
  FixedDatesPointActivationInput: FixedDatesPointActivationInput;
  FixedPointExpirationInput: FixedPointExpirationInput;
  GracePeriod: GracePeriod;
  GracePeriodInput: GracePeriodInput;
  GraceStep: GraceStepMapper;
  ID: Scalars['ID']['output'];
  IdFilter: IdFilter;
  InstantFilter: InstantFilter;
  Int: Scalars['Int']['output'];
  JSONObject: Scalars['JSONObject']['output'];
  JourneyCustomerEventData: JourneyCustomerEventData;
  JourneyEventData: JourneyEventData;
  LedgerEntry: LedgerEntryViewMapper;
  LedgerEntryConnection: Omit<LedgerEntryConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['LedgerEntryEdge']>, nodes: ReadonlyArray<ResolversParentTypes['LedgerEntry']> };
  LedgerEntryEdge: Omit<LedgerEntryEdge, 'node'> & { node: ResolversParentTypes['LedgerEntry'] };
  LedgerStep: ResolversInterfaceTypes<ResolversParentTypes>['LedgerStep'];
  LevelDowngradeInput: LevelDowngradeInput;
  LocalDate: Scalars['LocalDate']['output'];
  Lot: LotViewMapper;
  MeasureStep: MeasureStepMapper;
  Mutation: Record<PropertyKey, never>;
  NameFilter: NameFilter;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  Operation: ResolversInterfaceTypes<ResolversParentTypes>['Operation'];
  OperationConnection: Omit<OperationConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['OperationEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Operation']> };
  OperationEdge: Omit<OperationEdge, 'node'> & { node: ResolversParentTypes['Operation'] };
  OperationEventData: OperationEventData;
  PageInfo: PageInfo;
  PassEventData: PassEventData;
  PendingPoints: PendingPointsViewMapper;
  Period: Period;
  PeriodBasedPointActivation: PeriodBasedPointActivation;
  PeriodBasedPointActivationInput: PeriodBasedPointActivationInput;
  PeriodCap: PeriodCapMapper;
  PeriodCapInput: PeriodCapInput;
  PeriodInput: PeriodInput;
  PointActivation: PointActivationMapper;
  PointActivationInput: PointActivationInput;
  PointActivationStep: PointActivationStepMapper;
  PointBalanceTrigger: PointsTriggerMapper;
  PointBalanceTriggerInput: PointBalanceTriggerInput;
  PointEarned: PointEarned;
  PointEarnedInput: PointEarnedInput;
  PointEarnedTrigger: PointsTriggerMapper;
  PointEarnedTriggerInput: PointEarnedTriggerInput;
  PointExpiration: PointExpirationMapper;
  PointExpirationInput: PointExpirationInput;
  PointExpirationStep: PointExpirationStepViewMapper;
  Points: Scalars['Points']['output'];
  PointsAdjustInput: PointsAdjustInput;
  PointsAdjustPayload: Omit<PointsAdjustPayload, 'adjustment' | 'customer' | 'ledgerEntries' | 'tierTransitions' | 'userErrors'> & { adjustment?: Maybe<ResolversParentTypes['Adjustment']>, customer?: Maybe<ResolversParentTypes['Customer']>, ledgerEntries: ReadonlyArray<ResolversParentTypes['LedgerEntry']>, tierTransitions: ReadonlyArray<ResolversParentTypes['TierTransition']>, userErrors: ReadonlyArray<ResolversParentTypes['PointsAdjustUserError']> };
  PointsAdjustUserError: Omit<PointsAdjustUserError, 'documentation'>;
  PointsEventData: PointsEventData;
  PointsExpiredStep: PointsExpiredStepViewMapper;
  PointsExpiringEventData: PointsExpiringEventData;
  PointsTransferInput: PointsTransferInput;
  PointsTransferPayload: Omit<PointsTransferPayload, 'from' | 'ledgerEntries' | 'tierTransitions' | 'to' | 'transfer' | 'userErrors'> & { from?: Maybe<ResolversParentTypes['Customer']>, ledgerEntries: ReadonlyArray<ResolversParentTypes['LedgerEntry']>, tierTransitions: ReadonlyArray<ResolversParentTypes['TierTransition']>, to?: Maybe<ResolversParentTypes['Customer']>, transfer?: Maybe<ResolversParentTypes['Transfer']>, userErrors: ReadonlyArray<ResolversParentTypes['PointsTransferUserError']> };
  PointsTransferUserError: Omit<PointsTransferUserError, 'documentation'>;
  PredictionEventData: PredictionEventData;
  Query: Record<PropertyKey, never>;
  RateLimit: RateLimit;
  Receipt: Receipt;
  ReceiptTemplate: ReceiptTemplate;
  ReceiptTemplateInput: ReceiptTemplateInput;
  Redemption: RedemptionViewMapper;
  RedemptionCancelInput: RedemptionCancelInput;
  RedemptionCancelPayload: Omit<RedemptionCancelPayload, 'cancellation' | 'customer' | 'ledgerEntries' | 'tierTransitions' | 'userErrors'> & { cancellation?: Maybe<ResolversParentTypes['RedemptionCancellation']>, customer?: Maybe<ResolversParentTypes['Customer']>, ledgerEntries: ReadonlyArray<ResolversParentTypes['LedgerEntry']>, tierTransitions: ReadonlyArray<ResolversParentTypes['TierTransition']>, userErrors: ReadonlyArray<ResolversParentTypes['RedemptionCancelUserError']> };
  RedemptionCancelUserError: Omit<RedemptionCancelUserError, 'documentation'>;
  RedemptionCancellation: RedemptionCancellationViewMapper;
  RedemptionConfirmInput: RedemptionConfirmInput;
  RedemptionConfirmPayload: Omit<RedemptionConfirmPayload, 'redemption' | 'userErrors'> & { redemption?: Maybe<ResolversParentTypes['Redemption']>, userErrors: ReadonlyArray<ResolversParentTypes['RedemptionConfirmUserError']> };
  RedemptionConfirmUserError: Omit<RedemptionConfirmUserError, 'documentation'>;
  RedemptionConnection: Omit<RedemptionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['RedemptionEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Redemption']> };
  RedemptionEdge: Omit<RedemptionEdge, 'node'> & { node: ResolversParentTypes['Redemption'] };
  RedemptionEventData: RedemptionEventData;
  RedemptionReference: RedemptionReference;
  Refund: RefundViewMapper;
  RefundConnection: Omit<RefundConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['RefundEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Refund']> };
  RefundDeduction: DeductionViewMapper;
  RefundEdge: Omit<RefundEdge, 'node'> & { node: ResolversParentTypes['Refund'] };
  RefundInput: RefundInput;
  RefundLine: RefundLine;
  RefundLineInput: RefundLineInput;
  RefundPayload: Omit<RefundPayload, 'customer' | 'ledgerEntries' | 'refund' | 'revokedGrants' | 'tierTransitions' | 'userErrors'> & { customer?: Maybe<ResolversParentTypes['Customer']>, ledgerEntries: ReadonlyArray<ResolversParentTypes['LedgerEntry']>, refund?: Maybe<ResolversParentTypes['Refund']>, revokedGrants: ReadonlyArray<ResolversParentTypes['RewardGrant']>, tierTransitions: ReadonlyArray<ResolversParentTypes['TierTransition']>, userErrors: ReadonlyArray<ResolversParentTypes['RefundUserError']> };
  RefundStep: RefundStepMapper;
  RefundUserError: Omit<RefundUserError, 'documentation'>;
  Reward: RewardViewMapper;
  RewardActivateInput: RewardActivateInput;
  RewardActivatePayload: Omit<RewardActivatePayload, 'reward' | 'userErrors'> & { reward?: Maybe<ResolversParentTypes['Reward']>, userErrors: ReadonlyArray<ResolversParentTypes['RewardUserError']> };
  RewardConnection: Omit<RewardConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['RewardEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Reward']> };
  RewardCreateInput: RewardCreateInput;
  RewardCreatePayload: Omit<RewardCreatePayload, 'reward' | 'userErrors'> & { reward?: Maybe<ResolversParentTypes['Reward']>, userErrors: ReadonlyArray<ResolversParentTypes['RewardUserError']> };
  RewardDeactivateInput: RewardDeactivateInput;
  RewardDeactivatePayload: Omit<RewardDeactivatePayload, 'reward' | 'userErrors'> & { reward?: Maybe<ResolversParentTypes['Reward']>, userErrors: ReadonlyArray<ResolversParentTypes['RewardUserError']> };
  RewardDeleteInput: RewardDeleteInput;
  RewardDeletePayload: Omit<RewardDeletePayload, 'reward' | 'userErrors'> & { reward?: Maybe<ResolversParentTypes['Reward']>, userErrors: ReadonlyArray<ResolversParentTypes['RewardUserError']> };
  RewardDraftInput: RewardDraftInput;
  RewardDraftPayload: Omit<RewardDraftPayload, 'reward' | 'userErrors'> & { reward?: Maybe<ResolversParentTypes['Reward']>, userErrors: ReadonlyArray<ResolversParentTypes['RewardUserError']> };
  RewardEdge: Omit<RewardEdge, 'node'> & { node: ResolversParentTypes['Reward'] };
  RewardGrant: RewardGrantViewMapper;
  RewardGrantConnection: Omit<RewardGrantConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['RewardGrantEdge']>, nodes: ReadonlyArray<ResolversParentTypes['RewardGrant']> };
  RewardGrantEdge: Omit<RewardGrantEdge, 'node'> & { node: ResolversParentTypes['RewardGrant'] };
  RewardGrantEventData: RewardGrantEventData;
  RewardLimits: RewardLimits;
  RewardLimitsInput: RewardLimitsInput;
  RewardObstacle: RewardObstacle;
  RewardOffer: RewardOfferViewMapper;
  RewardPeriodLimit: RewardPeriodLimit;
  RewardPeriodLimitInput: RewardPeriodLimitInput;
  RewardRedeemInput: RewardRedeemInput;
  RewardRedeemPayload: Omit<RewardRedeemPayload, 'customer' | 'ledgerEntries' | 'redemption' | 'tierTransitions' | 'userErrors'> & { customer?: Maybe<ResolversParentTypes['Customer']>, ledgerEntries: ReadonlyArray<ResolversParentTypes['LedgerEntry']>, redemption?: Maybe<ResolversParentTypes['Redemption']>, tierTransitions: ReadonlyArray<ResolversParentTypes['TierTransition']>, userErrors: ReadonlyArray<ResolversParentTypes['RewardRedeemUserError']> };
  RewardRedeemUserError: Omit<RewardRedeemUserError, 'documentation'>;
  RewardStockAdjustInput: RewardStockAdjustInput;
  RewardStockAdjustPayload: Omit<RewardStockAdjustPayload, 'reward' | 'userErrors'> & { reward?: Maybe<ResolversParentTypes['Reward']>, userErrors: ReadonlyArray<ResolversParentTypes['RewardUserError']> };
  RewardStockEventData: RewardStockEventData;
  RewardTrigger: RewardTriggerMapper;
  RewardTriggerInput: RewardTriggerInput;
  RewardUpdateInput: RewardUpdateInput;
  RewardUpdatePayload: Omit<RewardUpdatePayload, 'reward' | 'userErrors'> & { reward?: Maybe<ResolversParentTypes['Reward']>, userErrors: ReadonlyArray<ResolversParentTypes['RewardUserError']> };
  RewardUserError: Omit<RewardUserError, 'documentation'>;
  RollingPointExpiration: RollingPointExpiration;
  RollingPointExpirationInput: RollingPointExpirationInput;
  RollingTierExpiration: RollingTierExpiration;
  RollingTierExpirationInput: RollingTierExpirationInput;
  SegmentEventData: SegmentEventData;
  SegmentMemberEventData: SegmentMemberEventData;
  SigningKey: SigningKeyMapper;
  SigningKeyConnection: Omit<SigningKeyConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['SigningKeyEdge']>, nodes: ReadonlyArray<ResolversParentTypes['SigningKey']> };
  SigningKeyEdge: Omit<SigningKeyEdge, 'node'> & { node: ResolversParentTypes['SigningKey'] };
  SigningKeyRotateInput: SigningKeyRotateInput;
  SigningKeyRotatePayload: Omit<SigningKeyRotatePayload, 'replacedSigningKey' | 'signingKey' | 'userErrors'> & { replacedSigningKey?: Maybe<ResolversParentTypes['SigningKey']>, signingKey?: Maybe<ResolversParentTypes['SigningKey']>, userErrors: ReadonlyArray<ResolversParentTypes['SigningKeyUserError']> };
  SigningKeyUserError: Omit<SigningKeyUserError, 'documentation'>;
  SimulatedFlow: FlowOfProposalMapper;
  SimulatedTier: TierCountMapper;
  SimulationProgress: SimulationProgress;
  SlidingPointExpiration: SlidingPointExpiration;
  SlidingPointExpirationInput: SlidingPointExpirationInput;
  SlidingTierExpiration: SlidingTierExpiration;
  SlidingTierExpirationInput: SlidingTierExpirationInput;
  SourceReference: SourceReference;
  Spend: SpendViewMapper;
  SpendInput: SpendInput;
  SpendPayload: Omit<SpendPayload, 'customer' | 'ledgerEntries' | 'spend' | 'tierTransitions' | 'userErrors'> & { customer?: Maybe<ResolversParentTypes['Customer']>, ledgerEntries: ReadonlyArray<ResolversParentTypes['LedgerEntry']>, spend?: Maybe<ResolversParentTypes['Spend']>, tierTransitions: ReadonlyArray<ResolversParentTypes['TierTransition']>, userErrors: ReadonlyArray<ResolversParentTypes['SpendUserError']> };
  SpendReference: SpendReference;
  SpendReversal: SpendReversalViewMapper;
  SpendReversalConnection: Omit<SpendReversalConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['SpendReversalEdge']>, nodes: ReadonlyArray<ResolversParentTypes['SpendReversal']> };
  SpendReversalEdge: Omit<SpendReversalEdge, 'node'> & { node: ResolversParentTypes['SpendReversal'] };
  SpendReverseInput: SpendReverseInput;
  SpendReversePayload: Omit<SpendReversePayload, 'customer' | 'ledgerEntries' | 'spendReversal' | 'tierTransitions' | 'userErrors'> & { customer?: Maybe<ResolversParentTypes['Customer']>, ledgerEntries: ReadonlyArray<ResolversParentTypes['LedgerEntry']>, spendReversal?: Maybe<ResolversParentTypes['SpendReversal']>, tierTransitions: ReadonlyArray<ResolversParentTypes['TierTransition']>, userErrors: ReadonlyArray<ResolversParentTypes['SpendReverseUserError']> };
  SpendReverseUserError: Omit<SpendReverseUserError, 'documentation'>;
  SpendUserError: Omit<SpendUserError, 'documentation'>;
  String: Scalars['String']['output'];
  Subscription: Record<PropertyKey, never>;
  ThresholdStep: ThresholdStepMapper;
  Tier: TierMapper;
  TierCreateInput: TierCreateInput;
  TierCreatePayload: Omit<TierCreatePayload, 'tier' | 'userErrors'> & { tier?: Maybe<ResolversParentTypes['Tier']>, userErrors: ReadonlyArray<ResolversParentTypes['TierStructureUserError']> };
  TierDeleteInput: TierDeleteInput;
  TierDeletePayload: Omit<TierDeletePayload, 'tierStructure' | 'userErrors'> & { tierStructure?: Maybe<ResolversParentTypes['TierStructure']>, userErrors: ReadonlyArray<ResolversParentTypes['TierStructureUserError']> };
  TierDowngrade: TierDowngradeMapper;
  TierDowngradeInput: TierDowngradeInput;
  TierExpiration: TierExpirationMapper;
  TierExpirationInput: TierExpirationInput;
  TierExplanation: TierExplanationMapper;
  TierGraceEventData: TierGraceEventData;
  TierInput: TierInput;
  TierJudgement: TierJudgementMapper;
  TierMembership: TierStandingMapper;
  TierMultiplier: TierMultiplierMapper;
  TierMultiplierInput: TierMultiplierInput;
  TierOpportunity: TierOpportunityMapper;
  TierRevision: TierMapper;
  TierRisk: TierRiskMapper;
  TierRiskEventData: TierRiskEventData;
  TierRulesInput: TierRulesInput;
  TierRulesPublishInput: TierRulesPublishInput;
  TierRulesPublishPayload: Omit<TierRulesPublishPayload, 'tierStructure' | 'userErrors'> & { tierStructure?: Maybe<ResolversParentTypes['TierStructure']>, userErrors: ReadonlyArray<ResolversParentTypes['TierStructureUserError']> };
  TierRulesTryInput: TierRulesTryInput;
  TierStructure: TierStructureMapper;
  TierStructureActivateInput: TierStructureActivateInput;
  TierStructureActivatePayload: Omit<TierStructureActivatePayload, 'tierStructure' | 'userErrors'> & { tierStructure?: Maybe<ResolversParentTypes['TierStructure']>, userErrors: ReadonlyArray<ResolversParentTypes['TierStructureUserError']> };
  TierStructureConnection: TierStructureConnectionViewMapper;
  TierStructureCreateInput: TierStructureCreateInput;
  TierStructureCreatePayload: Omit<TierStructureCreatePayload, 'tierStructure' | 'userErrors'> & { tierStructure?: Maybe<ResolversParentTypes['TierStructure']>, userErrors: ReadonlyArray<ResolversParentTypes['TierStructureUserError']> };
  TierStructureDeactivateInput: TierStructureDeactivateInput;
  TierStructureDeactivatePayload: Omit<TierStructureDeactivatePayload, 'tierStructure' | 'userErrors'> & { tierStructure?: Maybe<ResolversParentTypes['TierStructure']>, userErrors: ReadonlyArray<ResolversParentTypes['TierStructureUserError']> };
  TierStructureDeleteInput: TierStructureDeleteInput;
  TierStructureDeletePayload: Omit<TierStructureDeletePayload, 'tierStructure' | 'userErrors'> & { tierStructure?: Maybe<ResolversParentTypes['TierStructure']>, userErrors: ReadonlyArray<ResolversParentTypes['TierStructureUserError']> };
  TierStructureDraftInput: TierStructureDraftInput;
  TierStructureDraftPayload: Omit<TierStructureDraftPayload, 'tierStructure' | 'userErrors'> & { tierStructure?: Maybe<ResolversParentTypes['TierStructure']>, userErrors: ReadonlyArray<ResolversParentTypes['TierStructureUserError']> };
  TierStructureEdge: Omit<TierStructureEdge, 'node'> & { node: ResolversParentTypes['TierStructure'] };
  TierStructureFilter: TierStructureFilter;
  TierStructureOrder: TierStructureOrder;
  TierStructurePublishInput: TierStructurePublishInput;
  TierStructurePublishPayload: Omit<TierStructurePublishPayload, 'tierStructure' | 'userErrors'> & { tierStructure?: Maybe<ResolversParentTypes['TierStructure']>, userErrors: ReadonlyArray<ResolversParentTypes['TierStructureUserError']> };
  TierStructureReviseInput: TierStructureReviseInput;
  TierStructureRevisePayload: Omit<TierStructureRevisePayload, 'tierStructure' | 'userErrors'> & { tierStructure?: Maybe<ResolversParentTypes['TierStructure']>, userErrors: ReadonlyArray<ResolversParentTypes['TierStructureUserError']> };
  TierStructureRevision: StructureRevisionMapper;
  TierStructureSimulateInput: TierStructureSimulateInput;
  TierStructureSimulatePayload: Omit<TierStructureSimulatePayload, 'simulation' | 'userErrors'> & { simulation?: Maybe<ResolversParentTypes['TierStructureSimulation']>, userErrors: ReadonlyArray<ResolversParentTypes['TierStructureUserError']> };
  TierStructureSimulation: SimulationMapper;
  TierStructureTypeFilter: TierStructureTypeFilter;
  TierStructureUpdateInput: TierStructureUpdateInput;
  TierStructureUpdatePayload: Omit<TierStructureUpdatePayload, 'tierStructure' | 'userErrors'> & { tierStructure?: Maybe<ResolversParentTypes['TierStructure']>, userErrors: ReadonlyArray<ResolversParentTypes['TierStructureUserError']> };
  TierStructureUserError: Omit<TierStructureUserError, 'documentation'>;
  TierTransition: TierTransitionViewMapper;
  TierTransitionConnection: Omit<TierTransitionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['TierTransitionEdge']>, nodes: ReadonlyArray<ResolversParentTypes['TierTransition']> };
  TierTransitionEdge: Omit<TierTransitionEdge, 'node'> & { node: ResolversParentTypes['TierTransition'] };
  TierTransitionEventData: TierTransitionEventData;
  TierUpdateInput: TierUpdateInput;
  TierUpdatePayload: Omit<TierUpdatePayload, 'tier' | 'userErrors'> & { tier?: Maybe<ResolversParentTypes['Tier']>, userErrors: ReadonlyArray<ResolversParentTypes['TierStructureUserError']> };
  TrackingStep: TrackingStep;
  Transaction: TransactionMapper;
  TransactionEventData: TransactionEventData;
  TransactionLine: TransactionLine;
  TransactionLineInput: TransactionLineInput;
  TransactionReference: TransactionReference;
  Transfer: TransferViewMapper;
  UserError: ResolversInterfaceTypes<ResolversParentTypes>['UserError'];
  Verification: Verification;
  VerificationDifference: VerificationDifference;
  WebhookAttempt: AttemptMapper;
  WebhookAttemptConnection: Omit<WebhookAttemptConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['WebhookAttemptEdge']>, nodes: ReadonlyArray<ResolversParentTypes['WebhookAttempt']> };
  WebhookAttemptEdge: Omit<WebhookAttemptEdge, 'node'> & { node: ResolversParentTypes['WebhookAttempt'] };
  WebhookDelivery: DeliveryMapper;
  WebhookDeliveryConnection: Omit<WebhookDeliveryConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['WebhookDeliveryEdge']>, nodes: ReadonlyArray<ResolversParentTypes['WebhookDelivery']> };
  WebhookDeliveryEdge: Omit<WebhookDeliveryEdge, 'node'> & { node: ResolversParentTypes['WebhookDelivery'] };
  WebhookDeliveryEventData: WebhookDeliveryEventData;
  WebhookDeliveryFilter: WebhookDeliveryFilter;
  WebhookDeliveryReplayInput: WebhookDeliveryReplayInput;
  WebhookDeliveryReplayPayload: Omit<WebhookDeliveryReplayPayload, 'userErrors' | 'webhookDelivery'> & { userErrors: ReadonlyArray<ResolversParentTypes['WebhookUserError']>, webhookDelivery?: Maybe<ResolversParentTypes['WebhookDelivery']> };
  WebhookEndpoint: WebhookEndpointMapper;
  WebhookEndpointConnection: Omit<WebhookEndpointConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['WebhookEndpointEdge']>, nodes: ReadonlyArray<ResolversParentTypes['WebhookEndpoint']> };
  WebhookEndpointCreateInput: WebhookEndpointCreateInput;
  WebhookEndpointCreatePayload: Omit<WebhookEndpointCreatePayload, 'userErrors' | 'webhookEndpoint'> & { userErrors: ReadonlyArray<ResolversParentTypes['WebhookUserError']>, webhookEndpoint?: Maybe<ResolversParentTypes['WebhookEndpoint']> };
  WebhookEndpointDeleteInput: WebhookEndpointDeleteInput;
  WebhookEndpointDeletePayload: Omit<WebhookEndpointDeletePayload, 'userErrors' | 'webhookEndpoint'> & { userErrors: ReadonlyArray<ResolversParentTypes['WebhookUserError']>, webhookEndpoint?: Maybe<ResolversParentTypes['WebhookEndpoint']> };
  WebhookEndpointEdge: Omit<WebhookEndpointEdge, 'node'> & { node: ResolversParentTypes['WebhookEndpoint'] };
  WebhookEndpointEnableInput: WebhookEndpointEnableInput;
  WebhookEndpointEnablePayload: Omit<WebhookEndpointEnablePayload, 'userErrors' | 'webhookEndpoint'> & { userErrors: ReadonlyArray<ResolversParentTypes['WebhookUserError']>, webhookEndpoint?: Maybe<ResolversParentTypes['WebhookEndpoint']> };
  WebhookEndpointEventData: WebhookEndpointEventData;
  WebhookEndpointHealth: WebhookEndpointHealth;
  WebhookEndpointPauseInput: WebhookEndpointPauseInput;
  WebhookEndpointPausePayload: Omit<WebhookEndpointPausePayload, 'userErrors' | 'webhookEndpoint'> & { userErrors: ReadonlyArray<ResolversParentTypes['WebhookUserError']>, webhookEndpoint?: Maybe<ResolversParentTypes['WebhookEndpoint']> };
  WebhookEndpointReplayInput: WebhookEndpointReplayInput;
  WebhookEndpointReplayPayload: Omit<WebhookEndpointReplayPayload, 'userErrors' | 'webhookReplay'> & { userErrors: ReadonlyArray<ResolversParentTypes['WebhookUserError']>, webhookReplay?: Maybe<ResolversParentTypes['WebhookReplay']> };
  WebhookEndpointSecretRotateInput: WebhookEndpointSecretRotateInput;
  WebhookEndpointSecretRotatePayload: Omit<WebhookEndpointSecretRotatePayload, 'userErrors' | 'webhookEndpoint'> & { userErrors: ReadonlyArray<ResolversParentTypes['WebhookUserError']>, webhookEndpoint?: Maybe<ResolversParentTypes['WebhookEndpoint']> };
  WebhookEndpointTestInput: WebhookEndpointTestInput;
  WebhookEndpointTestPayload: Omit<WebhookEndpointTestPayload, 'userErrors' | 'webhookDelivery'> & { userErrors: ReadonlyArray<ResolversParentTypes['WebhookUserError']>, webhookDelivery?: Maybe<ResolversParentTypes['WebhookDelivery']> };
  WebhookEndpointUpdateInput: WebhookEndpointUpdateInput;
  WebhookEndpointUpdatePayload: Omit<WebhookEndpointUpdatePayload, 'userErrors' | 'webhookEndpoint'> & { userErrors: ReadonlyArray<ResolversParentTypes['WebhookUserError']>, webhookEndpoint?: Maybe<ResolversParentTypes['WebhookEndpoint']> };
  WebhookReplay: ReplayMapper;
  WebhookUserError: Omit<WebhookUserError, 'documentation'>;
  Workspace: WorkspaceMapper;
  WorkspaceClockAdvanceInput: WorkspaceClockAdvanceInput;
  WorkspaceClockAdvancePayload: Omit<WorkspaceClockAdvancePayload, 'userErrors' | 'workspace'> & { userErrors: ReadonlyArray<ResolversParentTypes['WorkspaceUserError']>, workspace?: Maybe<ResolversParentTypes['Workspace']> };
  WorkspaceCreateInput: WorkspaceCreateInput;
  WorkspaceCreatePayload: Omit<WorkspaceCreatePayload, 'apiKey' | 'userErrors' | 'workspace'> & { apiKey?: Maybe<ResolversParentTypes['ApiKey']>, userErrors: ReadonlyArray<ResolversParentTypes['WorkspaceUserError']>, workspace?: Maybe<ResolversParentTypes['Workspace']> };
  WorkspaceUpdateInput: WorkspaceUpdateInput;
  WorkspaceUpdatePayload: Omit<WorkspaceUpdatePayload, 'userErrors' | 'workspace'> & { userErrors: ReadonlyArray<ResolversParentTypes['WorkspaceUserError']>, workspace?: Maybe<ResolversParentTypes['Workspace']> };
  WorkspaceUserError: Omit<WorkspaceUserError, 'documentation'>;
};

export type CostDirectiveArgs = {
  weight: Scalars['Int']['input'];
};

export type CostDirectiveResolver<Result, Parent, ContextType = RequestContext, Args = CostDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type EventDirectiveArgs = {
  data: Scalars['String']['input'];
  emitted: Scalars['Boolean']['input'];
  name: Scalars['String']['input'];
};

export type EventDirectiveResolver<Result, Parent, ContextType = RequestContext, Args = EventDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type IdempotentDirectiveArgs = {
  key: Scalars['String']['input'];
};

export type IdempotentDirectiveResolver<Result, Parent, ContextType = RequestContext, Args = IdempotentDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ListSizeDirectiveArgs = {
  assumedSize: Scalars['Int']['input'];
};

export type ListSizeDirectiveResolver<Result, Parent, ContextType = RequestContext, Args = ListSizeDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type RequiresDirectiveArgs = {
  scope: ApiKeyScope;
};

export type RequiresDirectiveResolver<Result, Parent, ContextType = RequestContext, Args = RequiresDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type RestDirectiveArgs = {
  method: RestMethod;
  operation: Scalars['String']['input'];
  path: Scalars['String']['input'];
  status: Scalars['Int']['input'];
};

export type RestDirectiveResolver<Result, Parent, ContextType = RequestContext, Args = RestDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ActivityResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Activity'] = ResolversParentTypes['Activity']> = {
  action?: Resolver<ResolversTypes['ActivityAction'], ParentType, ContextType>;
  after?: Resolver<Maybe<ResolversTypes['JSONObject']>, ParentType, ContextType>;
  api?: Resolver<Maybe<ResolversTypes['ApiType']>, ParentType, ContextType>;
  apiKeyId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['JSONObject']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  ipAddress?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  requestId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subjectId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  userAgent?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ActivityConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ActivityConnection'] = ResolversParentTypes['ActivityConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ActivityEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Activity']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ActivityEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ActivityEdge'] = ResolversParentTypes['ActivityEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Activity'], ParentType, ContextType>;
};

export type ActivityRecordPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ActivityRecordPayload'] = ResolversParentTypes['ActivityRecordPayload']> = {
  activity?: Resolver<Maybe<ResolversTypes['CustomerActivity']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  duplicate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  ledgerEntries?: Resolver<ReadonlyArray<ResolversTypes['LedgerEntry']>, ParentType, ContextType>;
  tierTransitions?: Resolver<ReadonlyArray<ResolversTypes['TierTransition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['ActivityRecordUserError']>, ParentType, ContextType>;
};

export type ActivityRecordUserErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ActivityRecordUserError'] = ResolversParentTypes['ActivityRecordUserError']> = {
  code?: Resolver<ResolversTypes['ActivityRecordErrorCode'], ParentType, ContextType>;
  documentation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AdjustmentResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Adjustment'] = ResolversParentTypes['Adjustment']> = {
  cardDefinition?: Resolver<ResolversTypes['CardDefinition'], ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  metadata?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  qualifying?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AdjustmentStepResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AdjustmentStep'] = ResolversParentTypes['AdjustmentStep']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  qualifying?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['LedgerRule'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AllocationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Allocation'] = ResolversParentTypes['Allocation']> = {
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  expiresOn?: Resolver<Maybe<ResolversTypes['LocalDate']>, ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
};

export type AllocationStepResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['AllocationStep'] = ResolversParentTypes['AllocationStep']> = {
  allocations?: Resolver<ReadonlyArray<ResolversTypes['Allocation']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['LedgerRule'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ApiKeyResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ApiKey'] = ResolversParentTypes['ApiKey']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastFour?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  scope?: Resolver<ResolversTypes['ApiKeyScope'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ApiKeyConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ApiKeyConnection'] = ResolversParentTypes['ApiKeyConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ApiKeyEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ApiKeyCreatePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ApiKeyCreatePayload'] = ResolversParentTypes['ApiKeyCreatePayload']> = {
  apiKey?: Resolver<Maybe<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['ApiKeyUserError']>, ParentType, ContextType>;
};

export type ApiKeyEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ApiKeyEdge'] = ResolversParentTypes['ApiKeyEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
};

export type ApiKeyExpiringEventDataResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ApiKeyExpiringEventData'] = ResolversParentTypes['ApiKeyExpiringEventData']> = {
  apiKeyId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  apiKeyName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastFour?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ApiKeyRateLimitResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ApiKeyRateLimit'] = ResolversParentTypes['ApiKeyRateLimit']> = {
  ceiling?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  limit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  remaining?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  resetAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  restoreRate?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ApiKeyRevokePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ApiKeyRevokePayload'] = ResolversParentTypes['ApiKeyRevokePayload']> = {
  apiKey?: Resolver<Maybe<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['ApiKeyUserError']>, ParentType, ContextType>;
};

export type ApiKeyRotatePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ApiKeyRotatePayload'] = ResolversParentTypes['ApiKeyRotatePayload']> = {
  apiKey?: Resolver<Maybe<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  replacedApiKey?: Resolver<Maybe<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['ApiKeyUserError']>, ParentType, ContextType>;
};

export type ApiKeyUseResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ApiKeyUse'] = ResolversParentTypes['ApiKeyUse']> = {
  api?: Resolver<ResolversTypes['ApiType'], ParentType, ContextType>;
  apiKey?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
  firstUsedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  hour?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  ipAddress?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastRequestId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastUsedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  refusedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  requestCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userAgent?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ApiKeyUseConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ApiKeyUseConnection'] = ResolversParentTypes['ApiKeyUseConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ApiKeyUseEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ApiKeyUse']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ApiKeyUseEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ApiKeyUseEdge'] = ResolversParentTypes['ApiKeyUseEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ApiKeyUse'], ParentType, ContextType>;
};

export type ApiKeyUserErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ApiKeyUserError'] = ResolversParentTypes['ApiKeyUserError']> = {
  code?: Resolver<ResolversTypes['ApiKeyErrorCode'], ParentType, ContextType>;
  documentation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AwardResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Award'] = ResolversParentTypes['Award']> = {
  activatesAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  cappedBy?: Resolver<Maybe<ResolversTypes['CapReason']>, ParentType, ContextType>;
  cardDefinition?: Resolver<ResolversTypes['CardDefinition'], ParentType, ContextType>;
  computedPoints?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  earnRuleVersion?: Resolver<ResolversTypes['EarnRuleVersion'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  multiplier?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
};

export type CalendarDateResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CalendarDate'] = ResolversParentTypes['CalendarDate']> = {
  day?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  month?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CalendarPointExpirationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CalendarPointExpiration'] = ResolversParentTypes['CalendarPointExpiration']> = {
  calendarDates?: Resolver<ReadonlyArray<ResolversTypes['CalendarDate']>, ParentType, ContextType>;
};

export type CalendarTierExpirationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CalendarTierExpiration'] = ResolversParentTypes['CalendarTierExpiration']> = {
  calendarDates?: Resolver<ReadonlyArray<ResolversTypes['CalendarDate']>, ParentType, ContextType>;
};

export type CampaignEventDataResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CampaignEventData'] = ResolversParentTypes['CampaignEventData']> = {
  campaignId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  campaignName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  endsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  startsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CardResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Card'] = ResolversParentTypes['Card']> = {
  balance?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  cardDefinition?: Resolver<ResolversTypes['CardDefinition'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  ledgerEntries?: Resolver<ResolversTypes['LedgerEntryConnection'], ParentType, ContextType, Partial<CardLedgerEntriesArgs>>;
  lots?: Resolver<ReadonlyArray<ResolversTypes['Lot']>, ParentType, ContextType>;
  pendingBalance?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  pendingPoints?: Resolver<ReadonlyArray<ResolversTypes['PendingPoints']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CardDefinitionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CardDefinition'] = ResolversParentTypes['CardDefinition']> = {
  activation?: Resolver<ResolversTypes['PointActivation'], ParentType, ContextType>;
  activities?: Resolver<ResolversTypes['ActivityConnection'], ParentType, ContextType, Partial<CardDefinitionActivitiesArgs>>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiration?: Resolver<ResolversTypes['PointExpiration'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  metadata?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refundPolicy?: Resolver<ResolversTypes['RefundPolicy'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ConfigurationStatus'], ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CardDefinitionActivatePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CardDefinitionActivatePayload'] = ResolversParentTypes['CardDefinitionActivatePayload']> = {
  cardDefinition?: Resolver<Maybe<ResolversTypes['CardDefinition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['CardDefinitionUserError']>, ParentType, ContextType>;
};

export type CardDefinitionConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CardDefinitionConnection'] = ResolversParentTypes['CardDefinitionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['CardDefinitionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['CardDefinition']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type CardDefinitionCreatePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CardDefinitionCreatePayload'] = ResolversParentTypes['CardDefinitionCreatePayload']> = {
  cardDefinition?: Resolver<Maybe<ResolversTypes['CardDefinition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['CardDefinitionUserError']>, ParentType, ContextType>;
};

export type CardDefinitionDeactivatePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CardDefinitionDeactivatePayload'] = ResolversParentTypes['CardDefinitionDeactivatePayload']> = {
  cardDefinition?: Resolver<Maybe<ResolversTypes['CardDefinition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['CardDefinitionUserError']>, ParentType, ContextType>;
};

export type CardDefinitionDeletePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CardDefinitionDeletePayload'] = ResolversParentTypes['CardDefinitionDeletePayload']> = {
  cardDefinition?: Resolver<Maybe<ResolversTypes['CardDefinition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['CardDefinitionUserError']>, ParentType, ContextType>;
};

export type CardDefinitionDraftPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CardDefinitionDraftPayload'] = ResolversParentTypes['CardDefinitionDraftPayload']> = {
  cardDefinition?: Resolver<Maybe<ResolversTypes['CardDefinition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['CardDefinitionUserError']>, ParentType, ContextType>;
};

export type CardDefinitionEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CardDefinitionEdge'] = ResolversParentTypes['CardDefinitionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['CardDefinition'], ParentType, ContextType>;
};

export type CardDefinitionUpdatePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CardDefinitionUpdatePayload'] = ResolversParentTypes['CardDefinitionUpdatePayload']> = {
  cardDefinition?: Resolver<Maybe<ResolversTypes['CardDefinition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['CardDefinitionUserError']>, ParentType, ContextType>;
};

export type CardDefinitionUserErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CardDefinitionUserError'] = ResolversParentTypes['CardDefinitionUserError']> = {
  code?: Resolver<ResolversTypes['CardDefinitionErrorCode'], ParentType, ContextType>;
  documentation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CardSnapshotResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CardSnapshot'] = ResolversParentTypes['CardSnapshot']> = {
  balance?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  cardDefinition?: Resolver<ResolversTypes['CardDefinition'], ParentType, ContextType>;
  cardId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lots?: Resolver<ReadonlyArray<ResolversTypes['Lot']>, ParentType, ContextType>;
  pendingBalance?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  pendingPoints?: Resolver<ReadonlyArray<ResolversTypes['PendingPoints']>, ParentType, ContextType>;
};

export type CheckpointResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Checkpoint'] = ResolversParentTypes['Checkpoint']> = {
  cardCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  statement?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CheckpointConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CheckpointConnection'] = ResolversParentTypes['CheckpointConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['CheckpointEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Checkpoint']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type CheckpointEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CheckpointEdge'] = ResolversParentTypes['CheckpointEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Checkpoint'], ParentType, ContextType>;
};

export type CheckpointEventDataResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CheckpointEventData'] = ResolversParentTypes['CheckpointEventData']> = {
  cardCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  checkpointSequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConfigurationApplicationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ConfigurationApplication'] = ResolversParentTypes['ConfigurationApplication']> = {
  changeCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  fingerprint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ConfigurationApplyPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ConfigurationApplyPayload'] = ResolversParentTypes['ConfigurationApplyPayload']> = {
  configurationApplication?: Resolver<Maybe<ResolversTypes['ConfigurationApplication']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['ConfigurationUserError']>, ParentType, ContextType>;
};

export type ConfigurationChangeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ConfigurationChange'] = ResolversParentTypes['ConfigurationChange']> = {
  action?: Resolver<ResolversTypes['ConfigurationAction'], ParentType, ContextType>;
  fields?: Resolver<ReadonlyArray<ResolversTypes['ConfigurationFieldChange']>, ParentType, ContextType>;
  key?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  object?: Resolver<ResolversTypes['ConfigurationObject'], ParentType, ContextType>;
};

export type ConfigurationEventDataResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ConfigurationEventData'] = ResolversParentTypes['ConfigurationEventData']> = {
  after?: Resolver<Maybe<ResolversTypes['JSONObject']>, ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['JSONObject']>, ParentType, ContextType>;
  changedFields?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConfigurationExportResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ConfigurationExport'] = ResolversParentTypes['ConfigurationExport']> = {
  document?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  format?: Resolver<ResolversTypes['ConfigurationFormat'], ParentType, ContextType>;
};

export type ConfigurationFieldChangeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ConfigurationFieldChange'] = ResolversParentTypes['ConfigurationFieldChange']> = {
  after?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  field?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ConfigurationPlanResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ConfigurationPlan'] = ResolversParentTypes['ConfigurationPlan']> = {
  changes?: Resolver<ReadonlyArray<ResolversTypes['ConfigurationChange']>, ParentType, ContextType>;
  fingerprint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ConfigurationPlanEventDataResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ConfigurationPlanEventData'] = ResolversParentTypes['ConfigurationPlanEventData']> = {
  createdCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  deletedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  updatedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConfigurationPlanPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ConfigurationPlanPayload'] = ResolversParentTypes['ConfigurationPlanPayload']> = {
  configurationPlan?: Resolver<Maybe<ResolversTypes['ConfigurationPlan']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['ConfigurationUserError']>, ParentType, ContextType>;
};

export type ConfigurationUserErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ConfigurationUserError'] = ResolversParentTypes['ConfigurationUserError']> = {
  code?: Resolver<ResolversTypes['ConfigurationErrorCode'], ParentType, ContextType>;
  column?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  documentation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  line?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CorrectionStepResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CorrectionStep'] = ResolversParentTypes['CorrectionStep']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  recordedPoints?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['LedgerRule'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CustomerResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer']> = {
  asOf?: Resolver<ResolversTypes['CustomerSnapshot'], ParentType, ContextType, RequireFields<CustomerAsOfArgs, 'at'>>;
  cards?: Resolver<ReadonlyArray<ResolversTypes['Card']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  joinedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  ledgerEntries?: Resolver<ResolversTypes['LedgerEntryConnection'], ParentType, ContextType, Partial<CustomerLedgerEntriesArgs>>;
  metadata?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  operations?: Resolver<ResolversTypes['OperationConnection'], ParentType, ContextType, Partial<CustomerOperationsArgs>>;
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType, Partial<CustomerPointsArgs>>;
  redemptions?: Resolver<ResolversTypes['RedemptionConnection'], ParentType, ContextType, Partial<CustomerRedemptionsArgs>>;
  rewardGrants?: Resolver<ResolversTypes['RewardGrantConnection'], ParentType, ContextType, Partial<CustomerRewardGrantsArgs>>;
  rewards?: Resolver<ReadonlyArray<ResolversTypes['RewardOffer']>, ParentType, ContextType>;
  tier?: Resolver<Maybe<ResolversTypes['Tier']>, ParentType, ContextType, Partial<CustomerTierArgs>>;
  tierExplanation?: Resolver<Maybe<ResolversTypes['TierExplanation']>, ParentType, ContextType, RequireFields<CustomerTierExplanationArgs, 'tierStructureId'>>;
  tierTransitions?: Resolver<ResolversTypes['TierTransitionConnection'], ParentType, ContextType, Partial<CustomerTierTransitionsArgs>>;
  tiers?: Resolver<ReadonlyArray<ResolversTypes['TierMembership']>, ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CustomerActivityResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CustomerActivity'] = ResolversParentTypes['CustomerActivity']> = {
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  metadata?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CustomerConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CustomerConnection'] = ResolversParentTypes['CustomerConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['CustomerEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Customer']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CustomerEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CustomerEdge'] = ResolversParentTypes['CustomerEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
};

export type CustomerEventDataResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CustomerEventData'] = ResolversParentTypes['CustomerEventData']> = {
  changedFields?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  joinedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  metadata?: Resolver<Maybe<ResolversTypes['JSONObject']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CustomerSnapshotResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CustomerSnapshot'] = ResolversParentTypes['CustomerSnapshot']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cards?: Resolver<ReadonlyArray<ResolversTypes['CardSnapshot']>, ParentType, ContextType>;
  knownAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType, Partial<CustomerSnapshotPointsArgs>>;
  tier?: Resolver<Maybe<ResolversTypes['Tier']>, ParentType, ContextType, Partial<CustomerSnapshotTierArgs>>;
  tiers?: Resolver<ReadonlyArray<ResolversTypes['TierMembership']>, ParentType, ContextType>;
};

export type CustomerUpsertPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CustomerUpsertPayload'] = ResolversParentTypes['CustomerUpsertPayload']> = {
  created?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['CustomerUpsertUserError']>, ParentType, ContextType>;
};

export type CustomerUpsertUserErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['CustomerUpsertUserError'] = ResolversParentTypes['CustomerUpsertUserError']> = {
  code?: Resolver<ResolversTypes['CustomerUpsertErrorCode'], ParentType, ContextType>;
  documentation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type DeferredTierResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['DeferredTier'] = ResolversParentTypes['DeferredTier']> = {
  effectiveAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['Tier'], ParentType, ContextType>;
};

export type DowngradeStepResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['DowngradeStep'] = ResolversParentTypes['DowngradeStep']> = {
  downgrade?: Resolver<ResolversTypes['TierDowngrade'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['ExplanationOutcome'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['ExplanationRule'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EarnCapStepResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EarnCapStep'] = ResolversParentTypes['EarnCapStep']> = {
  cappedBy?: Resolver<Maybe<ResolversTypes['CapReason']>, ParentType, ContextType>;
  caps?: Resolver<ResolversTypes['EarnCaps'], ParentType, ContextType>;
  computedPoints?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  earnRuleVersion?: Resolver<ResolversTypes['EarnRuleVersion'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['LedgerRule'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EarnCapsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EarnCaps'] = ResolversParentTypes['EarnCaps']> = {
  balance?: Resolver<Maybe<ResolversTypes['Points']>, ParentType, ContextType>;
  perPeriod?: Resolver<ReadonlyArray<ResolversTypes['PeriodCap']>, ParentType, ContextType>;
  perTransaction?: Resolver<Maybe<ResolversTypes['Points']>, ParentType, ContextType>;
};

export type EarnPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EarnPayload'] = ResolversParentTypes['EarnPayload']> = {
  awards?: Resolver<ReadonlyArray<ResolversTypes['Award']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  duplicate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  grants?: Resolver<ReadonlyArray<ResolversTypes['RewardGrant']>, ParentType, ContextType>;
  rewards?: Resolver<ReadonlyArray<ResolversTypes['Reward']>, ParentType, ContextType>;
  tierTransitions?: Resolver<ReadonlyArray<ResolversTypes['TierTransition']>, ParentType, ContextType>;
  transaction?: Resolver<Maybe<ResolversTypes['Transaction']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['EarnUserError']>, ParentType, ContextType>;
};

export type EarnRateResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EarnRate'] = ResolversParentTypes['EarnRate']> = {
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  every?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
};

export type EarnRateStepResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EarnRateStep'] = ResolversParentTypes['EarnRateStep']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  computedPoints?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  earnRuleVersion?: Resolver<ResolversTypes['EarnRuleVersion'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  multiplier?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  rate?: Resolver<ResolversTypes['EarnRate'], ParentType, ContextType>;
  rounding?: Resolver<ResolversTypes['PointRounding'], ParentType, ContextType>;
  roundingScope?: Resolver<ResolversTypes['RoundingScope'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['LedgerRule'], ParentType, ContextType>;
  tiers?: Resolver<ReadonlyArray<ResolversTypes['Tier']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EarnRuleResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EarnRule'] = ResolversParentTypes['EarnRule']> = {
  activities?: Resolver<ResolversTypes['ActivityConnection'], ParentType, ContextType, Partial<EarnRuleActivitiesArgs>>;
  cardDefinition?: Resolver<ResolversTypes['CardDefinition'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  currentVersion?: Resolver<Maybe<ResolversTypes['EarnRuleVersion']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retiredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  versions?: Resolver<ReadonlyArray<ResolversTypes['EarnRuleVersion']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EarnRuleConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EarnRuleConnection'] = ResolversParentTypes['EarnRuleConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['EarnRuleEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['EarnRule']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type EarnRuleCreatePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EarnRuleCreatePayload'] = ResolversParentTypes['EarnRuleCreatePayload']> = {
  earnRule?: Resolver<Maybe<ResolversTypes['EarnRule']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['EarnRuleUserError']>, ParentType, ContextType>;
};

export type EarnRuleEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EarnRuleEdge'] = ResolversParentTypes['EarnRuleEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['EarnRule'], ParentType, ContextType>;
};

export type EarnRulePublishPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EarnRulePublishPayload'] = ResolversParentTypes['EarnRulePublishPayload']> = {
  earnRule?: Resolver<Maybe<ResolversTypes['EarnRule']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['EarnRuleUserError']>, ParentType, ContextType>;
};

export type EarnRuleRetirePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EarnRuleRetirePayload'] = ResolversParentTypes['EarnRuleRetirePayload']> = {
  earnRule?: Resolver<Maybe<ResolversTypes['EarnRule']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['EarnRuleUserError']>, ParentType, ContextType>;
};

export type EarnRuleUpdatePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EarnRuleUpdatePayload'] = ResolversParentTypes['EarnRuleUpdatePayload']> = {
  earnRule?: Resolver<Maybe<ResolversTypes['EarnRule']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['EarnRuleUserError']>, ParentType, ContextType>;
};

export type EarnRuleUserErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EarnRuleUserError'] = ResolversParentTypes['EarnRuleUserError']> = {
  code?: Resolver<ResolversTypes['EarnRuleErrorCode'], ParentType, ContextType>;
  documentation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EarnRuleVersionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EarnRuleVersion'] = ResolversParentTypes['EarnRuleVersion']> = {
  caps?: Resolver<ResolversTypes['EarnCaps'], ParentType, ContextType>;
  condition?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  effectiveAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiration?: Resolver<Maybe<ResolversTypes['PointExpiration']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  publishedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  rates?: Resolver<ReadonlyArray<ResolversTypes['EarnRate']>, ParentType, ContextType>;
  rounding?: Resolver<ResolversTypes['PointRounding'], ParentType, ContextType>;
  roundingScope?: Resolver<ResolversTypes['RoundingScope'], ParentType, ContextType>;
  tierMultipliers?: Resolver<ReadonlyArray<ResolversTypes['TierMultiplier']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EarnUserErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EarnUserError'] = ResolversParentTypes['EarnUserError']> = {
  code?: Resolver<ResolversTypes['EarnErrorCode'], ParentType, ContextType>;
  documentation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EntryAwardResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EntryAward'] = ResolversParentTypes['EntryAward']> = {
  cardDefinition?: Resolver<Maybe<ResolversTypes['CardDefinition']>, ParentType, ContextType>;
  cardDefinitionId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
};

export type EntryAwardStepResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EntryAwardStep'] = ResolversParentTypes['EntryAwardStep']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['LedgerRule'], ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['Tier'], ParentType, ContextType>;
  tierStructure?: Resolver<ResolversTypes['TierStructure'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Event'] = ResolversParentTypes['Event']> = {
  cause?: Resolver<ResolversTypes['EventCause'], ParentType, ContextType>;
  customerId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  data?: Resolver<Maybe<ResolversTypes['EventData']>, ParentType, ContextType>;
  dataJson?: Resolver<Maybe<ResolversTypes['JSONObject']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  sequence?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['EventType']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventCauseResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EventCause'] = ResolversParentTypes['EventCause']> = {
  apiKeyId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  command?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  requestId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type EventConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EventConnection'] = ResolversParentTypes['EventConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['EventEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Event']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type EventDataResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EventData'] = ResolversParentTypes['EventData']> = {
  __resolveType?: TypeResolveFn<'ApiKeyExpiringEventData' | 'CampaignEventData' | 'CheckpointEventData' | 'ConfigurationEventData' | 'ConfigurationPlanEventData' | 'CustomerEventData' | 'JourneyCustomerEventData' | 'JourneyEventData' | 'OperationEventData' | 'PassEventData' | 'PointsEventData' | 'PointsExpiringEventData' | 'PredictionEventData' | 'RedemptionEventData' | 'RewardGrantEventData' | 'RewardStockEventData' | 'SegmentEventData' | 'SegmentMemberEventData' | 'TierGraceEventData' | 'TierRiskEventData' | 'TierTransitionEventData' | 'TransactionEventData' | 'WebhookDeliveryEventData' | 'WebhookEndpointEventData', ParentType, ContextType>;
};

export type EventEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EventEdge'] = ResolversParentTypes['EventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
};

export type EveryNthVisitTriggerResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['EveryNthVisitTrigger'] = ResolversParentTypes['EveryNthVisitTrigger']> = {
  visits?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ExpirationStepResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ExpirationStep'] = ResolversParentTypes['ExpirationStep']> = {
  expiration?: Resolver<ResolversTypes['TierExpiration'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['ExplanationOutcome'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['ExplanationRule'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExplanationStepResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ExplanationStep'] = ResolversParentTypes['ExplanationStep']> = {
  __resolveType?: TypeResolveFn<'DowngradeStep' | 'ExpirationStep' | 'GraceStep' | 'MeasureStep' | 'ThresholdStep' | 'TrackingStep', ParentType, ContextType>;
};

export type FixedDatesPointActivationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['FixedDatesPointActivation'] = ResolversParentTypes['FixedDatesPointActivation']> = {
  calendarDates?: Resolver<ReadonlyArray<ResolversTypes['CalendarDate']>, ParentType, ContextType>;
};

export type GracePeriodResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['GracePeriod'] = ResolversParentTypes['GracePeriod']> = {
  roundUp?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  unit?: Resolver<ResolversTypes['PeriodUnit'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type GraceStepResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['GraceStep'] = ResolversParentTypes['GraceStep']> = {
  graceEndsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['ExplanationOutcome'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['ExplanationRule'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface JsonObjectScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSONObject'], any> {
  name: 'JSONObject';
}

export type JourneyCustomerEventDataResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['JourneyCustomerEventData'] = ResolversParentTypes['JourneyCustomerEventData']> = {
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  journeyId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  journeyName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nodeId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type JourneyEventDataResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['JourneyEventData'] = ResolversParentTypes['JourneyEventData']> = {
  journeyId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  journeyName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LedgerEntryResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['LedgerEntry'] = ResolversParentTypes['LedgerEntry']> = {
  activatesAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  balanceAfter?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  card?: Resolver<ResolversTypes['Card'], ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  earnRuleVersion?: Resolver<Maybe<ResolversTypes['EarnRuleVersion']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  explanation?: Resolver<ReadonlyArray<ResolversTypes['LedgerStep']>, ParentType, ContextType>;
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  operation?: Resolver<Maybe<ResolversTypes['Operation']>, ParentType, ContextType>;
  pending?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tier?: Resolver<Maybe<ResolversTypes['Tier']>, ParentType, ContextType>;
  transaction?: Resolver<Maybe<ResolversTypes['Transaction']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['LedgerEntryType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LedgerEntryConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['LedgerEntryConnection'] = ResolversParentTypes['LedgerEntryConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['LedgerEntryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['LedgerEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type LedgerEntryEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['LedgerEntryEdge'] = ResolversParentTypes['LedgerEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['LedgerEntry'], ParentType, ContextType>;
};

export type LedgerStepResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['LedgerStep'] = ResolversParentTypes['LedgerStep']> = {
  __resolveType?: TypeResolveFn<'AdjustmentStep' | 'AllocationStep' | 'CorrectionStep' | 'EarnCapStep' | 'EarnRateStep' | 'EntryAwardStep' | 'PointActivationStep' | 'PointExpirationStep' | 'PointsExpiredStep' | 'RefundStep', ParentType, ContextType>;
};

export interface LocalDateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['LocalDate'], any> {
  name: 'LocalDate';
}

export type LotResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Lot'] = ResolversParentTypes['Lot']> = {
  earnedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  expiresOn?: Resolver<Maybe<ResolversTypes['LocalDate']>, ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  sliding?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type MeasureStepResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['MeasureStep'] = ResolversParentTypes['MeasureStep']> = {
  measure?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['ExplanationOutcome'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['ExplanationRule'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['TierStructureType'], ParentType, ContextType>;
  windowEndsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  windowStartsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MutationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  activityRecord: Resolver<ResolversTypes['ActivityRecordPayload'], ParentType, ContextType, RequireFields<MutationActivityRecordArgs, 'input'>>;
  apiKeyCreate: Resolver<ResolversTypes['ApiKeyCreatePayload'], ParentType, ContextType, RequireFields<MutationApiKeyCreateArgs, 'input'>>;
  apiKeyRevoke: Resolver<ResolversTypes['ApiKeyRevokePayload'], ParentType, ContextType, RequireFields<MutationApiKeyRevokeArgs, 'input'>>;
  apiKeyRotate: Resolver<ResolversTypes['ApiKeyRotatePayload'], ParentType, ContextType, RequireFields<MutationApiKeyRotateArgs, 'input'>>;
  cardDefinitionActivate: Resolver<ResolversTypes['CardDefinitionActivatePayload'], ParentType, ContextType, RequireFields<MutationCardDefinitionActivateArgs, 'input'>>;
  cardDefinitionCreate: Resolver<ResolversTypes['CardDefinitionCreatePayload'], ParentType, ContextType, RequireFields<MutationCardDefinitionCreateArgs, 'input'>>;
  cardDefinitionDeactivate: Resolver<ResolversTypes['CardDefinitionDeactivatePayload'], ParentType, ContextType, RequireFields<MutationCardDefinitionDeactivateArgs, 'input'>>;
  cardDefinitionDelete: Resolver<ResolversTypes['CardDefinitionDeletePayload'], ParentType, ContextType, RequireFields<MutationCardDefinitionDeleteArgs, 'input'>>;
  cardDefinitionDraft: Resolver<ResolversTypes['CardDefinitionDraftPayload'], ParentType, ContextType, RequireFields<MutationCardDefinitionDraftArgs, 'input'>>;
  cardDefinitionUpdate: Resolver<ResolversTypes['CardDefinitionUpdatePayload'], ParentType, ContextType, RequireFields<MutationCardDefinitionUpdateArgs, 'input'>>;
  configurationApply: Resolver<ResolversTypes['ConfigurationApplyPayload'], ParentType, ContextType, RequireFields<MutationConfigurationApplyArgs, 'input'>>;
  configurationPlan: Resolver<ResolversTypes['ConfigurationPlanPayload'], ParentType, ContextType, RequireFields<MutationConfigurationPlanArgs, 'input'>>;
  customerUpsert: Resolver<ResolversTypes['CustomerUpsertPayload'], ParentType, ContextType, RequireFields<MutationCustomerUpsertArgs, 'input'>>;
  earn: Resolver<ResolversTypes['EarnPayload'], ParentType, ContextType, RequireFields<MutationEarnArgs, 'input'>>;
  earnRuleCreate: Resolver<ResolversTypes['EarnRuleCreatePayload'], ParentType, ContextType, RequireFields<MutationEarnRuleCreateArgs, 'input'>>;
  earnRulePublish: Resolver<ResolversTypes['EarnRulePublishPayload'], ParentType, ContextType, RequireFields<MutationEarnRulePublishArgs, 'input'>>;
  earnRuleRetire: Resolver<ResolversTypes['EarnRuleRetirePayload'], ParentType, ContextType, RequireFields<MutationEarnRuleRetireArgs, 'input'>>;
  earnRuleUpdate: Resolver<ResolversTypes['EarnRuleUpdatePayload'], ParentType, ContextType, RequireFields<MutationEarnRuleUpdateArgs, 'input'>>;
  pointsAdjust: Resolver<ResolversTypes['PointsAdjustPayload'], ParentType, ContextType, RequireFields<MutationPointsAdjustArgs, 'input'>>;
  pointsTransfer: Resolver<ResolversTypes['PointsTransferPayload'], ParentType, ContextType, RequireFields<MutationPointsTransferArgs, 'input'>>;
  redemptionCancel: Resolver<ResolversTypes['RedemptionCancelPayload'], ParentType, ContextType, RequireFields<MutationRedemptionCancelArgs, 'input'>>;
  redemptionConfirm: Resolver<ResolversTypes['RedemptionConfirmPayload'], ParentType, ContextType, RequireFields<MutationRedemptionConfirmArgs, 'input'>>;
  refund: Resolver<ResolversTypes['RefundPayload'], ParentType, ContextType, RequireFields<MutationRefundArgs, 'input'>>;
  rewardActivate: Resolver<ResolversTypes['RewardActivatePayload'], ParentType, ContextType, RequireFields<MutationRewardActivateArgs, 'input'>>;
  rewardCreate: Resolver<ResolversTypes['RewardCreatePayload'], ParentType, ContextType, RequireFields<MutationRewardCreateArgs, 'input'>>;
  rewardDeactivate: Resolver<ResolversTypes['RewardDeactivatePayload'], ParentType, ContextType, RequireFields<MutationRewardDeactivateArgs, 'input'>>;
  rewardDelete: Resolver<ResolversTypes['RewardDeletePayload'], ParentType, ContextType, RequireFields<MutationRewardDeleteArgs, 'input'>>;
  rewardDraft: Resolver<ResolversTypes['RewardDraftPayload'], ParentType, ContextType, RequireFields<MutationRewardDraftArgs, 'input'>>;
  rewardRedeem: Resolver<ResolversTypes['RewardRedeemPayload'], ParentType, ContextType, RequireFields<MutationRewardRedeemArgs, 'input'>>;
  rewardStockAdjust: Resolver<ResolversTypes['RewardStockAdjustPayload'], ParentType, ContextType, RequireFields<MutationRewardStockAdjustArgs, 'input'>>;
  rewardUpdate: Resolver<ResolversTypes['RewardUpdatePayload'], ParentType, ContextType, RequireFields<MutationRewardUpdateArgs, 'input'>>;
  signingKeyRotate: Resolver<ResolversTypes['SigningKeyRotatePayload'], ParentType, ContextType, RequireFields<MutationSigningKeyRotateArgs, 'input'>>;
  spend: Resolver<ResolversTypes['SpendPayload'], ParentType, ContextType, RequireFields<MutationSpendArgs, 'input'>>;
  spendReverse: Resolver<ResolversTypes['SpendReversePayload'], ParentType, ContextType, RequireFields<MutationSpendReverseArgs, 'input'>>;
  tierCreate: Resolver<ResolversTypes['TierCreatePayload'], ParentType, ContextType, RequireFields<MutationTierCreateArgs, 'input'>>;
  tierDelete: Resolver<ResolversTypes['TierDeletePayload'], ParentType, ContextType, RequireFields<MutationTierDeleteArgs, 'input'>>;
  tierRulesPublish: Resolver<ResolversTypes['TierRulesPublishPayload'], ParentType, ContextType, RequireFields<MutationTierRulesPublishArgs, 'input'>>;
  tierStructureActivate: Resolver<ResolversTypes['TierStructureActivatePayload'], ParentType, ContextType, RequireFields<MutationTierStructureActivateArgs, 'input'>>;
  tierStructureCreate: Resolver<ResolversTypes['TierStructureCreatePayload'], ParentType, ContextType, RequireFields<MutationTierStructureCreateArgs, 'input'>>;
  tierStructureDeactivate: Resolver<ResolversTypes['TierStructureDeactivatePayload'], ParentType, ContextType, RequireFields<MutationTierStructureDeactivateArgs, 'input'>>;
  tierStructureDelete: Resolver<ResolversTypes['TierStructureDeletePayload'], ParentType, ContextType, RequireFields<MutationTierStructureDeleteArgs, 'input'>>;
  tierStructureDraft: Resolver<ResolversTypes['TierStructureDraftPayload'], ParentType, ContextType, RequireFields<MutationTierStructureDraftArgs, 'input'>>;
  tierStructurePublish: Resolver<ResolversTypes['TierStructurePublishPayload'], ParentType, ContextType, RequireFields<MutationTierStructurePublishArgs, 'input'>>;
  tierStructureRevise: Resolver<ResolversTypes['TierStructureRevisePayload'], ParentType, ContextType, RequireFields<MutationTierStructureReviseArgs, 'input'>>;
  tierStructureUpdate: Resolver<ResolversTypes['TierStructureUpdatePayload'], ParentType, ContextType, RequireFields<MutationTierStructureUpdateArgs, 'input'>>;
  tierUpdate: Resolver<ResolversTypes['TierUpdatePayload'], ParentType, ContextType, RequireFields<MutationTierUpdateArgs, 'input'>>;
  webhookDeliveryReplay: Resolver<ResolversTypes['WebhookDeliveryReplayPayload'], ParentType, ContextType, RequireFields<MutationWebhookDeliveryReplayArgs, 'input'>>;
  webhookEndpointCreate: Resolver<ResolversTypes['WebhookEndpointCreatePayload'], ParentType, ContextType, RequireFields<MutationWebhookEndpointCreateArgs, 'input'>>;
  webhookEndpointDelete: Resolver<ResolversTypes['WebhookEndpointDeletePayload'], ParentType, ContextType, RequireFields<MutationWebhookEndpointDeleteArgs, 'input'>>;
  webhookEndpointEnable: Resolver<ResolversTypes['WebhookEndpointEnablePayload'], ParentType, ContextType, RequireFields<MutationWebhookEndpointEnableArgs, 'input'>>;
  webhookEndpointPause: Resolver<ResolversTypes['WebhookEndpointPausePayload'], ParentType, ContextType, RequireFields<MutationWebhookEndpointPauseArgs, 'input'>>;
  webhookEndpointReplay: Resolver<ResolversTypes['WebhookEndpointReplayPayload'], ParentType, ContextType, RequireFields<MutationWebhookEndpointReplayArgs, 'input'>>;
  webhookEndpointSecretRotate: Resolver<ResolversTypes['WebhookEndpointSecretRotatePayload'], ParentType, ContextType, RequireFields<MutationWebhookEndpointSecretRotateArgs, 'input'>>;
  webhookEndpointTest: Resolver<ResolversTypes['WebhookEndpointTestPayload'], ParentType, ContextType, RequireFields<MutationWebhookEndpointTestArgs, 'input'>>;
  webhookEndpointUpdate: Resolver<ResolversTypes['WebhookEndpointUpdatePayload'], ParentType, ContextType, RequireFields<MutationWebhookEndpointUpdateArgs, 'input'>>;
  workspaceClockAdvance: Resolver<ResolversTypes['WorkspaceClockAdvancePayload'], ParentType, ContextType, RequireFields<MutationWorkspaceClockAdvanceArgs, 'input'>>;
  workspaceCreate: Resolver<ResolversTypes['WorkspaceCreatePayload'], ParentType, ContextType, RequireFields<MutationWorkspaceCreateArgs, 'input'>>;
  workspaceUpdate: Resolver<ResolversTypes['WorkspaceUpdatePayload'], ParentType, ContextType, RequireFields<MutationWorkspaceUpdateArgs, 'input'>>;
};

export type NodeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType?: TypeResolveFn<'Activity' | 'Adjustment' | 'ApiKey' | 'Card' | 'CardDefinition' | 'Customer' | 'CustomerActivity' | 'EarnRule' | 'EarnRuleVersion' | 'Event' | 'LedgerEntry' | 'Redemption' | 'RedemptionCancellation' | 'Refund' | 'Reward' | 'RewardGrant' | 'SigningKey' | 'Spend' | 'SpendReversal' | 'Tier' | 'TierStructure' | 'TierTransition' | 'Transaction' | 'Transfer' | 'WebhookDelivery' | 'WebhookEndpoint' | 'Workspace', ParentType, ContextType>;
};

export type OperationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Operation'] = ResolversParentTypes['Operation']> = {
  __resolveType?: TypeResolveFn<'Adjustment' | 'CustomerActivity' | 'Redemption' | 'RedemptionCancellation' | 'Refund' | 'Spend' | 'SpendReversal' | 'Transfer', ParentType, ContextType>;
};

export type OperationConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['OperationConnection'] = ResolversParentTypes['OperationConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['OperationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Operation']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type OperationEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['OperationEdge'] = ResolversParentTypes['OperationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Operation'], ParentType, ContextType>;
};

export type OperationEventDataResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['OperationEventData'] = ResolversParentTypes['OperationEventData']> = {
  activityType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  cardDefinitionId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  effectiveAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  metadata?: Resolver<Maybe<ResolversTypes['JSONObject']>, ParentType, ContextType>;
  operationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  operationReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  operationType?: Resolver<ResolversTypes['EventOperationType'], ParentType, ContextType>;
  otherCustomerId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  refundedAmount?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  refundedCurrency?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  spendId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  transactionId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PassEventDataResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PassEventData'] = ResolversParentTypes['PassEventData']> = {
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  passId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  platform?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PendingPointsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PendingPoints'] = ResolversParentTypes['PendingPoints']> = {
  activatesAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  earnedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresOn?: Resolver<Maybe<ResolversTypes['LocalDate']>, ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  transaction?: Resolver<ResolversTypes['Transaction'], ParentType, ContextType>;
};

export type PeriodResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Period'] = ResolversParentTypes['Period']> = {
  unit?: Resolver<ResolversTypes['PeriodUnit'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PeriodBasedPointActivationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PeriodBasedPointActivation'] = ResolversParentTypes['PeriodBasedPointActivation']> = {
  days?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PeriodCapResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PeriodCap'] = ResolversParentTypes['PeriodCap']> = {
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  unit?: Resolver<ResolversTypes['CapPeriod'], ParentType, ContextType>;
};

export type PointActivationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PointActivation'] = ResolversParentTypes['PointActivation']> = {
  fixedDates?: Resolver<Maybe<ResolversTypes['FixedDatesPointActivation']>, ParentType, ContextType>;
  periodBased?: Resolver<Maybe<ResolversTypes['PeriodBasedPointActivation']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['PointActivationType'], ParentType, ContextType>;
};

export type PointActivationStepResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PointActivationStep'] = ResolversParentTypes['PointActivationStep']> = {
  activatesAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  activation?: Resolver<ResolversTypes['PointActivation'], ParentType, ContextType>;
  cardDefinition?: Resolver<ResolversTypes['CardDefinition'], ParentType, ContextType>;
  earnedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['LedgerRule'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PointBalanceTriggerResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PointBalanceTrigger'] = ResolversParentTypes['PointBalanceTrigger']> = {
  cardDefinition?: Resolver<ResolversTypes['CardDefinition'], ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
};

export type PointEarnedResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PointEarned'] = ResolversParentTypes['PointEarned']> = {
  period?: Resolver<ResolversTypes['Period'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['PointEarnedType'], ParentType, ContextType>;
  window?: Resolver<ResolversTypes['TrackingWindow'], ParentType, ContextType>;
};

export type PointEarnedTriggerResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PointEarnedTrigger'] = ResolversParentTypes['PointEarnedTrigger']> = {
  cardDefinition?: Resolver<ResolversTypes['CardDefinition'], ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  unit?: Resolver<Maybe<ResolversTypes['CapPeriod']>, ParentType, ContextType>;
};

export type PointExpirationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PointExpiration'] = ResolversParentTypes['PointExpiration']> = {
  calendar?: Resolver<Maybe<ResolversTypes['CalendarPointExpiration']>, ParentType, ContextType>;
  rolling?: Resolver<Maybe<ResolversTypes['RollingPointExpiration']>, ParentType, ContextType>;
  sliding?: Resolver<Maybe<ResolversTypes['SlidingPointExpiration']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['PointExpirationType'], ParentType, ContextType>;
};

export type PointExpirationStepResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PointExpirationStep'] = ResolversParentTypes['PointExpirationStep']> = {
  cardDefinition?: Resolver<ResolversTypes['CardDefinition'], ParentType, ContextType>;
  countedFrom?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiration?: Resolver<ResolversTypes['PointExpiration'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  expiresOn?: Resolver<Maybe<ResolversTypes['LocalDate']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['LedgerRule'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['PointExpirationSource'], ParentType, ContextType>;
  sourceEarnRuleVersion?: Resolver<Maybe<ResolversTypes['EarnRuleVersion']>, ParentType, ContextType>;
  sourceTier?: Resolver<Maybe<ResolversTypes['Tier']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface PointsScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Points'], any> {
  name: 'Points';
}

export type PointsAdjustPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PointsAdjustPayload'] = ResolversParentTypes['PointsAdjustPayload']> = {
  adjustment?: Resolver<Maybe<ResolversTypes['Adjustment']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  duplicate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  ledgerEntries?: Resolver<ReadonlyArray<ResolversTypes['LedgerEntry']>, ParentType, ContextType>;
  tierTransitions?: Resolver<ReadonlyArray<ResolversTypes['TierTransition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['PointsAdjustUserError']>, ParentType, ContextType>;
};

export type PointsAdjustUserErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PointsAdjustUserError'] = ResolversParentTypes['PointsAdjustUserError']> = {
  available?: Resolver<Maybe<ResolversTypes['Points']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['PointsAdjustErrorCode'], ParentType, ContextType>;
  documentation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PointsEventDataResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PointsEventData'] = ResolversParentTypes['PointsEventData']> = {
  activatesAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  balanceAfter?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  cardDefinitionId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  cardId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  earnRuleVersionId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  effectiveAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  entryType?: Resolver<ResolversTypes['LedgerEntryType'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  ledgerEntryId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  operationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  pending?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  tierId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  transactionId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PointsExpiredStepResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PointsExpiredStep'] = ResolversParentTypes['PointsExpiredStep']> = {
  expiredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastDay?: Resolver<ResolversTypes['LocalDate'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['LedgerRule'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PointsExpiringEventDataResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PointsExpiringEventData'] = ResolversParentTypes['PointsExpiringEventData']> = {
  cardDefinitionId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  cardId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastDay?: Resolver<ResolversTypes['LocalDate'], ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PointsTransferPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PointsTransferPayload'] = ResolversParentTypes['PointsTransferPayload']> = {
  duplicate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  ledgerEntries?: Resolver<ReadonlyArray<ResolversTypes['LedgerEntry']>, ParentType, ContextType>;
  tierTransitions?: Resolver<ReadonlyArray<ResolversTypes['TierTransition']>, ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  transfer?: Resolver<Maybe<ResolversTypes['Transfer']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['PointsTransferUserError']>, ParentType, ContextType>;
};

export type PointsTransferUserErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PointsTransferUserError'] = ResolversParentTypes['PointsTransferUserError']> = {
  available?: Resolver<Maybe<ResolversTypes['Points']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['PointsTransferErrorCode'], ParentType, ContextType>;
  documentation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PredictionEventDataResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['PredictionEventData'] = ResolversParentTypes['PredictionEventData']> = {
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  previousValue?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QueryResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  activities: Resolver<ResolversTypes['ActivityConnection'], ParentType, ContextType, Partial<QueryActivitiesArgs>>;
  apiKeyUses: Resolver<ResolversTypes['ApiKeyUseConnection'], ParentType, ContextType, Partial<QueryApiKeyUsesArgs>>;
  apiKeys: Resolver<ResolversTypes['ApiKeyConnection'], ParentType, ContextType, Partial<QueryApiKeysArgs>>;
  cardDefinition: Resolver<Maybe<ResolversTypes['CardDefinition']>, ParentType, ContextType, RequireFields<QueryCardDefinitionArgs, 'id'>>;
  cardDefinitions: Resolver<ResolversTypes['CardDefinitionConnection'], ParentType, ContextType, Partial<QueryCardDefinitionsArgs>>;
  checkpoints: Resolver<ResolversTypes['CheckpointConnection'], ParentType, ContextType, Partial<QueryCheckpointsArgs>>;
  configurationExport: Resolver<ResolversTypes['ConfigurationExport'], ParentType, ContextType, RequireFields<QueryConfigurationExportArgs, 'format'>>;
  customer: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType, RequireFields<QueryCustomerArgs, 'by'>>;
  customers: Resolver<ResolversTypes['CustomerConnection'], ParentType, ContextType, Partial<QueryCustomersArgs>>;
  earnRule: Resolver<Maybe<ResolversTypes['EarnRule']>, ParentType, ContextType, RequireFields<QueryEarnRuleArgs, 'id'>>;
  earnRules: Resolver<ResolversTypes['EarnRuleConnection'], ParentType, ContextType, Partial<QueryEarnRulesArgs>>;
  events: Resolver<ResolversTypes['EventConnection'], ParentType, ContextType, Partial<QueryEventsArgs>>;
  node: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  rateLimit: Resolver<ResolversTypes['RateLimit'], ParentType, ContextType>;
  reward: Resolver<Maybe<ResolversTypes['Reward']>, ParentType, ContextType, RequireFields<QueryRewardArgs, 'id'>>;
  rewards: Resolver<ResolversTypes['RewardConnection'], ParentType, ContextType, Partial<QueryRewardsArgs>>;
  signingKeys: Resolver<ResolversTypes['SigningKeyConnection'], ParentType, ContextType, Partial<QuerySigningKeysArgs>>;
  tierStructure: Resolver<Maybe<ResolversTypes['TierStructure']>, ParentType, ContextType, RequireFields<QueryTierStructureArgs, 'id'>>;
  tierStructures: Resolver<ResolversTypes['TierStructureConnection'], ParentType, ContextType, Partial<QueryTierStructuresArgs>>;
  transaction: Resolver<Maybe<ResolversTypes['Transaction']>, ParentType, ContextType, RequireFields<QueryTransactionArgs, 'by'>>;
  verification: Resolver<Maybe<ResolversTypes['Verification']>, ParentType, ContextType, Partial<QueryVerificationArgs>>;
  webhookDeliveries: Resolver<ResolversTypes['WebhookDeliveryConnection'], ParentType, ContextType, Partial<QueryWebhookDeliveriesArgs>>;
  webhookDelivery: Resolver<Maybe<ResolversTypes['WebhookDelivery']>, ParentType, ContextType, RequireFields<QueryWebhookDeliveryArgs, 'id'>>;
  webhookEndpoint: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType, RequireFields<QueryWebhookEndpointArgs, 'id'>>;
  webhookEndpoints: Resolver<ResolversTypes['WebhookEndpointConnection'], ParentType, ContextType, Partial<QueryWebhookEndpointsArgs>>;
  workspace: Resolver<ResolversTypes['Workspace'], ParentType, ContextType>;
};

export type RateLimitResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RateLimit'] = ResolversParentTypes['RateLimit']> = {
  apiKey?: Resolver<Maybe<ResolversTypes['ApiKeyRateLimit']>, ParentType, ContextType>;
  ceiling?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cost?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  limit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  maximumCost?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  remaining?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  resetAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  restoreRate?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReceiptResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Receipt'] = ResolversParentTypes['Receipt']> = {
  locale?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ReceiptTemplateResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ReceiptTemplate'] = ResolversParentTypes['ReceiptTemplate']> = {
  locale?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  template?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RedemptionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Redemption'] = ResolversParentTypes['Redemption']> = {
  allocations?: Resolver<ReadonlyArray<ResolversTypes['Allocation']>, ParentType, ContextType>;
  cancelledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  cardDefinition?: Resolver<ResolversTypes['CardDefinition'], ParentType, ContextType>;
  confirmedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  grant?: Resolver<Maybe<ResolversTypes['RewardGrant']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  metadata?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  proofExpiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  receipt?: Resolver<Maybe<ResolversTypes['Receipt']>, ParentType, ContextType, Partial<RedemptionReceiptArgs>>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reward?: Resolver<ResolversTypes['Reward'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['RedemptionStatus'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RedemptionCancelPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RedemptionCancelPayload'] = ResolversParentTypes['RedemptionCancelPayload']> = {
  cancellation?: Resolver<Maybe<ResolversTypes['RedemptionCancellation']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  duplicate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  ledgerEntries?: Resolver<ReadonlyArray<ResolversTypes['LedgerEntry']>, ParentType, ContextType>;
  tierTransitions?: Resolver<ReadonlyArray<ResolversTypes['TierTransition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['RedemptionCancelUserError']>, ParentType, ContextType>;
};

export type RedemptionCancelUserErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RedemptionCancelUserError'] = ResolversParentTypes['RedemptionCancelUserError']> = {
  code?: Resolver<ResolversTypes['RedemptionCancelErrorCode'], ParentType, ContextType>;
  documentation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RedemptionCancellationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RedemptionCancellation'] = ResolversParentTypes['RedemptionCancellation']> = {
  available?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  cardDefinition?: Resolver<ResolversTypes['CardDefinition'], ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  expired?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  metadata?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  redemption?: Resolver<ResolversTypes['Redemption'], ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RedemptionConfirmPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RedemptionConfirmPayload'] = ResolversParentTypes['RedemptionConfirmPayload']> = {
  redemption?: Resolver<Maybe<ResolversTypes['Redemption']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['RedemptionConfirmUserError']>, ParentType, ContextType>;
};

export type RedemptionConfirmUserErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RedemptionConfirmUserError'] = ResolversParentTypes['RedemptionConfirmUserError']> = {
  code?: Resolver<ResolversTypes['RedemptionConfirmErrorCode'], ParentType, ContextType>;
  documentation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RedemptionConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RedemptionConnection'] = ResolversParentTypes['RedemptionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['RedemptionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Redemption']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type RedemptionEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RedemptionEdge'] = ResolversParentTypes['RedemptionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Redemption'], ParentType, ContextType>;
};

export type RedemptionEventDataResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RedemptionEventData'] = ResolversParentTypes['RedemptionEventData']> = {
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  redemptionId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  rewardId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RefundResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Refund'] = ResolversParentTypes['Refund']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  cancelledPendingPoints?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  deductions?: Resolver<ReadonlyArray<ResolversTypes['RefundDeduction']>, ParentType, ContextType>;
  expiredPoints?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['RefundLine']>, ParentType, ContextType>;
  metadata?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  revokedPoints?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  shortfall?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  transaction?: Resolver<ResolversTypes['Transaction'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RefundConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RefundConnection'] = ResolversParentTypes['RefundConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['RefundEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Refund']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type RefundDeductionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RefundDeduction'] = ResolversParentTypes['RefundDeduction']> = {
  cardDefinition?: Resolver<ResolversTypes['CardDefinition'], ParentType, ContextType>;
  earnRuleVersion?: Resolver<ResolversTypes['EarnRuleVersion'], ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
};

export type RefundEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RefundEdge'] = ResolversParentTypes['RefundEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Refund'], ParentType, ContextType>;
};

export type RefundLineResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RefundLine'] = ResolversParentTypes['RefundLine']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RefundPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RefundPayload'] = ResolversParentTypes['RefundPayload']> = {
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  duplicate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  ledgerEntries?: Resolver<ReadonlyArray<ResolversTypes['LedgerEntry']>, ParentType, ContextType>;
  refund?: Resolver<Maybe<ResolversTypes['Refund']>, ParentType, ContextType>;
  revokedGrants?: Resolver<ReadonlyArray<ResolversTypes['RewardGrant']>, ParentType, ContextType>;
  tierTransitions?: Resolver<ReadonlyArray<ResolversTypes['TierTransition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['RefundUserError']>, ParentType, ContextType>;
};

export type RefundStepResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RefundStep'] = ResolversParentTypes['RefundStep']> = {
  creditedPoints?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  deductedPoints?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  earnRuleVersion?: Resolver<ResolversTypes['EarnRuleVersion'], ParentType, ContextType>;
  keptPoints?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  netAmount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  refundPolicy?: Resolver<ResolversTypes['RefundPolicy'], ParentType, ContextType>;
  refundedAmount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['LedgerRule'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RefundUserErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RefundUserError'] = ResolversParentTypes['RefundUserError']> = {
  code?: Resolver<ResolversTypes['RefundErrorCode'], ParentType, ContextType>;
  documentation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RewardResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Reward'] = ResolversParentTypes['Reward']> = {
  activities?: Resolver<ResolversTypes['ActivityConnection'], ParentType, ContextType, Partial<RewardActivitiesArgs>>;
  cardDefinition?: Resolver<ResolversTypes['CardDefinition'], ParentType, ContextType>;
  condition?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  cost?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  defaultLocale?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  grantValidity?: Resolver<Maybe<ResolversTypes['Period']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  limits?: Resolver<ResolversTypes['RewardLimits'], ParentType, ContextType>;
  metadata?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  proofValidMinutes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  receipts?: Resolver<ReadonlyArray<ResolversTypes['ReceiptTemplate']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ConfigurationStatus'], ParentType, ContextType>;
  stock?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  tiers?: Resolver<ReadonlyArray<ResolversTypes['Tier']>, ParentType, ContextType>;
  trigger?: Resolver<Maybe<ResolversTypes['RewardTrigger']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  validFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  validUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RewardActivatePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RewardActivatePayload'] = ResolversParentTypes['RewardActivatePayload']> = {
  reward?: Resolver<Maybe<ResolversTypes['Reward']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['RewardUserError']>, ParentType, ContextType>;
};

export type RewardConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RewardConnection'] = ResolversParentTypes['RewardConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['RewardEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Reward']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type RewardCreatePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RewardCreatePayload'] = ResolversParentTypes['RewardCreatePayload']> = {
  reward?: Resolver<Maybe<ResolversTypes['Reward']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['RewardUserError']>, ParentType, ContextType>;
};

export type RewardDeactivatePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RewardDeactivatePayload'] = ResolversParentTypes['RewardDeactivatePayload']> = {
  reward?: Resolver<Maybe<ResolversTypes['Reward']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['RewardUserError']>, ParentType, ContextType>;
};

export type RewardDeletePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RewardDeletePayload'] = ResolversParentTypes['RewardDeletePayload']> = {
  reward?: Resolver<Maybe<ResolversTypes['Reward']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['RewardUserError']>, ParentType, ContextType>;
};

export type RewardDraftPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RewardDraftPayload'] = ResolversParentTypes['RewardDraftPayload']> = {
  reward?: Resolver<Maybe<ResolversTypes['Reward']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['RewardUserError']>, ParentType, ContextType>;
};

export type RewardEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RewardEdge'] = ResolversParentTypes['RewardEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Reward'], ParentType, ContextType>;
};

export type RewardGrantResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RewardGrant'] = ResolversParentTypes['RewardGrant']> = {
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  grantedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  redemption?: Resolver<Maybe<ResolversTypes['Redemption']>, ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  reward?: Resolver<ResolversTypes['Reward'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['RewardGrantStatus'], ParentType, ContextType>;
  transaction?: Resolver<Maybe<ResolversTypes['Transaction']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RewardGrantConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RewardGrantConnection'] = ResolversParentTypes['RewardGrantConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['RewardGrantEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['RewardGrant']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type RewardGrantEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RewardGrantEdge'] = ResolversParentTypes['RewardGrantEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['RewardGrant'], ParentType, ContextType>;
};

export type RewardGrantEventDataResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RewardGrantEventData'] = ResolversParentTypes['RewardGrantEventData']> = {
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  rewardGrantId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  rewardId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RewardLimitsResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RewardLimits'] = ResolversParentTypes['RewardLimits']> = {
  perMember?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  perPeriod?: Resolver<ReadonlyArray<ResolversTypes['RewardPeriodLimit']>, ParentType, ContextType>;
};

export type RewardObstacleResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RewardObstacle'] = ResolversParentTypes['RewardObstacle']> = {
  available?: Resolver<Maybe<ResolversTypes['Points']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['RewardRedeemErrorCode'], ParentType, ContextType>;
  limit?: Resolver<Maybe<ResolversTypes['RewardLimitScope']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RewardOfferResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RewardOffer'] = ResolversParentTypes['RewardOffer']> = {
  grant?: Resolver<Maybe<ResolversTypes['RewardGrant']>, ParentType, ContextType>;
  obstacles?: Resolver<ReadonlyArray<ResolversTypes['RewardObstacle']>, ParentType, ContextType>;
  redeemable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  reward?: Resolver<ResolversTypes['Reward'], ParentType, ContextType>;
};

export type RewardPeriodLimitResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RewardPeriodLimit'] = ResolversParentTypes['RewardPeriodLimit']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unit?: Resolver<ResolversTypes['CapPeriod'], ParentType, ContextType>;
};

export type RewardRedeemPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RewardRedeemPayload'] = ResolversParentTypes['RewardRedeemPayload']> = {
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  duplicate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  ledgerEntries?: Resolver<ReadonlyArray<ResolversTypes['LedgerEntry']>, ParentType, ContextType>;
  proof?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  receipt?: Resolver<Maybe<ResolversTypes['Receipt']>, ParentType, ContextType>;
  redemption?: Resolver<Maybe<ResolversTypes['Redemption']>, ParentType, ContextType>;
  tierTransitions?: Resolver<ReadonlyArray<ResolversTypes['TierTransition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['RewardRedeemUserError']>, ParentType, ContextType>;
};

export type RewardRedeemUserErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RewardRedeemUserError'] = ResolversParentTypes['RewardRedeemUserError']> = {
  available?: Resolver<Maybe<ResolversTypes['Points']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['RewardRedeemErrorCode'], ParentType, ContextType>;
  documentation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  limit?: Resolver<Maybe<ResolversTypes['RewardLimitScope']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RewardStockAdjustPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RewardStockAdjustPayload'] = ResolversParentTypes['RewardStockAdjustPayload']> = {
  reward?: Resolver<Maybe<ResolversTypes['Reward']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['RewardUserError']>, ParentType, ContextType>;
};

export type RewardStockEventDataResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RewardStockEventData'] = ResolversParentTypes['RewardStockEventData']> = {
  rewardId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  rewardName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  stock?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RewardTriggerResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RewardTrigger'] = ResolversParentTypes['RewardTrigger']> = {
  everyNthVisit?: Resolver<Maybe<ResolversTypes['EveryNthVisitTrigger']>, ParentType, ContextType>;
  pointBalance?: Resolver<Maybe<ResolversTypes['PointBalanceTrigger']>, ParentType, ContextType>;
  pointEarned?: Resolver<Maybe<ResolversTypes['PointEarnedTrigger']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['RewardTriggerType'], ParentType, ContextType>;
};

export type RewardUpdatePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RewardUpdatePayload'] = ResolversParentTypes['RewardUpdatePayload']> = {
  reward?: Resolver<Maybe<ResolversTypes['Reward']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['RewardUserError']>, ParentType, ContextType>;
};

export type RewardUserErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RewardUserError'] = ResolversParentTypes['RewardUserError']> = {
  code?: Resolver<ResolversTypes['RewardErrorCode'], ParentType, ContextType>;
  documentation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RollingPointExpirationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RollingPointExpiration'] = ResolversParentTypes['RollingPointExpiration']> = {
  period?: Resolver<ResolversTypes['Period'], ParentType, ContextType>;
  rounding?: Resolver<Maybe<ResolversTypes['ExpirationRounding']>, ParentType, ContextType>;
  roundingMonth?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type RollingTierExpirationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['RollingTierExpiration'] = ResolversParentTypes['RollingTierExpiration']> = {
  period?: Resolver<ResolversTypes['Period'], ParentType, ContextType>;
};

export type SegmentEventDataResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SegmentEventData'] = ResolversParentTypes['SegmentEventData']> = {
  memberCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  segmentId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  segmentName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SegmentMemberEventDataResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SegmentMemberEventData'] = ResolversParentTypes['SegmentMemberEventData']> = {
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  segmentId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  segmentName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SigningKeyResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SigningKey'] = ResolversParentTypes['SigningKey']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  publicJwk?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  retiredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SigningKeyConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SigningKeyConnection'] = ResolversParentTypes['SigningKeyConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SigningKeyEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['SigningKey']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SigningKeyEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SigningKeyEdge'] = ResolversParentTypes['SigningKeyEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SigningKey'], ParentType, ContextType>;
};

export type SigningKeyRotatePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SigningKeyRotatePayload'] = ResolversParentTypes['SigningKeyRotatePayload']> = {
  replacedSigningKey?: Resolver<Maybe<ResolversTypes['SigningKey']>, ParentType, ContextType>;
  signingKey?: Resolver<Maybe<ResolversTypes['SigningKey']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['SigningKeyUserError']>, ParentType, ContextType>;
};

export type SigningKeyUserErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SigningKeyUserError'] = ResolversParentTypes['SigningKeyUserError']> = {
  code?: Resolver<ResolversTypes['SigningKeyErrorCode'], ParentType, ContextType>;
  documentation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SimulatedFlowResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SimulatedFlow'] = ResolversParentTypes['SimulatedFlow']> = {
  from?: Resolver<Maybe<ResolversTypes['TierRevision']>, ParentType, ContextType>;
  members?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  samples?: Resolver<ReadonlyArray<ResolversTypes['Customer']>, ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['TierRevision']>, ParentType, ContextType>;
};

export type SimulatedTierResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SimulatedTier'] = ResolversParentTypes['SimulatedTier']> = {
  membersAfter?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  membersBefore?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tier?: Resolver<Maybe<ResolversTypes['TierRevision']>, ParentType, ContextType>;
};

export type SimulationProgressResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SimulationProgress'] = ResolversParentTypes['SimulationProgress']> = {
  membersDone?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  membersTotal?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SlidingPointExpirationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SlidingPointExpiration'] = ResolversParentTypes['SlidingPointExpiration']> = {
  customActivity?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  customActivityTypes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  earningActivity?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  period?: Resolver<ResolversTypes['Period'], ParentType, ContextType>;
  spendingActivity?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type SlidingTierExpirationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SlidingTierExpiration'] = ResolversParentTypes['SlidingTierExpiration']> = {
  customActivity?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  customActivityTypes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  earningActivity?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  period?: Resolver<ResolversTypes['Period'], ParentType, ContextType>;
  spendingActivity?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type SpendResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Spend'] = ResolversParentTypes['Spend']> = {
  allocations?: Resolver<ReadonlyArray<ResolversTypes['Allocation']>, ParentType, ContextType>;
  cardDefinition?: Resolver<ResolversTypes['CardDefinition'], ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  metadata?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reversals?: Resolver<ResolversTypes['SpendReversalConnection'], ParentType, ContextType, Partial<SpendReversalsArgs>>;
  reversedPoints?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SpendPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SpendPayload'] = ResolversParentTypes['SpendPayload']> = {
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  duplicate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  ledgerEntries?: Resolver<ReadonlyArray<ResolversTypes['LedgerEntry']>, ParentType, ContextType>;
  spend?: Resolver<Maybe<ResolversTypes['Spend']>, ParentType, ContextType>;
  tierTransitions?: Resolver<ReadonlyArray<ResolversTypes['TierTransition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['SpendUserError']>, ParentType, ContextType>;
};

export type SpendReversalResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SpendReversal'] = ResolversParentTypes['SpendReversal']> = {
  available?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  cardDefinition?: Resolver<ResolversTypes['CardDefinition'], ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  expired?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  metadata?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  spend?: Resolver<ResolversTypes['Spend'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SpendReversalConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SpendReversalConnection'] = ResolversParentTypes['SpendReversalConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SpendReversalEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['SpendReversal']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SpendReversalEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SpendReversalEdge'] = ResolversParentTypes['SpendReversalEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SpendReversal'], ParentType, ContextType>;
};

export type SpendReversePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SpendReversePayload'] = ResolversParentTypes['SpendReversePayload']> = {
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  duplicate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  ledgerEntries?: Resolver<ReadonlyArray<ResolversTypes['LedgerEntry']>, ParentType, ContextType>;
  spendReversal?: Resolver<Maybe<ResolversTypes['SpendReversal']>, ParentType, ContextType>;
  tierTransitions?: Resolver<ReadonlyArray<ResolversTypes['TierTransition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['SpendReverseUserError']>, ParentType, ContextType>;
};

export type SpendReverseUserErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SpendReverseUserError'] = ResolversParentTypes['SpendReverseUserError']> = {
  code?: Resolver<ResolversTypes['SpendReverseErrorCode'], ParentType, ContextType>;
  documentation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SpendUserErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SpendUserError'] = ResolversParentTypes['SpendUserError']> = {
  available?: Resolver<Maybe<ResolversTypes['Points']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['SpendErrorCode'], ParentType, ContextType>;
  documentation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  events: SubscriptionResolver<ResolversTypes['Event'], "events", ParentType, ContextType, Partial<SubscriptionEventsArgs>>;
  tierStructureSimulate: SubscriptionResolver<ResolversTypes['TierStructureSimulatePayload'], "tierStructureSimulate", ParentType, ContextType, RequireFields<SubscriptionTierStructureSimulateArgs, 'input' | 'rollout' | 'samples'>>;
};

export type ThresholdStepResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ThresholdStep'] = ResolversParentTypes['ThresholdStep']> = {
  heldTier?: Resolver<Maybe<ResolversTypes['Tier']>, ParentType, ContextType>;
  measure?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['ExplanationOutcome'], ParentType, ContextType>;
  qualifyingTier?: Resolver<Maybe<ResolversTypes['Tier']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['ExplanationRule'], ParentType, ContextType>;
  thresholds?: Resolver<ReadonlyArray<ResolversTypes['TierRevision']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TierResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Tier'] = ResolversParentTypes['Tier']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  entryAward?: Resolver<Maybe<ResolversTypes['EntryAward']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  maxPoints?: Resolver<Maybe<ResolversTypes['Points']>, ParentType, ContextType>;
  metadata?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  minPoints?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  noDowngrade?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  origin?: Resolver<Maybe<ResolversTypes['Tier']>, ParentType, ContextType>;
  originId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  pointExpiration?: Resolver<Maybe<ResolversTypes['PointExpiration']>, ParentType, ContextType>;
  removedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  tierStructure?: Resolver<ResolversTypes['TierStructure'], ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TierCreatePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierCreatePayload'] = ResolversParentTypes['TierCreatePayload']> = {
  tier?: Resolver<Maybe<ResolversTypes['Tier']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['TierStructureUserError']>, ParentType, ContextType>;
};

export type TierDeletePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierDeletePayload'] = ResolversParentTypes['TierDeletePayload']> = {
  deletedTierId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  tierStructure?: Resolver<Maybe<ResolversTypes['TierStructure']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['TierStructureUserError']>, ParentType, ContextType>;
};

export type TierDowngradeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierDowngrade'] = ResolversParentTypes['TierDowngrade']> = {
  gracePeriod?: Resolver<Maybe<ResolversTypes['GracePeriod']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['TierDowngradeType'], ParentType, ContextType>;
};

export type TierExpirationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierExpiration'] = ResolversParentTypes['TierExpiration']> = {
  calendarExpiration?: Resolver<Maybe<ResolversTypes['CalendarTierExpiration']>, ParentType, ContextType>;
  rollingExpiration?: Resolver<Maybe<ResolversTypes['RollingTierExpiration']>, ParentType, ContextType>;
  slidingExpiration?: Resolver<Maybe<ResolversTypes['SlidingTierExpiration']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['TierExpirationType'], ParentType, ContextType>;
};

export type TierExplanationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierExplanation'] = ResolversParentTypes['TierExplanation']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  judgementCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  judgements?: Resolver<ReadonlyArray<ResolversTypes['TierJudgement']>, ParentType, ContextType, RequireFields<TierExplanationJudgementsArgs, 'last'>>;
  tier?: Resolver<Maybe<ResolversTypes['Tier']>, ParentType, ContextType>;
  tierStructure?: Resolver<ResolversTypes['TierStructure'], ParentType, ContextType>;
};

export type TierGraceEventDataResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierGraceEventData'] = ResolversParentTypes['TierGraceEventData']> = {
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  graceEndsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  heldTier?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  heldTierId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  tierStructureId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TierJudgementResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierJudgement'] = ResolversParentTypes['TierJudgement']> = {
  measure?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['TierTransitionReason'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['TierStructureRevision'], ParentType, ContextType>;
  steps?: Resolver<ReadonlyArray<ResolversTypes['ExplanationStep']>, ParentType, ContextType>;
  tierAfter?: Resolver<Maybe<ResolversTypes['Tier']>, ParentType, ContextType>;
  tierBefore?: Resolver<Maybe<ResolversTypes['Tier']>, ParentType, ContextType>;
  transition?: Resolver<Maybe<ResolversTypes['TierTransitionType']>, ParentType, ContextType>;
  windowEndsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  windowStartsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type TierMembershipResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierMembership'] = ResolversParentTypes['TierMembership']> = {
  deferred?: Resolver<Maybe<ResolversTypes['DeferredTier']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  graceEndsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  measure?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  opportunities?: Resolver<ReadonlyArray<ResolversTypes['TierOpportunity']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  risk?: Resolver<Maybe<ResolversTypes['TierRisk']>, ParentType, ContextType>;
  since?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  tier?: Resolver<Maybe<ResolversTypes['Tier']>, ParentType, ContextType>;
  tierStructure?: Resolver<ResolversTypes['TierStructure'], ParentType, ContextType>;
  windowEndsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  windowStartsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type TierMultiplierResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierMultiplier'] = ResolversParentTypes['TierMultiplier']> = {
  multiplier?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  tierId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type TierOpportunityResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierOpportunity'] = ResolversParentTypes['TierOpportunity']> = {
  missingPoints?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['Tier'], ParentType, ContextType>;
  validUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type TierRevisionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierRevision'] = ResolversParentTypes['TierRevision']> = {
  entryAward?: Resolver<Maybe<ResolversTypes['EntryAward']>, ParentType, ContextType>;
  maxPoints?: Resolver<Maybe<ResolversTypes['Points']>, ParentType, ContextType>;
  minPoints?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  noDowngrade?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  pointExpiration?: Resolver<Maybe<ResolversTypes['PointExpiration']>, ParentType, ContextType>;
  tierId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type TierRiskResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierRisk'] = ResolversParentTypes['TierRisk']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  fromTier?: Resolver<ResolversTypes['Tier'], ParentType, ContextType>;
  on?: Resolver<ResolversTypes['LocalDate'], ParentType, ContextType>;
  pointsToStay?: Resolver<Maybe<ResolversTypes['Points']>, ParentType, ContextType>;
  toTier?: Resolver<Maybe<ResolversTypes['Tier']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['TierRiskType'], ParentType, ContextType>;
  windowEndsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  windowStartsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type TierRiskEventDataResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierRiskEventData'] = ResolversParentTypes['TierRiskEventData']> = {
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  effectiveAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  fromTier?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  fromTierId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  lastDay?: Resolver<ResolversTypes['LocalDate'], ParentType, ContextType>;
  pointsToStay?: Resolver<Maybe<ResolversTypes['Points']>, ParentType, ContextType>;
  tierStructureId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  toTier?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  toTierId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TierRulesPublishPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierRulesPublishPayload'] = ResolversParentTypes['TierRulesPublishPayload']> = {
  tierStructure?: Resolver<Maybe<ResolversTypes['TierStructure']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['TierStructureUserError']>, ParentType, ContextType>;
};

export type TierStructureResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierStructure'] = ResolversParentTypes['TierStructure']> = {
  activities?: Resolver<ResolversTypes['ActivityConnection'], ParentType, ContextType, Partial<TierStructureActivitiesArgs>>;
  cardDefinition?: Resolver<Maybe<ResolversTypes['CardDefinition']>, ParentType, ContextType>;
  cardDefinitionId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  downgrade?: Resolver<ResolversTypes['TierDowngrade'], ParentType, ContextType>;
  draftOf?: Resolver<Maybe<ResolversTypes['TierStructure']>, ParentType, ContextType>;
  effectiveAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  entryAwardOnRefund?: Resolver<ResolversTypes['EntryAwardOnRefund'], ParentType, ContextType>;
  entryAwardScope?: Resolver<ResolversTypes['EntryAwardScope'], ParentType, ContextType>;
  expiration?: Resolver<ResolversTypes['TierExpiration'], ParentType, ContextType>;
  formerRevisions?: Resolver<ReadonlyArray<ResolversTypes['TierStructureRevision']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  metadata?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pointEarned?: Resolver<Maybe<ResolversTypes['PointEarned']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['TierStructureRevision'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ConfigurationStatus'], ParentType, ContextType>;
  tiers?: Resolver<ReadonlyArray<ResolversTypes['Tier']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['TierStructureType'], ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TierStructureActivatePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierStructureActivatePayload'] = ResolversParentTypes['TierStructureActivatePayload']> = {
  tierStructure?: Resolver<Maybe<ResolversTypes['TierStructure']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['TierStructureUserError']>, ParentType, ContextType>;
};

export type TierStructureConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierStructureConnection'] = ResolversParentTypes['TierStructureConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TierStructureEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['TierStructure']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TierStructureCreatePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierStructureCreatePayload'] = ResolversParentTypes['TierStructureCreatePayload']> = {
  tierStructure?: Resolver<Maybe<ResolversTypes['TierStructure']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['TierStructureUserError']>, ParentType, ContextType>;
};

export type TierStructureDeactivatePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierStructureDeactivatePayload'] = ResolversParentTypes['TierStructureDeactivatePayload']> = {
  tierStructure?: Resolver<Maybe<ResolversTypes['TierStructure']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['TierStructureUserError']>, ParentType, ContextType>;
};

export type TierStructureDeletePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierStructureDeletePayload'] = ResolversParentTypes['TierStructureDeletePayload']> = {
  tierStructure?: Resolver<Maybe<ResolversTypes['TierStructure']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['TierStructureUserError']>, ParentType, ContextType>;
};

export type TierStructureDraftPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierStructureDraftPayload'] = ResolversParentTypes['TierStructureDraftPayload']> = {
  tierStructure?: Resolver<Maybe<ResolversTypes['TierStructure']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['TierStructureUserError']>, ParentType, ContextType>;
};

export type TierStructureEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierStructureEdge'] = ResolversParentTypes['TierStructureEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TierStructure'], ParentType, ContextType>;
};

export type TierStructurePublishPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierStructurePublishPayload'] = ResolversParentTypes['TierStructurePublishPayload']> = {
  tierStructure?: Resolver<Maybe<ResolversTypes['TierStructure']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['TierStructureUserError']>, ParentType, ContextType>;
};

export type TierStructureRevisePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierStructureRevisePayload'] = ResolversParentTypes['TierStructureRevisePayload']> = {
  tierStructure?: Resolver<Maybe<ResolversTypes['TierStructure']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['TierStructureUserError']>, ParentType, ContextType>;
};

export type TierStructureRevisionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierStructureRevision'] = ResolversParentTypes['TierStructureRevision']> = {
  cardDefinition?: Resolver<Maybe<ResolversTypes['CardDefinition']>, ParentType, ContextType>;
  cardDefinitionId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  downgrade?: Resolver<ResolversTypes['TierDowngrade'], ParentType, ContextType>;
  effectiveAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  entryAwardOnRefund?: Resolver<ResolversTypes['EntryAwardOnRefund'], ParentType, ContextType>;
  entryAwardScope?: Resolver<ResolversTypes['EntryAwardScope'], ParentType, ContextType>;
  expiration?: Resolver<ResolversTypes['TierExpiration'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pointEarned?: Resolver<Maybe<ResolversTypes['PointEarned']>, ParentType, ContextType>;
  rollout?: Resolver<ResolversTypes['TierStructureRollout'], ParentType, ContextType>;
  tiers?: Resolver<ReadonlyArray<ResolversTypes['TierRevision']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['TierStructureType'], ParentType, ContextType>;
};

export type TierStructureSimulatePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierStructureSimulatePayload'] = ResolversParentTypes['TierStructureSimulatePayload']> = {
  progress?: Resolver<Maybe<ResolversTypes['SimulationProgress']>, ParentType, ContextType>;
  simulation?: Resolver<Maybe<ResolversTypes['TierStructureSimulation']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['TierStructureUserError']>, ParentType, ContextType>;
};

export type TierStructureSimulationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierStructureSimulation'] = ResolversParentTypes['TierStructureSimulation']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  flows?: Resolver<ReadonlyArray<ResolversTypes['SimulatedFlow']>, ParentType, ContextType>;
  members?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  membersMoved?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rollout?: Resolver<ResolversTypes['TierStructureRollout'], ParentType, ContextType>;
  tiers?: Resolver<ReadonlyArray<ResolversTypes['SimulatedTier']>, ParentType, ContextType>;
};

export type TierStructureUpdatePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierStructureUpdatePayload'] = ResolversParentTypes['TierStructureUpdatePayload']> = {
  tierStructure?: Resolver<Maybe<ResolversTypes['TierStructure']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['TierStructureUserError']>, ParentType, ContextType>;
};

export type TierStructureUserErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierStructureUserError'] = ResolversParentTypes['TierStructureUserError']> = {
  code?: Resolver<ResolversTypes['TierStructureErrorCode'], ParentType, ContextType>;
  documentation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TierTransitionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierTransition'] = ResolversParentTypes['TierTransition']> = {
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  fromTier?: Resolver<Maybe<ResolversTypes['Tier']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  late?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  measure?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['TierTransitionReason'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  retraction?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  tierStructure?: Resolver<ResolversTypes['TierStructure'], ParentType, ContextType>;
  toTier?: Resolver<Maybe<ResolversTypes['Tier']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['TierTransitionType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TierTransitionConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierTransitionConnection'] = ResolversParentTypes['TierTransitionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TierTransitionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['TierTransition']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TierTransitionEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierTransitionEdge'] = ResolversParentTypes['TierTransitionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TierTransition'], ParentType, ContextType>;
};

export type TierTransitionEventDataResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierTransitionEventData'] = ResolversParentTypes['TierTransitionEventData']> = {
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  effectiveAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  fromTier?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  fromTierId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  late?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  measure?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  operationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['TierTransitionReason'], ParentType, ContextType>;
  retraction?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  tierStructureId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  tierTransitionId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  toTier?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  toTierId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  transactionId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TierUpdatePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TierUpdatePayload'] = ResolversParentTypes['TierUpdatePayload']> = {
  tier?: Resolver<Maybe<ResolversTypes['Tier']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['TierStructureUserError']>, ParentType, ContextType>;
};

export type TrackingStepResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TrackingStep'] = ResolversParentTypes['TrackingStep']> = {
  effectiveAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['ExplanationOutcome'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['ExplanationRule'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TransactionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Transaction'] = ResolversParentTypes['Transaction']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  awards?: Resolver<ReadonlyArray<ResolversTypes['Award']>, ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['TransactionLine']>, ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  refunds?: Resolver<ResolversTypes['RefundConnection'], ParentType, ContextType, Partial<TransactionRefundsArgs>>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TransactionEventDataResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TransactionEventData'] = ResolversParentTypes['TransactionEventData']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  effectiveAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  transactionId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TransactionLineResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['TransactionLine'] = ResolversParentTypes['TransactionLine']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sku?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TransferResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Transfer'] = ResolversParentTypes['Transfer']> = {
  allocations?: Resolver<ReadonlyArray<ResolversTypes['Allocation']>, ParentType, ContextType>;
  cardDefinition?: Resolver<ResolversTypes['CardDefinition'], ParentType, ContextType>;
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  metadata?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Points'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType?: TypeResolveFn<'ActivityRecordUserError' | 'ApiKeyUserError' | 'CardDefinitionUserError' | 'ConfigurationUserError' | 'CustomerUpsertUserError' | 'EarnRuleUserError' | 'EarnUserError' | 'PointsAdjustUserError' | 'PointsTransferUserError' | 'RedemptionCancelUserError' | 'RedemptionConfirmUserError' | 'RefundUserError' | 'RewardRedeemUserError' | 'RewardUserError' | 'SigningKeyUserError' | 'SpendReverseUserError' | 'SpendUserError' | 'TierStructureUserError' | 'WebhookUserError' | 'WorkspaceUserError', ParentType, ContextType>;
};

export type VerificationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Verification'] = ResolversParentTypes['Verification']> = {
  customerCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  difference?: Resolver<Maybe<ResolversTypes['VerificationDifference']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  entryCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type VerificationDifferenceResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['VerificationDifference'] = ResolversParentTypes['VerificationDifference']> = {
  cardId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  expected?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  found?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['VerificationDifferenceKind'], ParentType, ContextType>;
  redemptionId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  rewardGrantId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  rewardId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  sequence?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  tierStructureId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type WebhookAttemptResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WebhookAttempt'] = ResolversParentTypes['WebhookAttempt']> = {
  error?: Resolver<Maybe<ResolversTypes['WebhookAttemptError']>, ParentType, ContextType>;
  latencyMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  responseStart?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  statusCode?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type WebhookAttemptConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WebhookAttemptConnection'] = ResolversParentTypes['WebhookAttemptConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['WebhookAttemptEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['WebhookAttempt']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type WebhookAttemptEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WebhookAttemptEdge'] = ResolversParentTypes['WebhookAttemptEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['WebhookAttempt'], ParentType, ContextType>;
};

export type WebhookDeliveryResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WebhookDelivery'] = ResolversParentTypes['WebhookDelivery']> = {
  attemptCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes['WebhookAttemptConnection'], ParentType, ContextType, Partial<WebhookDeliveryAttemptsArgs>>;
  completedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  eventId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  eventType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastError?: Resolver<Maybe<ResolversTypes['WebhookAttemptError']>, ParentType, ContextType>;
  lastStatusCode?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  nextAttemptAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  replayedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['WebhookDeliveryStatus'], ParentType, ContextType>;
  test?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  webhookEndpoint?: Resolver<ResolversTypes['WebhookEndpoint'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WebhookDeliveryConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WebhookDeliveryConnection'] = ResolversParentTypes['WebhookDeliveryConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['WebhookDeliveryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['WebhookDelivery']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type WebhookDeliveryEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WebhookDeliveryEdge'] = ResolversParentTypes['WebhookDeliveryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['WebhookDelivery'], ParentType, ContextType>;
};

export type WebhookDeliveryEventDataResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WebhookDeliveryEventData'] = ResolversParentTypes['WebhookDeliveryEventData']> = {
  attemptCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  eventId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  webhookEndpointId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WebhookDeliveryReplayPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WebhookDeliveryReplayPayload'] = ResolversParentTypes['WebhookDeliveryReplayPayload']> = {
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['WebhookUserError']>, ParentType, ContextType>;
  webhookDelivery?: Resolver<Maybe<ResolversTypes['WebhookDelivery']>, ParentType, ContextType>;
};

export type WebhookEndpointResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WebhookEndpoint'] = ResolversParentTypes['WebhookEndpoint']> = {
  activities?: Resolver<ResolversTypes['ActivityConnection'], ParentType, ContextType, Partial<WebhookEndpointActivitiesArgs>>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  customHeaderNames?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  eventTypes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  filter?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  health?: Resolver<ResolversTypes['WebhookEndpointHealth'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  metadata?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  ordered?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  previousSecretExpiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  ratePerSecond?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  secretCreatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['WebhookEndpointStatus'], ParentType, ContextType>;
  statusChangedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  statusReason?: Resolver<Maybe<ResolversTypes['WebhookEndpointStatusReason']>, ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WebhookEndpointConnectionResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WebhookEndpointConnection'] = ResolversParentTypes['WebhookEndpointConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['WebhookEndpointEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type WebhookEndpointCreatePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WebhookEndpointCreatePayload'] = ResolversParentTypes['WebhookEndpointCreatePayload']> = {
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['WebhookUserError']>, ParentType, ContextType>;
  webhookEndpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
};

export type WebhookEndpointDeletePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WebhookEndpointDeletePayload'] = ResolversParentTypes['WebhookEndpointDeletePayload']> = {
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['WebhookUserError']>, ParentType, ContextType>;
  webhookEndpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
};

export type WebhookEndpointEdgeResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WebhookEndpointEdge'] = ResolversParentTypes['WebhookEndpointEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['WebhookEndpoint'], ParentType, ContextType>;
};

export type WebhookEndpointEnablePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WebhookEndpointEnablePayload'] = ResolversParentTypes['WebhookEndpointEnablePayload']> = {
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['WebhookUserError']>, ParentType, ContextType>;
  webhookEndpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
};

export type WebhookEndpointEventDataResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WebhookEndpointEventData'] = ResolversParentTypes['WebhookEndpointEventData']> = {
  disablesAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  failingSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastFailure?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  webhookEndpointId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WebhookEndpointHealthResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WebhookEndpointHealth'] = ResolversParentTypes['WebhookEndpointHealth']> = {
  disablesAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  failingSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  failures?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pausedUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type WebhookEndpointPausePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WebhookEndpointPausePayload'] = ResolversParentTypes['WebhookEndpointPausePayload']> = {
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['WebhookUserError']>, ParentType, ContextType>;
  webhookEndpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
};

export type WebhookEndpointReplayPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WebhookEndpointReplayPayload'] = ResolversParentTypes['WebhookEndpointReplayPayload']> = {
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['WebhookUserError']>, ParentType, ContextType>;
  webhookReplay?: Resolver<Maybe<ResolversTypes['WebhookReplay']>, ParentType, ContextType>;
};

export type WebhookEndpointSecretRotatePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WebhookEndpointSecretRotatePayload'] = ResolversParentTypes['WebhookEndpointSecretRotatePayload']> = {
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['WebhookUserError']>, ParentType, ContextType>;
  webhookEndpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
};

export type WebhookEndpointTestPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WebhookEndpointTestPayload'] = ResolversParentTypes['WebhookEndpointTestPayload']> = {
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['WebhookUserError']>, ParentType, ContextType>;
  webhookDelivery?: Resolver<Maybe<ResolversTypes['WebhookDelivery']>, ParentType, ContextType>;
};

export type WebhookEndpointUpdatePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WebhookEndpointUpdatePayload'] = ResolversParentTypes['WebhookEndpointUpdatePayload']> = {
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['WebhookUserError']>, ParentType, ContextType>;
  webhookEndpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
};

export type WebhookReplayResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WebhookReplay'] = ResolversParentTypes['WebhookReplay']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  scope?: Resolver<ResolversTypes['WebhookReplayScope'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type WebhookUserErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WebhookUserError'] = ResolversParentTypes['WebhookUserError']> = {
  code?: Resolver<ResolversTypes['WebhookErrorCode'], ParentType, ContextType>;
  documentation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WorkspaceResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Workspace'] = ResolversParentTypes['Workspace']> = {
  backdatingDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  clockFrozenAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  eventRetentionDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  mode?: Resolver<ResolversTypes['WorkspaceMode'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  noticeDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WorkspaceClockAdvancePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WorkspaceClockAdvancePayload'] = ResolversParentTypes['WorkspaceClockAdvancePayload']> = {
  dueEffectsRecorded?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['WorkspaceUserError']>, ParentType, ContextType>;
  workspace?: Resolver<Maybe<ResolversTypes['Workspace']>, ParentType, ContextType>;
};

export type WorkspaceCreatePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WorkspaceCreatePayload'] = ResolversParentTypes['WorkspaceCreatePayload']> = {
  apiKey?: Resolver<Maybe<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['WorkspaceUserError']>, ParentType, ContextType>;
  workspace?: Resolver<Maybe<ResolversTypes['Workspace']>, ParentType, ContextType>;
};

export type WorkspaceUpdatePayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WorkspaceUpdatePayload'] = ResolversParentTypes['WorkspaceUpdatePayload']> = {
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['WorkspaceUserError']>, ParentType, ContextType>;
  workspace?: Resolver<Maybe<ResolversTypes['Workspace']>, ParentType, ContextType>;
};

export type WorkspaceUserErrorResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['WorkspaceUserError'] = ResolversParentTypes['WorkspaceUserError']> = {
  code?: Resolver<ResolversTypes['WorkspaceErrorCode'], ParentType, ContextType>;
  documentation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = RequestContext> = {
  Activity?: ActivityResolvers<ContextType>;
  ActivityConnection?: ActivityConnectionResolvers<ContextType>;
  ActivityEdge?: ActivityEdgeResolvers<ContextType>;
  ActivityRecordPayload?: ActivityRecordPayloadResolvers<ContextType>;
  ActivityRecordUserError?: ActivityRecordUserErrorResolvers<ContextType>;
  Adjustment?: AdjustmentResolvers<ContextType>;
  AdjustmentStep?: AdjustmentStepResolvers<ContextType>;
  Allocation?: AllocationResolvers<ContextType>;
  AllocationStep?: AllocationStepResolvers<ContextType>;
  ApiKey?: ApiKeyResolvers<ContextType>;
  ApiKeyConnection?: ApiKeyConnectionResolvers<ContextType>;
  ApiKeyCreatePayload?: ApiKeyCreatePayloadResolvers<ContextType>;
  ApiKeyEdge?: ApiKeyEdgeResolvers<ContextType>;
  ApiKeyExpiringEventData?: ApiKeyExpiringEventDataResolvers<ContextType>;
  ApiKeyRateLimit?: ApiKeyRateLimitResolvers<ContextType>;
  ApiKeyRevokePayload?: ApiKeyRevokePayloadResolvers<ContextType>;
  ApiKeyRotatePayload?: ApiKeyRotatePayloadResolvers<ContextType>;
  ApiKeyUse?: ApiKeyUseResolvers<ContextType>;
  ApiKeyUseConnection?: ApiKeyUseConnectionResolvers<ContextType>;
  ApiKeyUseEdge?: ApiKeyUseEdgeResolvers<ContextType>;
  ApiKeyUserError?: ApiKeyUserErrorResolvers<ContextType>;
  Award?: AwardResolvers<ContextType>;
  CalendarDate?: CalendarDateResolvers<ContextType>;
  CalendarPointExpiration?: CalendarPointExpirationResolvers<ContextType>;
  CalendarTierExpiration?: CalendarTierExpirationResolvers<ContextType>;
  CampaignEventData?: CampaignEventDataResolvers<ContextType>;
  Card?: CardResolvers<ContextType>;
  CardDefinition?: CardDefinitionResolvers<ContextType>;
  CardDefinitionActivatePayload?: CardDefinitionActivatePayloadResolvers<ContextType>;
  CardDefinitionConnection?: CardDefinitionConnectionResolvers<ContextType>;
  CardDefinitionCreatePayload?: CardDefinitionCreatePayloadResolvers<ContextType>;
  CardDefinitionDeactivatePayload?: CardDefinitionDeactivatePayloadResolvers<ContextType>;
  CardDefinitionDeletePayload?: CardDefinitionDeletePayloadResolvers<ContextType>;
  CardDefinitionDraftPayload?: CardDefinitionDraftPayloadResolvers<ContextType>;
  CardDefinitionEdge?: CardDefinitionEdgeResolvers<ContextType>;
  CardDefinitionUpdatePayload?: CardDefinitionUpdatePayloadResolvers<ContextType>;
  CardDefinitionUserError?: CardDefinitionUserErrorResolvers<ContextType>;
  CardSnapshot?: CardSnapshotResolvers<ContextType>;
  Checkpoint?: CheckpointResolvers<ContextType>;
  CheckpointConnection?: CheckpointConnectionResolvers<ContextType>;
  CheckpointEdge?: CheckpointEdgeResolvers<ContextType>;
  CheckpointEventData?: CheckpointEventDataResolvers<ContextType>;
  ConfigurationApplication?: ConfigurationApplicationResolvers<ContextType>;
  ConfigurationApplyPayload?: ConfigurationApplyPayloadResolvers<ContextType>;
  ConfigurationChange?: ConfigurationChangeResolvers<ContextType>;
  ConfigurationEventData?: ConfigurationEventDataResolvers<ContextType>;
  ConfigurationExport?: ConfigurationExportResolvers<ContextType>;
  ConfigurationFieldChange?: ConfigurationFieldChangeResolvers<ContextType>;
  ConfigurationPlan?: ConfigurationPlanResolvers<ContextType>;
  ConfigurationPlanEventData?: ConfigurationPlanEventDataResolvers<ContextType>;
  ConfigurationPlanPayload?: ConfigurationPlanPayloadResolvers<ContextType>;
  ConfigurationUserError?: ConfigurationUserErrorResolvers<ContextType>;
  CorrectionStep?: CorrectionStepResolvers<ContextType>;
  Customer?: CustomerResolvers<ContextType>;
  CustomerActivity?: CustomerActivityResolvers<ContextType>;
  CustomerConnection?: CustomerConnectionResolvers<ContextType>;
  CustomerEdge?: CustomerEdgeResolvers<ContextType>;
  CustomerEventData?: CustomerEventDataResolvers<ContextType>;
  CustomerSnapshot?: CustomerSnapshotResolvers<ContextType>;
  CustomerUpsertPayload?: CustomerUpsertPayloadResolvers<ContextType>;
  CustomerUpsertUserError?: CustomerUpsertUserErrorResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  DeferredTier?: DeferredTierResolvers<ContextType>;
  DowngradeStep?: DowngradeStepResolvers<ContextType>;
  EarnCapStep?: EarnCapStepResolvers<ContextType>;
  EarnCaps?: EarnCapsResolvers<ContextType>;
  EarnPayload?: EarnPayloadResolvers<ContextType>;
  EarnRate?: EarnRateResolvers<ContextType>;
  EarnRateStep?: EarnRateStepResolvers<ContextType>;
  EarnRule?: EarnRuleResolvers<ContextType>;
  EarnRuleConnection?: EarnRuleConnectionResolvers<ContextType>;
  EarnRuleCreatePayload?: EarnRuleCreatePayloadResolvers<ContextType>;
  EarnRuleEdge?: EarnRuleEdgeResolvers<ContextType>;
  EarnRulePublishPayload?: EarnRulePublishPayloadResolvers<ContextType>;
  EarnRuleRetirePayload?: EarnRuleRetirePayloadResolvers<ContextType>;
  EarnRuleUpdatePayload?: EarnRuleUpdatePayloadResolvers<ContextType>;
  EarnRuleUserError?: EarnRuleUserErrorResolvers<ContextType>;
  EarnRuleVersion?: EarnRuleVersionResolvers<ContextType>;
  EarnUserError?: EarnUserErrorResolvers<ContextType>;
  EntryAward?: EntryAwardResolvers<ContextType>;
  EntryAwardStep?: EntryAwardStepResolvers<ContextType>;
  Event?: EventResolvers<ContextType>;
  EventCause?: EventCauseResolvers<ContextType>;
  EventConnection?: EventConnectionResolvers<ContextType>;
  EventData?: EventDataResolvers<ContextType>;
  EventEdge?: EventEdgeResolvers<ContextType>;
  EveryNthVisitTrigger?: EveryNthVisitTriggerResolvers<ContextType>;
  ExpirationStep?: ExpirationStepResolvers<ContextType>;
  ExplanationStep?: ExplanationStepResolvers<ContextType>;
  FixedDatesPointActivation?: FixedDatesPointActivationResolvers<ContextType>;
  GracePeriod?: GracePeriodResolvers<ContextType>;
  GraceStep?: GraceStepResolvers<ContextType>;
  JSONObject?: GraphQLScalarType;
  JourneyCustomerEventData?: JourneyCustomerEventDataResolvers<ContextType>;
  JourneyEventData?: JourneyEventDataResolvers<ContextType>;
  LedgerEntry?: LedgerEntryResolvers<ContextType>;
  LedgerEntryConnection?: LedgerEntryConnectionResolvers<ContextType>;
  LedgerEntryEdge?: LedgerEntryEdgeResolvers<ContextType>;
  LedgerStep?: LedgerStepResolvers<ContextType>;
  LocalDate?: GraphQLScalarType;
  Lot?: LotResolvers<ContextType>;
  MeasureStep?: MeasureStepResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  Operation?: OperationResolvers<ContextType>;
  OperationConnection?: OperationConnectionResolvers<ContextType>;
  OperationEdge?: OperationEdgeResolvers<ContextType>;
  OperationEventData?: OperationEventDataResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PassEventData?: PassEventDataResolvers<ContextType>;
  PendingPoints?: PendingPointsResolvers<ContextType>;
  Period?: PeriodResolvers<ContextType>;
  PeriodBasedPointActivation?: PeriodBasedPointActivationResolvers<ContextType>;
  PeriodCap?: PeriodCapResolvers<ContextType>;
  PointActivation?: PointActivationResolvers<ContextType>;
  PointActivationStep?: PointActivationStepResolvers<ContextType>;
  PointBalanceTrigger?: PointBalanceTriggerResolvers<ContextType>;
  PointEarned?: PointEarnedResolvers<ContextType>;
  PointEarnedTrigger?: PointEarnedTriggerResolvers<ContextType>;
  PointExpiration?: PointExpirationResolvers<ContextType>;
  PointExpirationStep?: PointExpirationStepResolvers<ContextType>;
  Points?: GraphQLScalarType;
  PointsAdjustPayload?: PointsAdjustPayloadResolvers<ContextType>;
  PointsAdjustUserError?: PointsAdjustUserErrorResolvers<ContextType>;
  PointsEventData?: PointsEventDataResolvers<ContextType>;
  PointsExpiredStep?: PointsExpiredStepResolvers<ContextType>;
  PointsExpiringEventData?: PointsExpiringEventDataResolvers<ContextType>;
  PointsTransferPayload?: PointsTransferPayloadResolvers<ContextType>;
  PointsTransferUserError?: PointsTransferUserErrorResolvers<ContextType>;
  PredictionEventData?: PredictionEventDataResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RateLimit?: RateLimitResolvers<ContextType>;
  Receipt?: ReceiptResolvers<ContextType>;
  ReceiptTemplate?: ReceiptTemplateResolvers<ContextType>;
  Redemption?: RedemptionResolvers<ContextType>;
  RedemptionCancelPayload?: RedemptionCancelPayloadResolvers<ContextType>;
  RedemptionCancelUserError?: RedemptionCancelUserErrorResolvers<ContextType>;
  RedemptionCancellation?: RedemptionCancellationResolvers<ContextType>;
  RedemptionConfirmPayload?: RedemptionConfirmPayloadResolvers<ContextType>;
  RedemptionConfirmUserError?: RedemptionConfirmUserErrorResolvers<ContextType>;
  RedemptionConnection?: RedemptionConnectionResolvers<ContextType>;
  RedemptionEdge?: RedemptionEdgeResolvers<ContextType>;
  RedemptionEventData?: RedemptionEventDataResolvers<ContextType>;
  Refund?: RefundResolvers<ContextType>;
  RefundConnection?: RefundConnectionResolvers<ContextType>;
  RefundDeduction?: RefundDeductionResolvers<ContextType>;
  RefundEdge?: RefundEdgeResolvers<ContextType>;
  RefundLine?: RefundLineResolvers<ContextType>;
  RefundPayload?: RefundPayloadResolvers<ContextType>;
  RefundStep?: RefundStepResolvers<ContextType>;
  RefundUserError?: RefundUserErrorResolvers<ContextType>;
  Reward?: RewardResolvers<ContextType>;
  RewardActivatePayload?: RewardActivatePayloadResolvers<ContextType>;
  RewardConnection?: RewardConnectionResolvers<ContextType>;
  RewardCreatePayload?: RewardCreatePayloadResolvers<ContextType>;
  RewardDeactivatePayload?: RewardDeactivatePayloadResolvers<ContextType>;
  RewardDeletePayload?: RewardDeletePayloadResolvers<ContextType>;
  RewardDraftPayload?: RewardDraftPayloadResolvers<ContextType>;
  RewardEdge?: RewardEdgeResolvers<ContextType>;
  RewardGrant?: RewardGrantResolvers<ContextType>;
  RewardGrantConnection?: RewardGrantConnectionResolvers<ContextType>;
  RewardGrantEdge?: RewardGrantEdgeResolvers<ContextType>;
  RewardGrantEventData?: RewardGrantEventDataResolvers<ContextType>;
  RewardLimits?: RewardLimitsResolvers<ContextType>;
  RewardObstacle?: RewardObstacleResolvers<ContextType>;
  RewardOffer?: RewardOfferResolvers<ContextType>;
  RewardPeriodLimit?: RewardPeriodLimitResolvers<ContextType>;
  RewardRedeemPayload?: RewardRedeemPayloadResolvers<ContextType>;
  RewardRedeemUserError?: RewardRedeemUserErrorResolvers<ContextType>;
  RewardStockAdjustPayload?: RewardStockAdjustPayloadResolvers<ContextType>;
  RewardStockEventData?: RewardStockEventDataResolvers<ContextType>;
  RewardTrigger?: RewardTriggerResolvers<ContextType>;
  RewardUpdatePayload?: RewardUpdatePayloadResolvers<ContextType>;
  RewardUserError?: RewardUserErrorResolvers<ContextType>;
  RollingPointExpiration?: RollingPointExpirationResolvers<ContextType>;
  RollingTierExpiration?: RollingTierExpirationResolvers<ContextType>;
  SegmentEventData?: SegmentEventDataResolvers<ContextType>;
  SegmentMemberEventData?: SegmentMemberEventDataResolvers<ContextType>;
  SigningKey?: SigningKeyResolvers<ContextType>;
  SigningKeyConnection?: SigningKeyConnectionResolvers<ContextType>;
  SigningKeyEdge?: SigningKeyEdgeResolvers<ContextType>;
  SigningKeyRotatePayload?: SigningKeyRotatePayloadResolvers<ContextType>;
  SigningKeyUserError?: SigningKeyUserErrorResolvers<ContextType>;
  SimulatedFlow?: SimulatedFlowResolvers<ContextType>;
  SimulatedTier?: SimulatedTierResolvers<ContextType>;
  SimulationProgress?: SimulationProgressResolvers<ContextType>;
  SlidingPointExpiration?: SlidingPointExpirationResolvers<ContextType>;
  SlidingTierExpiration?: SlidingTierExpirationResolvers<ContextType>;
  Spend?: SpendResolvers<ContextType>;
  SpendPayload?: SpendPayloadResolvers<ContextType>;
  SpendReversal?: SpendReversalResolvers<ContextType>;
  SpendReversalConnection?: SpendReversalConnectionResolvers<ContextType>;
  SpendReversalEdge?: SpendReversalEdgeResolvers<ContextType>;
  SpendReversePayload?: SpendReversePayloadResolvers<ContextType>;
  SpendReverseUserError?: SpendReverseUserErrorResolvers<ContextType>;
  SpendUserError?: SpendUserErrorResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  ThresholdStep?: ThresholdStepResolvers<ContextType>;
  Tier?: TierResolvers<ContextType>;
  TierCreatePayload?: TierCreatePayloadResolvers<ContextType>;
  TierDeletePayload?: TierDeletePayloadResolvers<ContextType>;
  TierDowngrade?: TierDowngradeResolvers<ContextType>;
  TierExpiration?: TierExpirationResolvers<ContextType>;
  TierExplanation?: TierExplanationResolvers<ContextType>;
  TierGraceEventData?: TierGraceEventDataResolvers<ContextType>;
  TierJudgement?: TierJudgementResolvers<ContextType>;
  TierMembership?: TierMembershipResolvers<ContextType>;
  TierMultiplier?: TierMultiplierResolvers<ContextType>;
  TierOpportunity?: TierOpportunityResolvers<ContextType>;
  TierRevision?: TierRevisionResolvers<ContextType>;
  TierRisk?: TierRiskResolvers<ContextType>;
  TierRiskEventData?: TierRiskEventDataResolvers<ContextType>;
  TierRulesPublishPayload?: TierRulesPublishPayloadResolvers<ContextType>;
  TierStructure?: TierStructureResolvers<ContextType>;
  TierStructureActivatePayload?: TierStructureActivatePayloadResolvers<ContextType>;
  TierStructureConnection?: TierStructureConnectionResolvers<ContextType>;
  TierStructureCreatePayload?: TierStructureCreatePayloadResolvers<ContextType>;
  TierStructureDeactivatePayload?: TierStructureDeactivatePayloadResolvers<ContextType>;
  TierStructureDeletePayload?: TierStructureDeletePayloadResolvers<ContextType>;
  TierStructureDraftPayload?: TierStructureDraftPayloadResolvers<ContextType>;
  TierStructureEdge?: TierStructureEdgeResolvers<ContextType>;
  TierStructurePublishPayload?: TierStructurePublishPayloadResolvers<ContextType>;
  TierStructureRevisePayload?: TierStructureRevisePayloadResolvers<ContextType>;
  TierStructureRevision?: TierStructureRevisionResolvers<ContextType>;
  TierStructureSimulatePayload?: TierStructureSimulatePayloadResolvers<ContextType>;
  TierStructureSimulation?: TierStructureSimulationResolvers<ContextType>;
  TierStructureUpdatePayload?: TierStructureUpdatePayloadResolvers<ContextType>;
  TierStructureUserError?: TierStructureUserErrorResolvers<ContextType>;
  TierTransition?: TierTransitionResolvers<ContextType>;
  TierTransitionConnection?: TierTransitionConnectionResolvers<ContextType>;
  TierTransitionEdge?: TierTransitionEdgeResolvers<ContextType>;
  TierTransitionEventData?: TierTransitionEventDataResolvers<ContextType>;
  TierUpdatePayload?: TierUpdatePayloadResolvers<ContextType>;
  TrackingStep?: TrackingStepResolvers<ContextType>;
  Transaction?: TransactionResolvers<ContextType>;
  TransactionEventData?: TransactionEventDataResolvers<ContextType>;
  TransactionLine?: TransactionLineResolvers<ContextType>;
  Transfer?: TransferResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  Verification?: VerificationResolvers<ContextType>;
  VerificationDifference?: VerificationDifferenceResolvers<ContextType>;
  WebhookAttempt?: WebhookAttemptResolvers<ContextType>;
  WebhookAttemptConnection?: WebhookAttemptConnectionResolvers<ContextType>;
  WebhookAttemptEdge?: WebhookAttemptEdgeResolvers<ContextType>;
  WebhookDelivery?: WebhookDeliveryResolvers<ContextType>;
  WebhookDeliveryConnection?: WebhookDeliveryConnectionResolvers<ContextType>;
  WebhookDeliveryEdge?: WebhookDeliveryEdgeResolvers<ContextType>;
  WebhookDeliveryEventData?: WebhookDeliveryEventDataResolvers<ContextType>;
  WebhookDeliveryReplayPayload?: WebhookDeliveryReplayPayloadResolvers<ContextType>;
  WebhookEndpoint?: WebhookEndpointResolvers<ContextType>;
  WebhookEndpointConnection?: WebhookEndpointConnectionResolvers<ContextType>;
  WebhookEndpointCreatePayload?: WebhookEndpointCreatePayloadResolvers<ContextType>;
  WebhookEndpointDeletePayload?: WebhookEndpointDeletePayloadResolvers<ContextType>;
  WebhookEndpointEdge?: WebhookEndpointEdgeResolvers<ContextType>;
  WebhookEndpointEnablePayload?: WebhookEndpointEnablePayloadResolvers<ContextType>;
  WebhookEndpointEventData?: WebhookEndpointEventDataResolvers<ContextType>;
  WebhookEndpointHealth?: WebhookEndpointHealthResolvers<ContextType>;
  WebhookEndpointPausePayload?: WebhookEndpointPausePayloadResolvers<ContextType>;
  WebhookEndpointReplayPayload?: WebhookEndpointReplayPayloadResolvers<ContextType>;
  WebhookEndpointSecretRotatePayload?: WebhookEndpointSecretRotatePayloadResolvers<ContextType>;
  WebhookEndpointTestPayload?: WebhookEndpointTestPayloadResolvers<ContextType>;
  WebhookEndpointUpdatePayload?: WebhookEndpointUpdatePayloadResolvers<ContextType>;
  WebhookReplay?: WebhookReplayResolvers<ContextType>;
  WebhookUserError?: WebhookUserErrorResolvers<ContextType>;
  Workspace?: WorkspaceResolvers<ContextType>;
  WorkspaceClockAdvancePayload?: WorkspaceClockAdvancePayloadResolvers<ContextType>;
  WorkspaceCreatePayload?: WorkspaceCreatePayloadResolvers<ContextType>;
  WorkspaceUpdatePayload?: WorkspaceUpdatePayloadResolvers<ContextType>;
  WorkspaceUserError?: WorkspaceUserErrorResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = RequestContext> = {
  cost?: CostDirectiveResolver<any, any, ContextType>;
  event?: EventDirectiveResolver<any, any, ContextType>;
  idempotent?: IdempotentDirectiveResolver<any, any, ContextType>;
  listSize?: ListSizeDirectiveResolver<any, any, ContextType>;
  requires?: RequiresDirectiveResolver<any, any, ContextType>;
  rest?: RestDirectiveResolver<any, any, ContextType>;
};
