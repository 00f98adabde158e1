/** Tenants write conditions, and one thread evaluates those of all: none takes long, whatever it says and whatever it is asked about. */
import { describe, expect, test } from '@jest/globals';
import { CONDITION_STEPS_MAX, ConditionLanguage } from '../../src/domain/conditions.ts';
import { LIVE_DESTINATIONS } from '../../src/domain/destinations.ts';
import { REWARD_CONDITIONS } from '../../src/domain/rewards.ts';
import type { WebhookEndpointSettings } from '../../src/domain/webhooks.ts';
import { checkEndpoint, passesFilter } from '../../src/domain/webhooks.ts';

/** A new one each time, which remembers nothing of what was asked before. */
const language = () => new ConditionLanguage(['data']);
const holds = (condition: string, data: Record<string, unknown> = {}, by = language()) => {
  const answer = by.evaluate(condition, { data });
  return answer.kind === 'ANSWER' ? answer.holds : answer.message;
};
const FAILED = 'has a condition that could not be evaluated';
const TOO_LONG = 'has a condition that takes too many steps';

/** What each of these would take without a limit is seconds at the least, most of them for ever. */
const QUICK_MS = 1_000;
function quickly<Answer>(ask: () => Answer): Answer {
  const startedAt = performance.now();
  const answer = ask();
  expect(performance.now() - startedAt).toBeLessThan(QUICK_MS);
  return answer;
}

const SETTINGS: WebhookEndpointSettings = {
  url: 'https://example.com/', description: null, eventTypes: ['*'], filter: null, customHeaders: [], ratePerSecond: null, ordered: false, metadata: {},
};
const problemsOf = (filter: string) => checkEndpoint({ ...SETTINGS, filter }, () => ['all'], LIVE_DESTINATIONS).map(({ code, message }) => `${code} ${message}`);

/** As many as 10 KiB of metadata can hold. */
const NUMBERS = Array.from({ length: 5_000 }, () => 1);

describe('`matches`', () => {
  test.each([
    ['(a+)+$', `${'a'.repeat(40)}!`, false],
    ['^(a|a)*b', 'a'.repeat(5_000), false],
    ['(.*)*x', 'a'.repeat(5_000), false],
  ])('with %j takes time that is proportional to the text', (pattern, text, expected) => {
    expect(quickly(() => holds(`data.text.matches(${JSON.stringify(pattern)})`, { text }))).toBe(expected);
    expect(quickly(() => holds('data.text.matches(data.pattern)', { text, pattern }))).toBe(expected);
  });

  test.each([
    ['b', 'abc', true],
    ['^b', 'abc', false],
    ['^abc$', 'abc', true],
    ['(?i)^ABC$', 'abc', true],
    ['^\\\\d{3}-[A-Z]+$', '123-XYZ', true],
    ['^\\\\d{3}-[A-Z]+$', '1234-XYZ', false],
    ['^\\\\p{L}+$', 'Łódź', true],
    ['', '', true],
    ['^[a-z]{1,64}@[a-z]{1,64}\\\\.[a-z]{2,10}$', 'ada@example.com', true],
    ['\\\\Qa.b\\\\E', 'a.b', true],
    ['^[]a(]{3}[^]]$', ']a(b', true],
  ])('finds %j in %j: %s', (pattern, text, expected) => {
    expect(language().check(`data.text.matches("${pattern}")`)).toBeNull();
    expect(holds(`data.text.matches("${pattern}")`, { text })).toBe(expected);
    expect(holds(`"${text}".matches("${pattern}")`)).toBe(expected);
  });

  test.each([
    '(a', '(?=a)', '(a)\\\\1', 'a{1001}', '(a{1000}){1000}', 'a{1000}b{1000}c{1000}', 'abcdefghij{900}{900}', `(${'a'.repeat(100)}){1000}`, `\\\\Q[\\\\E(${'a'.repeat(100)}){1000}]`, `(${'a'.repeat(200)})(?i){600}`, 'a'.repeat(1_001),
  ])('is refused where %j is no pattern of RE2, or too large a one', (pattern) => {
    expect(language().check(`data.text.matches("${pattern}")`)).toMatch(/^The condition does not compile: Invalid regular expression: .+, at line 1, column 19\.$/);
    expect(quickly(() => holds(`data.text.matches("${pattern}")`, { text: 'a' }))).toBe(FAILED);
  });

  test('is refused on and with what is no text', () => {
    expect(language().check('1.matches("a")')).not.toBeNull();
    expect(language().check('"a".matches(1)')).toBe("The condition does not compile: found no matching overload for 'string.matches(int)', at line 1, column 1.");
    expect(language().check('[1].matches("a")')).toBe("The condition does not compile: found no matching overload for 'list<int>.matches(string)', at line 1, column 1.");
  });

  test.each([
    ['data.text.matches(data.pattern)', { text: 'a', pattern: '(a' }, FAILED],
    ['data.text.matches("a")', { text: 5 }, FAILED],
    ['data.text.matches(data.pattern)', { text: 'a', pattern: 5 }, FAILED],
    ['data.text.matches("a")', {}, FAILED],
    ['data.text.matches(data.pattern)', { text: 'a', pattern: 'a{1000}'.repeat(1_000) }, TOO_LONG],
    ['data.text.matches("(a|b|c|d)*x{900}")', { text: 'ab'.repeat(5_000) }, TOO_LONG],
  ])('fails: %s of %j', (condition, data, message) => {
    expect(language().check(condition)).toBeNull();
    expect(quickly(() => holds(condition, data))).toBe(message);
  });
});

