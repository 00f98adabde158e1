import type { PageRequest } from '../database/paging.ts';
import type { Customer } from '../domain/customers.ts';
import type { TierTransition } from '../domain/ledger.ts';
import type { CardState, MemberState, PendingPoints } from '../domain/members.ts';
import { NO_HISTORY } from '../domain/members.ts';
import type { Lot } from '../domain/points.ts';
import type { Program } from '../domain/program.ts';
import { activeStructures } from '../domain/program.ts';
import type { TierStructure } from '../domain/structures.ts';
import type { Membership } from '../domain/tiers.ts';
import type { Interval } from '../domain/time.ts';
import { needsReplay, stateAt } from '../domain/timeline.ts';
import { earnedAt, windowAt } from '../domain/windows.ts';
import type { Connection } from '../platform/paging.ts';
import { CustomerRepository } from '../repositories/customers.ts';
import { MemberRepository } from '../repositories/members.ts';
import { configurationVersion } from '../repositories/program.ts';
import { loadById, loadByKey, loadPages } from './batch.ts';
import type { LoaderSource } from './source.ts';

/** A member as of the instant of the request: everything due until then has happened, recorded or not. */
export interface Standing {
  readonly state: MemberState;
  readonly program: Program;
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

/** A customer's standing in one structure that is in force. */
export interface MembershipView {
  readonly structure: TierStructure;
  readonly membership: Membership | null;
  readonly measure: bigint;
  readonly window: Interval | null;
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
  return {
    customer: loadById((ids) => repository.byIds(ids)),
    customerByExternalId: loadByKey(async (externalIds) => {
      const found = await repository.byExternalIds(externalIds);
      return new Map(found.map((customer) => [customer.externalId, customer]));
    }),
    customers: (page: PageRequest) => repository.list(page),
    customerCount: () => repository.count(),
    standing,
    program: async (): Promise<Program> => {
      const version = await configurationVersion(database.db, workspaceId);
      if (version === null) throw new Error('A request acts in a workspace that exists.');
      return programs.get(database.db, workspaceId, version);
    },
    tierTransition: loadById((ids) => repository.transitionsByIds(ids)),
    tierTransitions: loadPages((customerIds, page: PageRequest) => repository.transitionPages(customerIds, page)),
  };
}

/** The customer's standing in each structure in force, oldest structure first. */
export function membershipsOf({ state, program }: Standing): MembershipView[] {
  return activeStructures(program).map((structure) => {
    const window =
      structure.pointEarned === null
        ? null
        : windowAt({ pointEarned: structure.pointEarned, joinedAt: state.joinedAt, calendar: program.calendar }, state.settledAt);
    const measure =
      window === null
        ? (state.cards.get(structure.cardDefinitionId ?? '')?.balance ?? 0n)
        : earnedAt(state.windows.get(structure.id), state.settledAt);
    return { structure, membership: state.memberships.get(structure.id) ?? null, measure, window };
  });
}

/** The points on the given kind of card; without one, on the active card definition that was created first. */
export function pointsOf({ state, program }: Standing, cardDefinitionId: string | null): bigint {
  const first = [...program.cardDefinitions.values()]
    .filter(({ status }) => status === 'ACTIVE')
    .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))[0];
  return state.cards.get(cardDefinitionId ?? first?.id ?? '')?.balance ?? 0n;
}
