/** The catalogue of rewards: what it says, what becomes of it, and every way to be refused. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../support/client.ts';
import { buildCardDefinition, buildProgram } from '../support/program.ts';
import type { Program } from '../support/program.ts';
import { buildReward } from '../support/rewards.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { differencesOf } from '../support/sound.ts';
import { codesOf, problemsOf, unchanged } from '../support/unchanged.ts';

let server: TestServer;
let client: ApiClient;
let program: Program;
let foreign: Program;
let input: Record<string, unknown>;

beforeAll(async () => {
  server = await startTestServer();
  client = await server.workspace({ clock: '2026-05-17T12:00:00Z' });
  program = await buildProgram(client);
  foreign = await buildProgram(await server.workspace());
  input = { name: 'Free pastry', type: 'free_pastry', cardDefinitionId: program.cardDefinitionId, cost: 100 };
});
afterAll(() => server.stop());

const REWARD = `id key name type description status cost stock condition validFrom validUntil proofValidMinutes defaultLocale metadata version
  cardDefinition { id } limits { perMember perPeriod { unit count } } tiers { id } grantValidity { value unit } receipts { locale template }
  trigger { type everyNthVisit { visits } pointBalance { points cardDefinition { id } } pointEarned { points unit cardDefinition { id } } }`;

const refusals = new Set<string>();

/** Codes and fields of a refusal that changed nothing. */
async function refused(field: string, given: Record<string, unknown>): Promise<string[]> {
  const payload = await unchanged(server, () => client.mutate(field, given, 'reward { id }'));
  expect(payload.reward).toBeNull();
  for (const { code } of payload.userErrors) refusals.add(code);
  return problemsOf(payload);
}

const visits = (count: number) => ({ trigger: { everyNthVisit: { visits: count } } });
const balance = (points: number | string, cardDefinitionId = program.cardDefinitionId) => ({ trigger: { pointBalance: { cardDefinitionId, points } } });
const earned = (points: number | string, cardDefinitionId = program.cardDefinitionId) => ({ trigger: { pointEarned: { cardDefinitionId, points } } });