describe('lists within each other', () => {
  const DEEP = 'data.n.all(x, data.n.exists(y, data.n.exists_one(z, z == x + y)))';

  test.each([
    ['data.n.all(x, data.n.exists(y, y == x))'],
    ['data.n.filter(x, x > 1).map(x, x + 1.0).map(x, x + 1.0).exists(x, x == 4.0)'],
    ['data.n.map(x, data.n.filter(y, y > x)).exists(list, list.all(x, x > 1))'],
    ['data.n.filter(x, data.n.exists(y, y == x)).all(z, data.n.exists(y, y == z))'],
  ])('are gone through two deep: %s', (condition) => {
    expect(language().check(condition)).toBeNull();
    expect(typeof holds(condition, { n: [1, 2] })).toBe('boolean');
  });

  test.each([
    [DEEP, 'line 1, column 32'],
    ['true ||\n  data.n.map(x, data.n.map(y, data.n.map(z, z))) == []', 'line 2, column 31'],
    ['data.n.exists(x, [1].filter(y, {"a": [y].all(z, z > 1)}.a).size() == 0)', 'line 1, column 38'],
    ['data.n.map(x, true, data.n.map(y, true, data.n.map(z, true, z))) == []', 'line 1, column 41'],
  ])('are refused three deep: %s', (condition, where) => {
    const message = `has at most 2 of all, exists, exists_one, filter and map within each other; this one has more, at ${where}.`;
    expect(language().check(condition)).toBe(`A condition ${message}`);
    expect(problemsOf(condition)).toEqual([`INVALID_CONDITION A filter ${message}`]);
  });

  test('are refused by the languages of rewards and of filters alike', () => {
    expect(REWARD_CONDITIONS.check(DEEP.replaceAll('data', 'customer'))).toMatch(/^A condition has at most 2 of all, /);
    expect(problemsOf('data.name.matches("(a")')).toEqual([expect.stringMatching(/^INVALID_CONDITION The filter does not compile: Invalid regular expression: .+, at line 1, column 19\.$/)]);
    expect(problemsOf('1 + 1')).toEqual(['INVALID_CONDITION A filter answers true or false; this one answers int.']);
  });

  test('fail where they were saved before that', () => {
    expect(quickly(() => holds(DEEP, { n: NUMBERS }))).toBe(TOO_LONG);
    expect(quickly(() => passesFilter(DEEP, { type: 'customer.created', data: { n: NUMBERS } }))).toBe(false);
  });
});

