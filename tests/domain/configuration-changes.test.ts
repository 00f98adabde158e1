/** What plans say of changes: exactly those that were made, and all that stands against a document at once. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ConfigurationDocument, ConfigurationState, Plain } from '../../src/domain/configuration-document.ts';
import { documentOf, plainDocument } from '../../src/domain/configuration-document.ts';
import type { ConfigurationPlan } from '../../src/domain/configuration-plan.ts';
import { readConfigurationText } from '../../src/platform/configuration-syntax.ts';
import type { ConfigurationFormat } from '../../src/platform/configuration-text.ts';
import { configurationText } from '../../src/platform/configuration-text.ts';
import { EMPTY, NOW, documents } from '../support/configurations.ts';
import { documentWith, plan, planned, read, refusals, told } from '../support/plans.ts';

/** CONFIGURATIONS for more of them. To generate one and to plan it takes a tenth of a second. */
const RUNS = Number(process.env['CONFIGURATIONS'] ?? 30);

const FORMATS: readonly ConfigurationFormat[] = ['YAML', 'JSON'];

test('what is exported as YAML or JSON, imported where nothing is, and exported again, is the same text', () => {
  fc.assert(
    fc.property(documents, (document) => {
      const configured = planned(document, EMPTY).state;
      const textsOf = (state: ConfigurationState) => FORMATS.map((format) => configurationText(documentOf(state, NOW), format));
      const [yaml = '', json = ''] = textsOf(configured);
      const { state } = planned(read(yaml), EMPTY);
      expect(textsOf(state)).toEqual([yaml, json]);
      // The same in the other form: nothing is left to do.
      expect(planned(read(json), state).writes).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});

// --- differences --------------------------------------------------------------------------------------

/** What a plan must say: by change, the fields with their values before and after. */
type Expected = Record<string, Record<string, readonly [Plain | undefined, Plain | undefined]>>;

interface Mutation {
  readonly change: string;
  readonly field: string;
  readonly before: Plain | undefined;
  readonly after: Plain | undefined;
  /** Changes without which it cannot be made. */
  readonly steps?: Expected;
  readonly apply: (document: ConfigurationDocument) => ConfigurationDocument;
}

const replaceAt = <T>(list: readonly T[] | null, index: number, change: (item: T) => T): T[] => (list ?? []).map((item, at) => (at === index ? change(item) : item));
const RENAMED = 'Renamed — something else';
const NOTED = { field: 'metadata.noted-by-hand', before: undefined, after: 1 };

/** Every change that can be made to the document for itself, each with what a plan must say of it. */
function mutationsOf(document: ConfigurationDocument): Mutation[] {
  const { workspace, cardDefinitions, tierStructures, earnRules, rewards } = document;
  const statusOf = (key: string | null) => cardDefinitions?.find((card) => card.key === key)?.status;
  const { backdatingDays: backdating = 0, eventRetentionDays: retention = 0 } = workspace ?? {};
  return [
    {
      change: 'UPDATE WORKSPACE null',
      field: 'backdatingDays',
      before: backdating === 36_500 ? undefined : backdating,
      after: 7,
      apply: (given) => ({ ...given, workspace: given.workspace && { ...given.workspace, backdatingDays: 7 } }),
    },
    {
      change: 'UPDATE WORKSPACE null',
      field: 'eventRetentionDays',
      before: retention === 90 ? undefined : retention,
      after: 400,
      apply: (given) => ({ ...given, workspace: given.workspace && { ...given.workspace, eventRetentionDays: 400 } }),
    },
    ...(cardDefinitions ?? []).flatMap(({ key, settings }, index): Mutation[] => {
      const apply = (changed: Partial<typeof settings>) => (given: ConfigurationDocument) => ({
        ...given,
        cardDefinitions: replaceAt(given.cardDefinitions, index, (card) => ({ ...card, settings: { ...card.settings, ...changed } })),
      });
      const change = `UPDATE CARD_DEFINITION ${key}`;
      return [
        { change, field: 'name', before: settings.name, after: RENAMED, apply: apply({ name: RENAMED }) },
        { change, ...NOTED, apply: apply({ metadata: { ...settings.metadata, 'noted-by-hand': 1 } }) },
      ];
    }),
    ...(tierStructures ?? []).flatMap(({ key, status, cardDefinition, settings, tiers }, index): Mutation[] => {
      const apply = (changed: Partial<typeof settings>) => (given: ConfigurationDocument) => ({
        ...given,
        tierStructures: replaceAt(given.tierStructures, index, (structure) => ({ ...structure, settings: { ...structure.settings, ...changed } })),
      });
      const change = `UPDATE TIER_STRUCTURE ${key}`;
      const onRefund = settings.entryAwardOnRefund === 'KEEP' ? 'CLAWBACK' : 'KEEP';
      const said = (value: string) => (value === 'KEEP' ? undefined : value);
      // Rules in force change by a revision, for which the cards that they name are to be active; those of a paused structure do not.
      const cards = [cardDefinition, ...tiers.flatMap(({ entryAward }) => entryAward?.cardDefinition ?? [])];
      const canChange = status === 'DRAFT' || (status === 'ACTIVE' && cards.every((card) => statusOf(card) === 'ACTIVE'));
      const rules: Mutation = {
        change: status === 'DRAFT' ? change : `PUBLISH TIER_STRUCTURE ${key}`,
        field: 'entryAwardOnRefund',
        before: said(settings.entryAwardOnRefund),
        after: said(onRefund),
        apply: apply({ entryAwardOnRefund: onRefund }),
      };
      return [
        { change, field: 'name', before: settings.name, after: RENAMED, apply: apply({ name: RENAMED }) },
        { change, ...NOTED, apply: apply({ metadata: { ...settings.metadata, 'noted-by-hand': 1 } }) },
        ...(canChange ? [rules] : []),
        ...tiers.map((tier, at): Mutation => ({
          change: `UPDATE TIER ${key}/${tier.key}`,
          field: 'name',
          before: tier.settings.name,
          after: RENAMED,
          apply: (given) => ({
            ...given,
            tierStructures: replaceAt(given.tierStructures, index, (structure) => ({
              ...structure,
              tiers: replaceAt(structure.tiers, at, (each) => ({ ...each, settings: { ...each.settings, name: RENAMED } })),
            })),
          }),
        })),
      ];
    }),
    ...(earnRules ?? []).flatMap(({ key, name, versions: [first] }, index): Mutation[] => [
      {
        change: `UPDATE EARN_RULE ${key}`,
        field: 'name',
        before: name,
        after: RENAMED,
        apply: (given) => ({ ...given, earnRules: replaceAt(given.earnRules, index, (rule) => ({ ...rule, name: RENAMED })) }),
      },
      {
        change: `PUBLISH EARN_RULE ${key}`,
        field: 'condition',
        before: first?.terms.condition ?? undefined,
        after: 'transaction.amountMinor > 987654321',
        apply: (given) => ({
          ...given,
          earnRules: replaceAt(given.earnRules, index, (rule) => ({
            ...rule,
            versions: replaceAt(rule.versions, 0, (version) => ({ ...version, terms: { ...version.terms, condition: 'transaction.amountMinor > 987654321' } })),
          })),
        }),
      },
    ]),
    ...(rewards ?? []).flatMap(({ key, status, cardDefinition, trigger, settings }, index): Mutation[] => {
      const apply = (changed: Partial<typeof settings>) => (given: ConfigurationDocument) => ({
        ...given,
        rewards: replaceAt(given.rewards, index, (reward) => ({ ...reward, settings: { ...reward.settings, ...changed } })),
      });
      const change = `UPDATE REWARD ${key}`;
      // A reward is checked as a whole while it is a draft, for which its cards are to be active.
      const cards = [cardDefinition, ...(trigger !== null && 'cardDefinition' in trigger ? [trigger.cardDefinition] : [])];
      const canChange = cards.every((card) => statusOf(card) === 'ACTIVE');
      const steps: Expected =
        status === 'DRAFT' ? {} : { [`DRAFT REWARD ${key}`]: { status: [status, 'DRAFT'] }, [`ACTIVATE REWARD ${key}`]: { status: ['DRAFT', status] } };
      const names: Mutation[] = [
        { change, field: 'name', before: settings.name, after: RENAMED, apply: apply({ name: RENAMED }) },
        { change, ...NOTED, apply: apply({ metadata: { ...settings.metadata, 'noted-by-hand': 1 } }) },
      ];
      const rules: Mutation[] = [
        { change, field: 'proofValidMinutes', before: settings.proofValidMinutes === 1_440 ? undefined : settings.proofValidMinutes, after: 77, steps, apply: apply({ proofValidMinutes: 77 }) },
        { change, field: 'limits.perMember', before: settings.limits.perMember ?? undefined, after: 1_000_000, steps, apply: apply({ limits: { ...settings.limits, perMember: 1_000_000 } }) },
      ];
      return [...(status === 'DRAFT' && !canChange ? [] : names), ...(canChange && status !== 'INACTIVE' ? rules : [])];
    }),
  ];
}

const picked: fc.Arbitrary<readonly [ConfigurationDocument, readonly Mutation[]]> = documents
  .map((document) => ({ ...document, workspace: document.workspace && { ...document.workspace, timeZone: null } }))
  .chain((document) => fc.tuple(fc.constant(document), fc.subarray(mutationsOf(document), { minLength: 1 })));

const rollouts = fc.constantFrom('NEXT_JUDGEMENT', 'RECALCULATE_NOW', 'UPGRADE_ONLY' as const);

function saidBy({ changes }: ConfigurationPlan): Expected {
  const said: Expected = {};
  for (const { action, object, key, fields } of changes) {
    const change = `${action} ${object} ${key}`;
    expect(said).not.toHaveProperty([change]);
    // Of a version that is still to come a plan says from when.
    const own = fields.filter(({ field }) => field.join('.') !== 'effectiveAt');
    said[change] = Object.fromEntries(own.map(({ field, before, after }) => [field.join('.'), [before, after]]));
  }
  return said;
}

describe('a plan against a configuration that differs in some places', () => {
  test('lists exactly these, with what was there before, and leads there', () => {
    fc.assert(
      fc.property(picked, rollouts, ([document, mutations], rollout) => {
        const { state } = planned(document, EMPTY);
        const changed = mutations.reduce((given, { apply }) => apply(given), document);
        const mutated = { ...changed, tierStructures: changed.tierStructures?.map((structure) => ({ ...structure, rollout })) ?? null };
        const expected: Expected = {};
        for (const { change, field, before, after, steps } of mutations) {
          (expected[change] ??= {})[field] = [before, after];
          Object.assign(expected, steps);
          // How it is brought to customers is said of each, and is no difference by itself.
          if (change.startsWith('PUBLISH TIER_STRUCTURE')) expected[change]['rollout'] = [undefined, rollout];
        }
        const there = planned(mutated, state);
        expect(saidBy(there)).toEqual(expected);
        const { timeZone } = state.workspace;
        const wanted = { ...mutated, workspace: mutated.workspace === null ? null : { ...mutated.workspace, timeZone } };
        expect(plainDocument(documentOf(there.state, NOW))).toEqual(plainDocument(wanted));
        expect(planned(mutated, there.state).writes).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('rewards', () => {
  const POINTS = { key: 'points', name: 'Points', status: 'ACTIVE' };
  const CLUB = { key: 'club', name: 'Club', status: 'ACTIVE', type: 'POINT_BALANCE', cardDefinition: 'points', tiers: [{ key: 'gold', name: 'Gold', minPoints: 0 }] };
  const PASTRY = { key: 'pastry', name: 'Pastry', status: 'ACTIVE', type: 'pastry', cardDefinition: 'points', cost: 100 };
  const all = (reward: Record<string, unknown>) => documentWith({ cardDefinitions: [POINTS], tierStructures: [CLUB], rewards: [{ ...PASTRY, ...reward }] });
  const change = (from: Record<string, unknown>, to: Record<string, unknown>) => planned(all(to), planned(all(from), EMPTY).state);

  test('that are paused change by being in force and a draft for no time', () => {
    const plan = change({ status: 'INACTIVE' }, { status: 'INACTIVE', cost: 200 });
    expect(told(plan)).toEqual([
      'ACTIVATE REWARD pastry status="ACTIVE"',
      'DRAFT REWARD pastry status="DRAFT"',
      'UPDATE REWARD pastry cost=200',
      'ACTIVATE REWARD pastry status="ACTIVE"',
      'DEACTIVATE REWARD pastry status="INACTIVE"',
    ]);
    expect(plan.state.rewards[0]).toMatchObject({ status: 'INACTIVE', cost: 200n, version: 8 });
    expect(plan.state.rewards[0]?.activePeriods.every(({ start, end }) => start === end)).toBe(true);
  });

  test.each([
    ['ACTIVE', 'INACTIVE', ['DEACTIVATE REWARD pastry status="INACTIVE"']],
    ['INACTIVE', 'ACTIVE', ['ACTIVATE REWARD pastry status="ACTIVE"']],
    ['ACTIVE', 'DRAFT', ['DRAFT REWARD pastry status="DRAFT"']],
    ['INACTIVE', 'DRAFT', ['ACTIVATE REWARD pastry status="ACTIVE"', 'DRAFT REWARD pastry status="DRAFT"']],
    ['DRAFT', 'ACTIVE', ['ACTIVATE REWARD pastry status="ACTIVE"']],
    ['DRAFT', 'INACTIVE', ['ACTIVATE REWARD pastry status="ACTIVE"', 'DEACTIVATE REWARD pastry status="INACTIVE"']],
  ])('go from %s to %s', (from, to, steps) => {
    expect(told(change({ status: from }, { status: to }))).toEqual(steps);
  });

  test('keep what is left of them, and change from a stock to none and back', () => {
    expect(change({ stock: 5 }, { stock: 90 }).writes).toEqual([]);
    const limited = change({}, { stock: 5 });
    expect(told(limited)).toEqual(['DRAFT REWARD pastry status="DRAFT"', 'UPDATE REWARD pastry stock=5', 'ACTIVATE REWARD pastry status="ACTIVE"']);
    expect(limited.state.rewards[0]).toMatchObject({ stock: 5, stocked: true });
    expect(change({ stock: 5 }, {}).state.rewards[0]).toMatchObject({ stock: null, stocked: false });
    // Another change leaves it alone.
    expect(change({ stock: 5 }, { stock: 90, cost: 7 }).state.rewards[0]).toMatchObject({ stock: 5, cost: 7n });
  });

  test('whose last tier is gone are for nobody, not for everybody', () => {
    const { state } = planned(all({ tiers: ['club/gold'] }), EMPTY);
    const without = planned(documentWith({ tierStructures: [] }), state, { prune: true }).state;
    expect(documentOf(without, NOW).rewards?.[0]).toMatchObject({ tiers: [], settings: { condition: 'false' } });
    const exported = documentOf(without, NOW);
    expect(planned(exported, without, { prune: true }).writes).toEqual([]);
    expect(plainDocument(documentOf(planned(exported, EMPTY).state, NOW))).toEqual(plainDocument(exported));
  });

  test('hold the cards that they are paid for from or given for, and let go of them when they are pruned', () => {
    const BEANS = { key: 'beans', name: 'Beans', status: 'ACTIVE' };
    const trigger = { pointBalance: { cardDefinition: 'beans', points: 10 } };
    const { state } = planned(documentWith({ cardDefinitions: [POINTS, BEANS], rewards: [{ ...PASTRY, trigger }] }), EMPTY);
    const refused = (sections: Record<string, unknown>) => refusals(documentWith(sections), state, { prune: true });
    const done = (sections: Record<string, unknown>) => told(planned(documentWith(sections), state, { prune: true }));
    expect(refused({ cardDefinitions: [] })).toEqual(['IN_USE cardDefinitions', 'IN_USE cardDefinitions']);
    expect(done({ cardDefinitions: [], rewards: [] })).toEqual(['DELETE REWARD pastry', 'DELETE CARD_DEFINITION points', 'DELETE CARD_DEFINITION beans']);
    expect(refused({ cardDefinitions: [POINTS, { ...BEANS, status: 'DRAFT' }] })).toEqual(['IN_USE cardDefinitions.1']);
    expect(done({ cardDefinitions: [POINTS, { ...BEANS, status: 'INACTIVE' }] })).toEqual(['DEACTIVATE CARD_DEFINITION beans status="INACTIVE"']);
  });

  test('whose card is paused or a draft are made and changed while it is active for no time', () => {
    const paused = (reward: Record<string, unknown>) => documentWith({ cardDefinitions: [{ ...POINTS, status: 'INACTIVE' }], rewards: [{ ...PASTRY, ...reward }] });
    const { state } = planned(paused({}), EMPTY);
    expect(state.rewards[0]?.status).toBe('ACTIVE');
    expect(state.cardDefinitions[0]?.status).toBe('INACTIVE');
    expect(told(planned(paused({ cost: 5 }), state))).toEqual([
      'ACTIVATE CARD_DEFINITION points status="ACTIVE"',
      'DRAFT REWARD pastry status="DRAFT"',
      'UPDATE REWARD pastry cost=5',
      'ACTIVATE REWARD pastry status="ACTIVE"',
      'DEACTIVATE CARD_DEFINITION points status="INACTIVE"',
    ]);
    expect(told(planned(paused({ name: 'Cake' }), state))).toEqual(['UPDATE REWARD pastry name="Cake"']);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['an unknown card', { cardDefinition: 'none' }, 'UNKNOWN_REFERENCE rewards.0.cardDefinition'],
    ['an unknown tier', { tiers: ['club/gold', 'club/silver'] }, 'UNKNOWN_REFERENCE rewards.0.tiers.1'],
    ['a tier with more than two names', { tiers: ['club/gold/gold'] }, 'UNKNOWN_REFERENCE rewards.0.tiers.0'],
    ['a tier twice', { tiers: ['club/gold', 'club/gold'] }, 'INVALID_TIER rewards.0.tiers.1'],
    ['an unknown card of a trigger', { trigger: { pointEarned: { cardDefinition: 'none', points: 1 } } }, 'UNKNOWN_REFERENCE rewards.0.trigger.pointEarned.cardDefinition'],
    ['no points of a trigger', { trigger: { pointBalance: { cardDefinition: 'points', points: 0 } } }, 'INVALID_TRIGGER rewards.0.trigger.pointBalance.points'],
    ['no visits of a trigger', { trigger: { everyNthVisit: { visits: 0 } } }, 'INVALID_TRIGGER rewards.0.trigger.everyNthVisit.visits'],
    ['no cost', { cost: 0 }, 'INVALID_COST rewards.0.cost'],
    ['a stock below nothing', { stock: -1 }, 'INVALID_STOCK rewards.0.stock'],
    ['a limit of nothing', { limits: { perPeriod: [{ unit: 'DAY', count: 0 }] } }, 'INVALID_LIMIT rewards.0.limits.perPeriod.0.count'],
    ['no type', { type: ' ' }, 'INVALID_TYPE rewards.0.type'],
    ['no description', { description: '' }, 'INVALID_DESCRIPTION rewards.0.description'],
    ['a condition that does not compile', { condition: 'customer.' }, 'INVALID_CONDITION rewards.0.condition'],
    ['an end before its beginning', { validFrom: '2026-01-02T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' }, 'INVALID_VALIDITY rewards.0.validUntil'],
    ['a proof without time', { proofValidMinutes: 0 }, 'INVALID_VALIDITY rewards.0.proofValidMinutes'],
    ['grants without a trigger', { grantValidity: { value: 1, unit: 'DAY' } }, 'INVALID_TRIGGER rewards.0.grantValidity'],
    ['no language', { defaultLocale: 'not a tag' }, 'INVALID_LOCALE rewards.0.defaultLocale'],
    ['no language of a receipt', { receipts: [{ locale: '_', template: 'x' }, { locale: 'en', template: 'x' }] }, 'INVALID_LOCALE rewards.0.receipts.0.locale'],
    ['a template that does not parse', { receipts: [{ locale: 'en', template: '{{#reward.name}}' }] }, 'INVALID_RECEIPT rewards.0.receipts.0.template'],
    ['no name', { name: '' }, 'INVALID_NAME rewards.0.name'],
  ])('are refused for %s', (_what, reward, problem) => {
    for (const state of [EMPTY, planned(all({}), EMPTY).state]) {
      expect(refusals(all(reward), state)).toEqual([problem]);
    }
  });

  test('are at most a hundred, of which pruned ones do not count', () => {
    const rewards = (from: number, count: number) => documentWith({ cardDefinitions: [POINTS], rewards: Array.from({ length: count }, (_, index) => ({ ...PASTRY, key: `r${from + index}` })) });
    const { state } = planned(rewards(0, 100), EMPTY);
    expect(refusals(rewards(50, 51), state)).toEqual(['TOO_MANY_REWARDS rewards.50']);
    expect(planned(rewards(50, 51), state, { prune: true }).state.rewards).toHaveLength(51);
  });
});

describe('a document that is made to be dear', () => {
  test('of thousands of references that lead nowhere, each is reported once, and soon', () => {
    const lost = Array.from({ length: 6000 }, (_, index) => ({ tier: `none/t${index}`, multiplier: '2' }));
    const rule = { key: 'new', name: 'New', cardDefinition: 'points', versions: [{ rates: [{ currency: 'USD', value: '1', every: '1' }], tierMultipliers: lost }] };
    const document = read(JSON.stringify({ version: 1, cardDefinitions: [{ key: 'points', name: 'Points', status: 'ACTIVE' }], earnRules: [rule] }));
    const before = process.cpuUsage().user;
    const answer = plan(document, EMPTY);
    // Compared with each other, they took 15 seconds.
    expect(process.cpuUsage().user - before).toBeLessThan(3_000_000);
    if (answer.ok) throw new Error('None of the tiers is there.');
    expect(answer.problems.map(({ code }) => code)).toEqual(lost.map(() => 'UNKNOWN_REFERENCE'));
    expect(answer.problems[0]?.path).toEqual(['earnRules', 0, 'versions', 0, 'tierMultipliers', 0, 'tier']);
  });

  test.each(['[', '{a: ', '- ', '? ', '[{'])('of `%s` a hundred thousand times, the depth is named, and the process lives', (opening) => {
    const answer = readConfigurationText(opening.repeat(Math.floor(250_000 / opening.length)));
    expect(answer.ok ? [] : answer.problems.map(({ code, message }) => [code, message])).toEqual([['DOCUMENT_TOO_LARGE', 'Lists and objects are at most 32 levels deep.']]);
  });
});