/** What a reward cannot say, with what is answered. */
const WRONG: [string, () => Record<string, unknown>, string[]][] = [
  ['no name', () => ({ name: ' ' }), ['INVALID_NAME name']],
  ['too long a name', () => ({ name: 'x'.repeat(201) }), ['INVALID_NAME name']],
  ['no key', () => ({ key: 'A key' }), ['INVALID_KEY key']],
  ['another one\'s key', () => ({ key: 'taken' }), ['KEY_TAKEN key']],
  ['no type', () => ({ type: '' }), ['INVALID_TYPE type']],
  ['too long a type', () => ({ type: 'x'.repeat(101) }), ['INVALID_TYPE type']],
  ['an empty description', () => ({ description: '' }), ['INVALID_DESCRIPTION description']],
  ['too long a description', () => ({ description: 'x'.repeat(2_001) }), ['INVALID_DESCRIPTION description']],
  ['no such card', () => ({ cardDefinitionId: 'cdef_01h2xcejqtf2nbrexx3vqjhp41' }), ['INVALID_CARD_DEFINITION cardDefinitionId']],
  ['something else than a card', () => ({ cardDefinitionId: program.tierStructureId }), ['INVALID_CARD_DEFINITION cardDefinitionId']],
  ['a card of another workspace', () => ({ cardDefinitionId: foreign.cardDefinitionId }), ['INVALID_CARD_DEFINITION cardDefinitionId']],
  ['no cost', () => ({ cost: 0 }), ['INVALID_COST cost']],
  ['a cost below nothing', () => ({ cost: -1, ...visits(3) }), ['INVALID_COST cost']],
  ['a stock below nothing', () => ({ stock: -1 }), ['INVALID_STOCK stock']],
  ['too large a stock', () => ({ stock: 1_000_000_001 }), ['INVALID_STOCK stock']],
  ['a limit of nothing', () => ({ limits: { perMember: 0 } }), ['INVALID_LIMIT limits perMember']],
  ['too high a limit', () => ({ limits: { perMember: 1_000_001 } }), ['INVALID_LIMIT limits perMember']],
  ['a daily limit of nothing', () => ({ limits: { perPeriod: [{ unit: 'DAY', count: 0 }] } }), ['INVALID_LIMIT limits perPeriod 0 count']],
  ['two daily limits', () => ({ limits: { perPeriod: [{ unit: 'DAY', count: 1 }, { unit: 'DAY', count: 2 }] } }), ['INVALID_LIMIT limits perPeriod 1 unit']],
  ['no such tier', () => ({ tierIds: [program.tierIds['Gold'], 'tier_01h2xcejqtf2nbrexx3vqjhp41'] }), ['INVALID_TIER tierIds 1']],
  ['something else than a tier', () => ({ tierIds: ['gold'] }), ['INVALID_TIER tierIds 0']],
  ['a tier of another workspace', () => ({ tierIds: [foreign.tierIds['Gold']] }), ['INVALID_TIER tierIds 0']],
  ['a tier twice', () => ({ tierIds: [program.tierIds['Gold'], program.tierIds['Gold']] }), ['INVALID_TIER tierIds 1']],
  ['too many tiers', () => ({ tierIds: Array.from({ length: 51 }, () => program.tierIds['Gold']) }), ['INVALID_TIER tierIds']],
  ['a condition that does not compile', () => ({ condition: 'customer.' }), ['INVALID_CONDITION condition']],
  ['a condition with a pattern that is none of RE2', () => ({ condition: "customer.externalId.matches('(?=a)')" }), ['INVALID_CONDITION condition']],
  ['a condition with lists three deep', () => ({ condition: 'customer.tiers.all(x, customer.tiers.all(y, customer.tiers.all(z, true)))' }), ['INVALID_CONDITION condition']],
  ['a condition that is no question', () => ({ condition: '1 + 1' }), ['INVALID_CONDITION condition']],
  ['a condition about a purchase', () => ({ condition: "transaction.location == 'x'" }), ['INVALID_CONDITION condition']],
  ['an end before its beginning', () => ({ validFrom: '2026-06-01T00:00:00Z', validUntil: '2026-06-01T00:00:00Z' }), ['INVALID_VALIDITY validUntil']],
  ['a proof without time', () => ({ proofValidMinutes: 0 }), ['INVALID_VALIDITY proofValidMinutes']],
  ['a proof for years', () => ({ proofValidMinutes: 527_041 }), ['INVALID_VALIDITY proofValidMinutes']],
  ['grants without a trigger', () => ({ grantValidity: { value: 1, unit: 'DAY' } }), ['INVALID_TRIGGER grantValidity']],
  ['grants without time', () => ({ ...visits(3), grantValidity: { value: 0, unit: 'DAY' } }), ['INVALID_VALIDITY grantValidity']],
  ['every 0th visit', () => visits(0), ['INVALID_TRIGGER trigger everyNthVisit visits']],
  ['every 10001st visit', () => visits(10_001), ['INVALID_TRIGGER trigger everyNthVisit visits']],
  ['a balance of nothing', () => balance(0), ['INVALID_TRIGGER trigger pointBalance points']],
  ['a balance on a card of another workspace', () => balance(1, foreign.cardDefinitionId), ['INVALID_CARD_DEFINITION trigger pointBalance cardDefinitionId']],
  ['nothing earned', () => earned(-1), ['INVALID_TRIGGER trigger pointEarned points']],
  ['points earned on no card', () => earned(1, 'none'), ['INVALID_CARD_DEFINITION trigger pointEarned cardDefinitionId']],
  ['no language', () => ({ defaultLocale: 'not a tag' }), ['INVALID_LOCALE defaultLocale']],
  ['no language of a receipt', () => ({ receipts: [{ locale: 'en', template: 'x' }, { locale: '_', template: 'x' }] }), ['INVALID_LOCALE receipts 1 locale']],
  ['no receipt in the default language', () => ({ receipts: [{ locale: 'de', template: 'x' }] }), ['INVALID_LOCALE defaultLocale']],
  ['a template that does not parse', () => ({ receipts: [{ locale: 'en', template: '{{#reward.name}}' }] }), ['INVALID_RECEIPT receipts 0 template']],
  ['a template that names what there is not', () => ({ receipts: [{ locale: 'en', template: '{{customer.email}}' }] }), ['INVALID_RECEIPT receipts 0 template']],
  ['an empty template', () => ({ receipts: [{ locale: 'en', template: '' }] }), ['INVALID_RECEIPT receipts 0 template']],
  ['a language twice', () => ({ receipts: [{ locale: 'en', template: 'x' }, { locale: 'EN', template: 'y' }] }), ['INVALID_RECEIPT receipts 1 locale']],
  ['too many receipts', () => ({ receipts: Array.from({ length: 21 }, (_, index) => ({ locale: `en-x-${index}`, template: 'x' })) }), ['INVALID_RECEIPT receipts']],
  ['too much metadata', () => ({ metadata: { a: 'x'.repeat(11_000) } }), ['INVALID_METADATA metadata']],
  ['an empty idempotency key', () => ({ idempotencyKey: '' }), ['INVALID_IDEMPOTENCY_KEY idempotencyKey']],
];

