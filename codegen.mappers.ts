/**
 * Which type of the house stands behind each GraphQL object type. A resolver of `TierStructure` then
 * receives the domain's `TierStructure` as its parent, and whoever answers a `TierStructure` must
 * return one. Paths are seen from src/generated/. Types whose shape is the SDL itself (PageInfo,
 * payloads, connections, edges, user errors) need no entry.
 */
export const mappers: Readonly<Record<string, string>> = {
  Activity: '../repositories/activities.ts#Activity',
  ApiKey: '../domain/workspaces.ts#ApiKey',
  Award: '../loaders/ledger.ts#AwardView',
  Card: '../loaders/customers.ts#CardView',
  CardDefinition: '../domain/cards.ts#CardDefinition',
  Customer: '../loaders/customers.ts#CustomerView',
  CustomerConnection: '../loaders/customers.ts#CustomerConnectionView',
  EarnCaps: '../domain/earning.ts#EarnCaps',
  EarnRule: '../domain/earning.ts#EarnRule',
  EarnRuleVersion: '../domain/earning.ts#EarnRuleVersion',
  EntryAward: '../domain/structures.ts#EntryAward',
  LedgerEntry: '../domain/ledger.ts#LedgerEntry',
  Lot: '../loaders/customers.ts#LotView',
  PeriodCap: '../domain/earning.ts#PeriodCap',
  PointActivation: '../domain/points.ts#PointActivation',
  PendingPoints: '../loaders/customers.ts#PendingPointsView',
  PointExpiration: '../domain/points.ts#PointExpiration',
  Tier: '../domain/structures.ts#Tier',
  TierDowngrade: '../domain/structures.ts#TierDowngrade',
  TierExpiration: '../domain/structures.ts#TierExpiration',
  TierMembership: '../loaders/customers.ts#MembershipView',
  TierMultiplier: '../domain/earning.ts#TierMultiplier',
  TierRevision: '../domain/structures.ts#Tier',
  TierStructure: '../domain/structures.ts#TierStructure',
  TierStructureConnection: '../loaders/structures.ts#TierStructureConnectionView',
  TierStructureRevision: '../domain/structures.ts#StructureRevision',
  TierTransition: '../loaders/customers.ts#TierTransitionView',
  Transaction: '../domain/purchases.ts#Transaction',
  Workspace: '../domain/workspaces.ts#Workspace',
};
