import type { Happening, History, Offered } from './load-traces.ts';

/**
 * What one bucket that knows everything at once would say of a history: the contract's rule written down a second time, with no
 * leases, no processes and no delays.
 */

const BURST_SECONDS = 10;
const PERIOD_SECONDS = 300;
const PERIOD_MS = PERIOD_SECONDS * 1000;

export interface Verdict {
  readonly offered: number;
  readonly admitted: number;
  /** Charged beyond what the bucket held. */
  readonly overAdmitted: number;
  /** Periods whose limit does not follow from what was spent in them. */
  readonly unjustifiedLimits: readonly string[];
  readonly rises: number;
  readonly falls: number;
}

export function judge({ happenings, limits, heldMax }: History, initial: number, ceiling: number): Verdict {
  const first = Math.min(...limits.keys());
  const spentByPeriod = new Map<number, number>();
  for (const happening of happenings) {
    if (happening.type !== 'SETTLED') continue;
    const period = first + Math.floor((happening.atMs - first) / (PERIOD_MS)) * PERIOD_MS;
    spentByPeriod.set(period, (spentByPeriod.get(period) ?? 0) + happening.cost);
  }
  const { limitOf, unjustifiedLimits, rises, falls } = followLimits(limits, spentByPeriod, first, { initial, ceiling, heldMax });
  return { ...weigh(happenings, limitOf, first), unjustifiedLimits, rises, falls };
}

function followLimits(
  limits: ReadonlyMap<number, number>,
  spentByPeriod: ReadonlyMap<number, number>,
  first: number,
  { initial, ceiling, heldMax }: { initial: number; ceiling: number; heldMax: number },
) {
  const all = new Map<number, number>();
  const unjustifiedLimits: string[] = [];
  let limit = initial;
  let rises = 0;
  let falls = 0;
  const last = Math.max(...limits.keys(), ...spentByPeriod.keys());
  for (let period = first; period <= last; period += PERIOD_MS) {
    const found = limits.get(period);
    if (period > first) {
      const before = limit;
      const spent = spentByPeriod.get(period - PERIOD_MS) ?? 0;
      // What processes have spent and not yet reported at the end of a period counts into the next.
      const possible = [spent - heldMax, spent, spent + heldMax].map((each) => followingLimit(before, each, initial, ceiling));
      limit = found === undefined ? possible[1]! : possible.reduce((best, each) => (Math.abs(each - found) < Math.abs(best - found) ? each : best));
      if (limit > before) rises += 1;
      if (limit < before) falls += 1;
    }
    if (found !== undefined && Math.abs(found - limit) > 1e-6 * limit) unjustifiedLimits.push(`${period}: ${found}, not ${limit}`);
    all.set(period, limit);
  }
  const limitOf = (atMs: number) => all.get(first + Math.floor((atMs - first) / (PERIOD_MS)) * PERIOD_MS) ?? limit;
  return { limitOf, unjustifiedLimits, rises, falls };
}

function followingLimit(limit: number, spent: number, initial: number, ceiling: number): number {
  const possible = limit * PERIOD_SECONDS;
  if (spent * 2 >= possible) return Math.min(ceiling, (limit * 3) / 2);
  return spent * 4 < possible ? Math.max(initial, (limit * 2) / 3) : limit;
}

function weigh(happenings: readonly Happening[], limitOf: (atMs: number) => number, first: number) {
  let atMs = Math.min(first, happenings[0]?.atMs ?? first);
  let level = limitOf(first) * BURST_SECONDS;
  const sums = { offered: 0, admitted: 0, overAdmitted: 0 };
  const passUntil = (until: number) => {
    while (atMs < until) {
      // Period by period, because the limit is another in each.
      const next = Math.min(until, first + (Math.floor((atMs - first) / PERIOD_MS) + 1) * PERIOD_MS);
      const limit = limitOf(atMs);
      level = Math.min(limit * BURST_SECONDS, level + (limit * (next - atMs)) / 1000);
      atMs = next;
    }
    level = Math.min(level, limitOf(atMs) * BURST_SECONDS);
  };
  for (const happening of happenings) {
    passUntil(happening.atMs);
    if (happening.type === 'SETTLED') {
      level += happening.charge - happening.cost;
      continue;
    }
    sums.offered += happening.charge;
    if (happening.type === 'REFUSED') continue;
    sums.admitted += happening.charge;
    level -= happening.charge;
    if (level >= -1e-6) continue;
    sums.overAdmitted -= level;
    level = 0;
  }
  return sums;
}

/** What one process with one bucket and no delays admits of a trace. */
export function admittedByOne(trace: readonly Offered[], initial: number, ceiling: number): number {
  let limit = initial;
  let level = initial * BURST_SECONDS;
  let [spent, admitted] = [0, 0];
  let atMs = trace[0]?.atMs ?? 0;
  let judgedAt = atMs + PERIOD_MS;
  const underWay: { readonly endsAt: number; readonly charge: number; readonly cost: number }[] = [];
  const passUntil = (until: number) => {
    while (atMs < until) {
      const next = Math.min(until, judgedAt);
      level = Math.min(limit * BURST_SECONDS, level + (limit * (next - atMs)) / 1000);
      atMs = next;
      if (atMs < judgedAt) continue;
      limit = followingLimit(limit, spent, initial, ceiling);
      level = Math.min(level, limit * BURST_SECONDS);
      [spent, judgedAt] = [0, judgedAt + PERIOD_MS];
    }
  };
  for (const offered of trace) {
    underWay.sort((left, right) => left.endsAt - right.endsAt);
    while (underWay[0] !== undefined && underWay[0].endsAt <= offered.atMs) {
      const { endsAt, charge, cost } = underWay.shift()!;
      passUntil(endsAt);
      level += charge - cost;
      spent += cost;
    }
    passUntil(offered.atMs);
    if (level < offered.charge) continue;
    level -= offered.charge;
    admitted += offered.charge;
    underWay.push({ endsAt: offered.atMs + offered.lastsMs, charge: offered.charge, cost: offered.cost });
  }
  return admitted;
}