describe('a reward is refused, and nothing changes, with', () => {
  let draft: string;
  beforeAll(async () => {
    await buildReward(client, program.cardDefinitionId, { key: 'taken' });
    draft = (await client.succeed('rewardCreate', { ...input, key: 'draft' }, 'reward { id }')).reward.id as string;
  });

  test.each(WRONG)('%s, when it is created and when it is changed', async (_what, wrong, problems) => {
    expect(await refused('rewardCreate', { ...input, ...wrong() })).toEqual(problems);
    expect(await refused('rewardUpdate', { id: draft, ...wrong() })).toEqual(problems);
  });

  test('everything that is wrong at once', async () => {
    const wrong = { name: '', type: '', cost: 0, stock: -1, proofValidMinutes: 0, limits: { perMember: 0 }, tierIds: ['x'], defaultLocale: '_' };
    const problems = ['INVALID_NAME name', 'INVALID_TYPE type', 'INVALID_COST cost', 'INVALID_STOCK stock', 'INVALID_VALIDITY proofValidMinutes', 'INVALID_LIMIT limits perMember', 'INVALID_TIER tierIds 0', 'INVALID_LOCALE defaultLocale'];
    expect(await refused('rewardCreate', { ...input, ...wrong })).toEqual(problems);
  });

  test('an id of nothing, of something else, or of another workspace', async () => {
    const theirs = await buildReward(await server.workspace(), (await buildProgram(await server.workspace())).cardDefinitionId).catch(() => null);
    expect(theirs).toBeNull();
    const other = await server.workspace();
    const elsewhere = await buildReward(other, await buildCardDefinition(other));
    for (const id of ['rwd_01h2xcejqtf2nbrexx3vqjhp41', 'nothing', program.cardDefinitionId, elsewhere]) {
      for (const [field, more] of [['Update', { name: 'Mine' }], ['Activate', {}], ['Deactivate', {}], ['Draft', {}], ['Delete', {}], ['StockAdjust', { by: 1 }]] as const) {
        expect(await refused(`reward${field}`, { id, ...more })).toEqual(['NOT_FOUND id']);
      }
    }
  });

  test('a version that is another', async () => {
    for (const [field, more] of [['Update', { name: 'Other' }], ['Activate', {}], ['Delete', {}]] as const) {
      expect(await refused(`reward${field}`, { id: draft, version: 7, ...more })).toEqual(['VERSION_CONFLICT version']);
    }
  });

  test('a step that its status does not allow', async () => {
    const active = await buildReward(client, program.cardDefinitionId);
    expect([await refused('rewardDeactivate', { id: draft }), await refused('rewardDraft', { id: draft }), await refused('rewardActivate', { id: active })]).toEqual([['INVALID_STATUS id'], ['INVALID_STATUS id'], ['INVALID_STATUS id']]);
    await client.succeed('rewardDeactivate', { id: active }, 'reward { id }');
    expect(await refused('rewardDraft', { id: active })).toEqual(['INVALID_STATUS id']);
    await client.succeed('rewardDelete', { id: active }, 'reward { id }');
    for (const [field, more] of [['Update', { name: 'Other' }], ['Activate', {}], ['Delete', {}]] as const) {
      expect(await refused(`reward${field}`, { id: active, ...more })).toEqual(['INVALID_STATUS id']);
    }
  });

  test('anything but key, name and metadata while it is in force', async () => {
    const active = await buildReward(client, program.cardDefinitionId);
    const rules: Record<string, unknown> = {
      type: 'cake',
      description: 'Cake.',
      cardDefinitionId: program.cardDefinitionId,
      cost: 5,
      stock: 5,
      limits: { perMember: 5 },
      tierIds: [],
      condition: 'true',
      validFrom: null,
      validUntil: null,
      proofValidMinutes: 5,
      trigger: null,
      grantValidity: null,
      defaultLocale: 'de',
      receipts: [],
    };
    for (const [field, value] of Object.entries(rules)) expect(await refused('rewardUpdate', { id: active, [field]: value })).toEqual([`NOT_DRAFT ${field}`]);
    const { reward } = await client.succeed('rewardUpdate', { id: active, key: 'renamed', name: 'Cake', metadata: { a: 1 } }, `reward { ${REWARD} }`);
    expect(reward).toMatchObject({ key: 'renamed', name: 'Cake', metadata: { a: 1 }, status: 'ACTIVE', version: 3, cost: 100 });
  });

  test('cards and tiers that have gone by the time of activation', async () => {
    const beans = await buildCardDefinition(client, { name: 'Beans' });
    const { reward } = await client.succeed('rewardCreate', { ...input, cardDefinitionId: beans, ...balance(5, beans) }, 'reward { id }');
    await client.succeed('cardDefinitionDeactivate', { id: beans }, 'cardDefinition { id }');
    expect(await refused('rewardActivate', { id: reward.id })).toEqual(['INVALID_CARD_DEFINITION cardDefinitionId', 'INVALID_CARD_DEFINITION trigger pointBalance cardDefinitionId']);
  });

  test('a stock that does not change, or leaves its range, or that there is not', async () => {
    const stocked = await buildReward(client, program.cardDefinitionId, { stock: 5 });
    for (const by of [0, -6, 999_999_996]) expect(await refused('rewardStockAdjust', { id: stocked, by })).toEqual(['INVALID_STOCK by']);
    for (const reason of ['', 'x'.repeat(501)]) expect(await refused('rewardStockAdjust', { id: stocked, by: 1, reason })).toEqual(['INVALID_REASON reason']);
    expect(await refused('rewardStockAdjust', { id: draft, by: 1 })).toEqual(['NO_STOCK id']);
    expect(await refused('rewardStockAdjust', { id: stocked, by: 1, version: 9 })).toEqual(['VERSION_CONFLICT version']);
    const { reward } = await client.succeed('rewardStockAdjust', { id: stocked, by: -5, reason: 'Broken.' }, 'reward { stock version }');
    expect(reward).toEqual({ stock: 0, version: 3 });
  });

  test('an idempotency key that was used with other input', async () => {
    const key = { idempotencyKey: 'once' };
    const { reward } = await client.succeed('rewardCreate', { ...input, ...key }, `reward { ${REWARD} }`);
    const again = await unchanged(server, () => client.succeed('rewardCreate', { ...input, ...key }, `reward { ${REWARD} }`));
    expect(again.reward).toEqual(reward);
    expect(await refused('rewardCreate', { ...input, cost: 7, ...key })).toEqual(['IDEMPOTENCY_KEY_PARAMETER_MISMATCH idempotencyKey']);
  });

  test('ninety-nine others and one more; a deleted one makes room', async () => {
    const shop = await server.workspace();
    const cardDefinitionId = await buildCardDefinition(shop);
    const plain = { name: 'One', type: 'one', cost: 1, cardDefinitionId };
    const made: string[] = [];
    for (let each = 0; each < 100; each += 1) made.push((await shop.succeed('rewardCreate', plain, 'reward { id }')).reward.id as string);
    const attempt = () => shop.mutate('rewardCreate', plain, 'reward { key }');
    const { userErrors } = await unchanged(server, attempt);
    expect(userErrors.map(({ code }: { code: string }) => code)).toEqual(['TOO_MANY_REWARDS']);
    refusals.add('TOO_MANY_REWARDS');
    await shop.succeed('rewardDelete', { id: made[3] }, 'reward { id }');
    expect((await attempt()).reward.key).toBe('one_4');
  });

  test('each code that there is, in one of these tests', () => {
    expect([...refusals].sort()).toEqual(codesOf('RewardErrorCode'));
  });
});