describe('steps', () => {
  /** Each value is ten of the one before it. */
  const laughs = (first: string, ten: (name: string) => string, last: (name: string) => string) =>
    Array.from({ length: 9 }, (_, index) => index).reduceRight((inner, index) => `cel.bind(v${index}, ${ten(index === 0 ? first : `v${index - 1}`)}, ${inner})`, last('v8'));
  const list = (name: string) => `[${Array.from({ length: 10 }, () => name).join(', ')}]`;
  const sum = (name: string) => Array.from({ length: 10 }, () => name).join(' + ');

  test.each([
    ['elements within elements', 'data.n.all(x, data.n.all(y, x == y))'],
    ['lists that are looked through', 'data.n.all(x, !(2 in data.n))'],
    ['lists that are compared', 'data.n.all(x, data.n == data.m)'],
    ['lists of lists that are compared', `${laughs('1', list, (name) => name)} == ${laughs('1', list, (name) => name)}`],
    ['lists that grow', `${laughs('data.n', sum, (name) => name)} == []`],
    ['text that grows', `${laughs('data.text', sum, (name) => name)} == ""`],
    ['text that is read', 'data.n.all(x, data.text.contains("b") || true)'],
    ['text that is matched', 'data.n.all(x, !data.text.matches("b"))'],
    ['patterns of which each is another', 'data.numbers.map(x, string(x)).all(x, !"a".matches("a{900}" + x))'],
    ['time zones', 'data.n.all(x, data.at.getHours("Europe/Warsaw") < 24)'],
    ['what is no error within `exists`', 'data.n.exists(x, data.n.exists(y, y == 2))'],
    ['what is no error within `||`', 'data.n.all(x, data.n.all(y, y == 1)) || true'],
  ])('are used up by %s', (_, condition) => {
    const data = { n: NUMBERS, m: [...NUMBERS], numbers: NUMBERS.map((_one, index) => index), text: 'a'.repeat(10_000), at: new Date(0) };
    const asked = language();
    expect(asked.check(condition)).toBeNull();
    expect(quickly(() => holds(condition, data, asked))).toBe(TOO_LONG);
    // The next one has all of its own.
    expect(holds('data.n.exists(x, x == 1)', data, asked)).toBe(true);
  });

  test('are enough for a purchase of a thousand lines', () => {
    const lines = Array.from({ length: 1_000 }, (_, index) => ({ sku: `SKU-${index}`, category: 'shoes', quantity: 1n }));
    expect(holds('data.lines.exists(line, line.sku.startsWith("SKU-999") && line.category in ["boots", "shoes"] && line.quantity > 0)', { lines })).toBe(true);
    expect(holds('data.lines.all(line, line.sku.matches("^SKU-[0-9]{1,3}$"))', { lines })).toBe(true);
    expect(holds('size(data.lines) == 1000', { lines })).toBe(true);
  });

  test('are not asked of a duration, which is short', () => {
    expect(holds('duration("1h30m") == duration("90m")')).toBe(true);
    expect(quickly(() => holds('duration(data.text) == duration("1s")', { text: '1'.repeat(10_000) }))).toBe(FAILED);
  });
});

describe('what a condition takes, in steps', () => {
  /** The longest text, in 16 characters, that can be compared before the condition is evaluated: a step each. */
  const left = (condition: string, data: Record<string, unknown>, asked = language()) => {
    let [low, high] = [-1, CONDITION_STEPS_MAX + 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (typeof holds(`data.filler != "b" && (${condition})`, { ...data, filler: 'a'.repeat(16 * middle) }, asked) === 'boolean') low = middle;
      else high = middle;
    }
    return low;
  };
  const steps = (condition: string, data: Record<string, unknown> = {}) => left('true', {}) - left(condition, data);
  const text = 'a'.repeat(1_615);
  const bytes = new TextEncoder().encode(text);

  test('there are as many as are said, to the last', () => {
    expect(left('true', {})).toBe(CONDITION_STEPS_MAX - 5);
  });

  test('they are the same in number whatever was evaluated before', () => {
    const [condition, data] = ['data.n.all(x, data.text.matches("^a+$"))', { n: NUMBERS.slice(0, 10), text: 'aaa' }];
    const asked = language();
    const first = left(condition, data, asked);
    expect(first).toBeLessThan(CONDITION_STEPS_MAX - 50);
    expect([left(condition, data, asked), left(condition, data)]).toEqual([first, first]);
  });

  test.each<[string, unknown, unknown, number]>([
    ['data.x == "b"', text, '', 100],
    ['"b" == data.x', text, '', 100],
    ['data.x != "b"', text, '', 100],
    ['data.x in ["b"]', text, '', 100],
    ['data.x + "b" == "c"', text, '', 100 + 101],
    ['size(data.x) < 0', text, '', 100],
    ['data.x.startsWith("b")', text, '', 100],
    ['"b".startsWith(data.x)', text, '', 100],
    ['data.x < "a"', text, '', 0],
    ['data.x == ["b"]', bytes, [], 100],
    ['data.x == ["b"]', [1, 2, 3, null, true], [], 5],
    ['data.x == ["b"]', [text, [text, 1], []], [], 205],
    ['data.x == {"b": 1}', { a: text, b: null, c: { d: 1 } }, {}, 104],
    ['data.x == 1.0', 2, 3, 0],
    ['data.x == null', null, 1, 0],
  ])('%s goes through all that it is given', (condition, much, little, more) => {
    expect(steps(condition, { x: much }) - steps(condition, { x: little })).toBe(more);
  });

  test('a time zone takes 500, and the time of day without one none', () => {
    const at = new Date(0);
    expect(steps('data.at.getHours("Europe/Warsaw") < 24', { at }) - steps('data.at.getHours() < 24', { at })).toBe(501);
    expect(steps('data.at.getHours() < 24', { at })).toBe(steps('data.at.size() < 24', { at: [] }));
  });

  test('a pattern takes what it is long, once, and what it is matched with each time', () => {
    const once = steps('data.x.matches("a{100}b")', { x: '' });
    expect(once - steps('data.x.matches("b")', { x: '' })).toBe(400);
    const matched = steps('data.x.matches("a{100}b")', { x: 'a'.repeat(64) });
    expect(matched - once).toBe(103 + 4);
    // And two for the `||` and for the `true` in the place of which it stands.
    expect(steps('data.x.matches("a{100}b") || data.x.matches("a{100}b")', { x: 'a'.repeat(64) })).toBe(matched + (matched - 404) + 2);
  });

  test('a duration has at most 64 characters', () => {
    const second = (length: number) => holds('duration(data.text) == duration("1s")', { text: `${'0'.repeat(length - 2)}1s` });
    expect([second(64), second(65)]).toEqual([true, FAILED]);
    expect(holds('size(data.text) == 65', { text: 'a'.repeat(65) })).toBe(true);
  });
});

