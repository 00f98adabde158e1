import type { PageRequest } from '../database/paging.ts';
import type { Customer } from '../domain/customers.ts';
import type { TierTransition } from '../domain/ledger.ts';
import type { CardState, MemberHistory, PendingPoints } from '../domain/members.ts';
import { NO_HISTORY } from '../domain/members.ts';
import type { Lot } from '../domain/points.ts';
import type { Program } from '../domain/program.ts';
import { firstCardDefinition } from '../domain/program.ts';
import type { Standing } from '../domain/progress.ts';
import type { Instant } from '../domain/time.ts';
import { needsReplay, stateAt } from '../domain/timeline.ts';
import type { Connection } from '../platform/paging.ts';
import { CustomerRepository } from '../repositories/customers.ts';
import { MemberRepository } from '../repositories/members.ts';
import { configurationVersion } from '../repositories/program.ts';
import { loadById, loadByKey, loadPages } from './batch.ts';
import type { LoaderSource } from './source.ts';

export type { Standing } from '../domain/progress.ts';

/** A member with everything that was ever recorded, and what it is now by the workspace's clock. */
export interface WholeMember extends Standing {
  readonly history: MemberHistory;
  readonly now: Instant;
}

/** A customer, with the standing where a command has just made it; otherwise it is loaded when asked for. */
export interface CustomerView extends Customer {
  readonly standing?: Standing;
}

/** A page; the whole is counted only if asked for. */
export type CustomerConnectionView = Connection<CustomerView>;

export interface CardView extends CardState {
  readonly customerId: string;
  readonly program: Program;
}

export interface PendingPointsView extends PendingPoints {
  readonly program: Program;
}

export interface LotView extends Lot {
  readonly program: Program;
}

/** A transition, with the configuration where a command has just made it; otherwise its tiers are loaded. */
export interface TierTransitionView extends TierTransition {
  readonly program?: Program;
}

/** A member as of an instant in the past, by what was known at another. */
export interface CustomerSnapshotView extends Standing {
  readonly customerId: string;
  readonly at: Instant;
  readonly knownAt: Instant;
}

export function createCustomerLoaders({ database, workspaceId, programs, now }: LoaderSource) {
  const repository = new CustomerRepository(database.db, workspaceId);
  const members = new MemberRepository(database.pool, workspaceId);
  const standing = loadByKey(async (customerIds): Promise<ReadonlyMap<string, Standing>> => {
    const stored = await members.read(customerIds);
    const program = await programs.get(database.db, workspaceId, stored.configurationVersion);
    const states = new Map(stored.states(program));
    const replayed = [...states.values()].filter((state) => needsReplay(state, program)).map(({ customerId }) => customerId);
    const whole = replayed.length === 0 ? null : await members.readWithHistory(replayed);
    for (const [customerId, state] of whole?.states(program) ?? []) states.set(customerId, state);
    return new Map(
      [...states].map(([customerId, state]) => {
        const history = whole?.histories.get(customerId) ?? NO_HISTORY;
        return [customerId, { state: stateAt(state, history, program, stored.clockFrozenAt ?? now), program }];
      }),
    );
  });
  const readProgram = async (): Promise<Program> => {
    const version = await configurationVersion(database.db, workspaceId);
    if (version === null) throw new Error('A request acts in a workspace that exists.');
    return programs.get(database.db, workspaceId, version);
  };
  let program: Promise<Program> | null = null;
  const whole = loadByKey(async (customerIds): Promise<ReadonlyMap<string, WholeMember>> => {
    const stored = await members.readWithHistory(customerIds);
    const program = await programs.get(database.db, workspaceId, stored.configurationVersion);
    return new Map(
      [...stored.states(program)].map(([customerId, state]) => {
        const history = stored.histories.get(customerId) ?? NO_HISTORY;
        // Another process's clock may be a little ahead of ours; the member's own time never runs backwards.
        return [customerId, { state, program, history, now: Math.max(stored.clockFrozenAt ?? now, state.settledAt) }];
      }),
    );
  });
  return {
    customer: loadById((ids) => repository.byIds(ids)),
    customerByExternalId: loadByKey(async (externalIds) => {
      const found = await repository.byExternalIds(externalIds);
      return new Map(found.map((customer) => [customer.externalId, customer]));
    }),
    customers: (page: PageRequest) => repository.list(page),
    customerCount: () => repository.count(),
    standing,
    whole,
    /** The configuration, read once however often it is asked for. */
    program: () => (program ??= readProgram()),
    tierTransition: loadById((ids) => repository.transitionsByIds(ids)),
    tierTransitions: loadPages((customerIds, page: PageRequest) => repository.transitionPages(customerIds, page)),
  };
}

/** The points on the given kind of card; without one, on the active card definition that was created first. */
export function pointsOf({ state, program }: Standing, cardDefinitionId: string | null): bigint {
  return state.cards.get(cardDefinitionId ?? firstCardDefinition(program)?.id ?? '')?.balance ?? 0n;
}
