import type { MemberHistory, MemberState } from './members.ts';
import type { Checked } from './problem.ts';
import { problem, refused } from './problem.ts';
import type { Program } from './program.ts';
import type { ForceContext, Rollout, Tier, TierStructure, TierStructureErrorCode } from './structures.ts';
import { activateTierStructure, publishTierStructure } from './structures.ts';
import type { Instant } from './time.ts';
import { stateAt } from './timeline.ts';

/**
 * What putting rules into force would make of members. Nothing of its own is decided here: rules that could not be put into
 * force are refused by what refuses them, and members are judged by what judges them, under a program in which
 * the rules are in force.
 */

/** Rules that could be put into force, and the programs without and with them. */
export interface Proposal {
  readonly structureId: string;
  readonly rollout: Rollout;
  /** As of which instant members' present tiers are read. */
  readonly now: Instant;
  /** When the rules would take effect: now, but where a frozen clock has to move on for it. */
  readonly at: Instant;
  readonly present: Program;
  readonly proposed: Program;
  /** As it is; null if it is not in force. */
  readonly before: TierStructure | null;
  readonly after: TierStructure;
}

/**
 * Proposes a draft's rules: its activation from now on, or its publication as the next revision of its structure; or reports
 * everything that stands against that at once.
 * @param structure of which it is the draft of a next revision; null if it is none
 */
export function proposeRules(
  draft: TierStructure,
  structure: TierStructure | null,
  rollout: Rollout,
  context: ForceContext,
  present: Program,
): Checked<Proposal, TierStructureErrorCode> {
  if (draft.status !== 'DRAFT') {
    return refused(problem('INVALID_STATUS', `This needs the status DRAFT; it is ${draft.status}.`, 'id'));
  }
  const { now } = context;
  const propose = (before: TierStructure | null, after: TierStructure, at: Instant): Checked<Proposal, never> => ({
    ok: true,
    value: { structureId: after.id, rollout, now, at, present, proposed: withStructure(present, after, at), before, after },
  });
  if (draft.draftOf === null) {
    const activated = activateTierStructure(draft, { ...context, effectiveAt: null });
    return activated.ok ? propose(null, activated.value, now) : activated;
  }
  const published = publishTierStructure(draft, structure, rollout, context);
  if (!published.ok) return published;
  const { before, after } = published.value;
  return propose(before, after, after.revision.effectiveAt ?? now);
}

/** The program with the structure in its place, which was put into force or changed at the instant. */
function withStructure(program: Program, structure: TierStructure, at: Instant): Program {
  const others = program.structures.filter(({ id }) => id !== structure.id);
  const structures = [...others, structure].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  return { ...program, structures, structuresChangedAt: at };
}

/** From which tier to which; null is none. */
export interface Move {
  readonly fromTierId: string | null;
  readonly toTierId: string | null;
}

/** What becomes of one member, by all that was ever recorded of them. */
export function simulateMember(member: MemberState, history: MemberHistory, { structureId, present, proposed, now, at, before }: Proposal): Move {
  const tierOf = (program: Program, instant: Instant) =>
    stateAt(member, history, program, instant).memberships.get(structureId)?.tierId ?? null;
  return { fromTierId: before === null ? null : tierOf(present, now), toTierId: tierOf(proposed, at) };
}

/** Members who make the same move. */
export interface Flow extends Move {
  readonly members: number;
  /** Some of them. */
  readonly sampleIds: readonly string[];
}

/** A flow with the rules under which it would come about. */
export interface FlowOfProposal extends Flow {
  readonly proposal: Proposal;
}

/** What a simulation has come to. */
export interface Simulation {
  readonly proposal: Proposal;
  readonly members: number;
  /** The largest first. */
  readonly flows: readonly Flow[];
}

/** Counts moves, and remembers a few members of each. */
export class Tally {
  members = 0;
  readonly samplesMax: number;
  readonly #flows = new Map<string, Flow & { members: number; readonly sampleIds: string[] }>();

  constructor(samplesMax: number) {
    this.samplesMax = samplesMax;
  }

  add({ fromTierId, toTierId }: Move, members: number, customerIds: readonly string[]): void {
    const key = keyOf(fromTierId, toTierId);
    const flow = this.#flows.get(key) ?? { fromTierId, toTierId, members: 0, sampleIds: [] };
    flow.members += members;
    flow.sampleIds.push(...customerIds.slice(0, this.samplesMax - flow.sampleIds.length));
    this.#flows.set(key, flow);
    this.members += members;
  }

  /** Whether more of those who go there are to be named. */
  lacksSamples({ fromTierId, toTierId }: Move): boolean {
    return (this.#flows.get(keyOf(fromTierId, toTierId))?.sampleIds.length ?? 0) < this.samplesMax;
  }

  finish(proposal: Proposal): Simulation {
    const flows = [...this.#flows.values()].sort((a, b) => b.members - a.members);
    return { proposal, members: this.members, flows };
  }
}

function keyOf(fromTierId: string | null, toTierId: string | null): string {
  return `${fromTierId ?? ''} ${toTierId ?? ''}`;
}

/** How many hold a tier, before and after; without a tier, how many hold none. */
export interface TierCount {
  readonly tier: Tier | null;
  readonly membersBefore: number;
  readonly membersAfter: number;
}

/** All tiers that there are before or after, from the lowest, and then none. */
export function countsByTier({ proposal, flows }: Simulation): TierCount[] {
  const sum = (chosen: readonly Flow[]) => chosen.reduce((total, { members }) => total + members, 0);
  const count = (tier: Tier | null): TierCount => ({
    tier,
    membersBefore: sum(flows.filter(({ fromTierId }) => fromTierId === (tier?.id ?? null))),
    membersAfter: sum(flows.filter(({ toTierId }) => toTierId === (tier?.id ?? null))),
  });
  return [...tiersOf(proposal).map(count), count(null)];
}

/** The tier as the proposed rules have it, else as it is at present. */
export function tierOfProposal(proposal: Proposal, tierId: string | null): Tier | null {
  return tiersOf(proposal).find(({ id }) => id === tierId) ?? null;
}

/** Those of the proposed rules, and those that they leave out. */
function tiersOf({ before, after }: Proposal): Tier[] {
  const leftOut = (before?.tiers ?? []).filter(({ id }) => !after.tiers.some((tier) => tier.id === id));
  return [...after.tiers, ...leftOut].sort((a, b) => (a.minPoints < b.minPoints ? -1 : a.minPoints > b.minPoints ? 1 : 0));
}