test('a reward says what it was given, and what it was not is plain', async () => {
  const plain = (await client.succeed('rewardCreate', input, `reward { ${REWARD} }`)).reward;
  expect(plain).toEqual({
    id: expect.stringMatching(/^rwd_/),
    key: expect.stringMatching(/^free-pastry(_\d+)?$/),
    name: 'Free pastry',
    type: 'free_pastry',
    description: null,
    status: 'DRAFT',
    cost: 100,
    stock: null,
    condition: null,
    validFrom: null,
    validUntil: null,
    proofValidMinutes: 1_440,
    defaultLocale: 'en',
    metadata: {},
    version: 1,
    cardDefinition: { id: program.cardDefinitionId },
    limits: { perMember: null, perPeriod: [] },
    tiers: [],
    grantValidity: null,
    receipts: [],
    trigger: null,
  });
  const says = {
    description: 'From the counter.',
    stock: 7,
    condition: 'customer.points > 3',
    validFrom: '2026-06-01T00:00:00.000Z',
    validUntil: '2026-07-01T00:00:00.000Z',
    proofValidMinutes: 5,
    defaultLocale: 'de-AT',
    metadata: { a: [1] },
    limits: { perMember: 3, perPeriod: [{ unit: 'WEEK', count: 1 }, { unit: 'YEAR', count: 2 }] },
    grantValidity: { value: 3, unit: 'MONTH' },
    receipts: [{ locale: 'en', template: 'Hi' }, { locale: 'de-AT', template: 'Servus' }],
  };
  const tierIds = [program.tierIds['Gold'], program.tierIds['Silver']];
  const change = { id: plain.id, ...says, tierIds, cost: 0, trigger: { pointEarned: { cardDefinitionId: program.cardDefinitionId, points: 5, unit: 'DAY' } } };
  const full = (await client.succeed('rewardUpdate', change, `reward { ${REWARD} }`)).reward;
  const trigger = { type: 'POINT_EARNED', everyNthVisit: null, pointBalance: null, pointEarned: { points: 5, unit: 'DAY', cardDefinition: { id: program.cardDefinitionId } } };
  expect(full).toEqual({ ...plain, ...says, cost: 0, tiers: tierIds.map((id) => ({ id })), trigger, version: 2 });
  // Null takes away what may be missing.
  const bare = { description: null, stock: null, condition: null, validFrom: null, validUntil: null, trigger: null, grantValidity: null };
  const cleared = await client.succeed('rewardUpdate', { id: plain.id, ...bare, cost: 100, limits: null, tierIds: null, receipts: null, defaultLocale: 'en', proofValidMinutes: 1_440, metadata: {} }, `reward { ${REWARD} }`);
  expect(cleared.reward).toEqual({ ...plain, version: 3 });
});

test('what all of this left behind proves itself', async () => {
  expect(await differencesOf(server)).toEqual([]);
});