describe('what a condition may say', () => {
  const check = (condition: string) => language().check(condition);
  const list = (length: number) => `[${Array(length).fill('1').join(', ')}]`;
  const map = (length: number) => `{${Array.from({ length }, (_, index) => `"${index}": 1`).join(', ')}}`;

  test('it has 1 to 2000 characters', () => {
    const message = 'A condition has 1 to 2000 characters.';
    expect([check(''), check(' \n'), check(`true${' '.repeat(1_997)}`)]).toEqual([message, message, message]);
    expect(check(`true${' '.repeat(1_996)}`)).toBeNull();
    // Whatever a character takes: this one takes two units.
    expect([check(`data.a == "${'🏅'.repeat(1_988)}"`), check(`data.a == "${'🏅'.repeat(1_989)}"`)]).toEqual([null, message]);
    expect([check('data.a == "\u0000"'), check('data.a == "\ud800"')]).toEqual([message, message]);
    expect(new ConditionLanguage(['data'], 'filter').check('')).toBe('A filter has 1 to 2000 characters.');
  });

  test('it reads the variables of its language and no others', () => {
    expect(check('data.a == 1')).toBeNull();
    expect(check('true &&\n  other.a == 1')).toMatch(/^The condition does not compile: .*other.*, at line 2, column 3\.$/);
  });

  test('it may ask for what may not be there', () => {
    expect(check('data.?a.orValue(1) == 1')).toBeNull();
    expect([holds('data.?a.orValue(1) == 1'), holds('data.?a.orValue(1) == 1', { a: 2n })]).toEqual([true, false]);
  });

  test('it may ask for nothing', () => {
    expect([holds('data.a == null', { a: null }), holds('data.a == null', { a: 1 })]).toEqual([true, false]);
  });

  test.each<[string, (length: number) => string, number]>([
    ['elements of a list', (length) => `${list(length)} == []`, 100],
    ['entries of a map', (length) => `${map(length)} == {}`, 50],
  ])('it has a limit of %s', (_, condition, most) => {
    expect(check(condition(most))).toBeNull();
    expect(check(condition(most + 1))).toMatch(/^The condition does not compile: /);
  });

  test('it has a limit of parts, and of parts within each other', () => {
    const sum = (count: number) => `${Array(count).fill('1').join('+')}==1`;
    const product = (depth: number) => `${'-('.repeat(depth)}1${')'.repeat(depth)}==1`;
    expect([check(sum(20)), check(product(10))]).toEqual([null, null]);
    expect(check(Array(200).fill('1==1').join('&&'))).toMatch(/^The condition does not compile: /);
    expect(check(product(60))).toMatch(/^The condition does not compile: /);
  });

  test('it answers true or false', () => {
    expect(check('[1]')).toBe('A condition answers true or false; this one answers list<int>.');
    expect(holds('data.a', { a: 1 })).toBe('has a condition that did not answer true or false');
  });

  test('its pattern is said to be too large, and matched with text alone', () => {
    const large = `data.text.matches("${'a'.repeat(1_001)}")`;
    expect(check(large)).toBe('The condition does not compile: Invalid regular expression: the pattern is too large, at line 1, column 19.');
    expect([holds('data.text.matches("a")', { text: [97] }), holds('data.text.matches("a")', { text: 'a' })]).toEqual([FAILED, true]);
  });
});
