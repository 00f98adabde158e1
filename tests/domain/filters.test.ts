import { describe, expect, test } from '@jest/globals';
import type { Checked } from '../../src/domain/problem.ts';
import { dateConditions, textConditions, valueConditions } from '../../src/domain/filters.ts';
import { LocalCalendar } from '../../src/domain/time.ts';

const at = (text: string) => Date.parse(text);

function valueOf<T>(answer: Checked<T>): T {
  if (!answer.ok) throw new Error(answer.problems.map(({ message }) => message).join(' '));
  return answer.value;
}

function problemsOf(answer: Checked<unknown>): string[] {
  return answer.ok ? [] : answer.problems.map(({ code, field }) => [code, ...(field ?? [])].join(' '));
}

const texts = (count: number) => Array.from({ length: count }, (_, index) => `${index}`);

describe('values', () => {
  test('nothing given is no condition', () => {
    for (const filter of [undefined, null, {}, { is: null, isNot: undefined, in: null, notIn: null }]) {
      expect(valueConditions('id', filter, 100)).toEqual({ ok: true, value: [] });
    }
  });

  test('each operator is a condition of its own', () => {
    expect(valueOf(valueConditions('status', { is: 'A', isNot: 'B', in: ['C', 'D'], notIn: ['E'] }, 10))).toEqual([
      { kind: 'ONE_OF', field: 'status', values: ['A'], negated: false },
      { kind: 'ONE_OF', field: 'status', values: ['B'], negated: true },
      { kind: 'ONE_OF', field: 'status', values: ['C', 'D'], negated: false },
      { kind: 'ONE_OF', field: 'status', values: ['E'], negated: true },
    ]);
  });

  test.each([10, 100])('a list has 1 to %d values', (most) => {
    expect(problemsOf(valueConditions('id', { in: texts(1), notIn: texts(most) }, most))).toEqual([]);
    expect(problemsOf(valueConditions('id', { in: [], notIn: texts(most + 1) }, most))).toEqual([
      'INVALID_FILTER filter id in',
      'INVALID_FILTER filter id notIn',
    ]);
  });
});

describe('texts', () => {
  test('each operator is a condition of its own', () => {
    const filter = { is: 'a', contains: 'b', notContain: 'c', startsWith: 'd', endsWith: '', hasValue: true, isUnknown: true };
    expect(valueOf(textConditions('name', filter))).toEqual([
      { kind: 'ONE_OF', field: 'name', values: ['a'], negated: false },
      { kind: 'TEXT', field: 'name', match: 'CONTAINS', text: 'b', negated: false },
      { kind: 'TEXT', field: 'name', match: 'CONTAINS', text: 'c', negated: true },
      { kind: 'TEXT', field: 'name', match: 'STARTS_WITH', text: 'd', negated: false },
      { kind: 'TEXT', field: 'name', match: 'ENDS_WITH', text: '', negated: false },
      { kind: 'KNOWN', field: 'name', known: true },
      { kind: 'KNOWN', field: 'name', known: false },
    ]);
  });

  test('hasValue and isUnknown are each other turned round', () => {
    const known = (filter: Parameters<typeof textConditions>[1]) =>
      valueOf(textConditions('name', filter)).map((condition) => condition.kind === 'KNOWN' && condition.known);
    expect(known({ hasValue: false })).toEqual([false]);
    expect(known({ isUnknown: false })).toEqual([true]);
    expect(known({ hasValue: null, isUnknown: undefined })).toEqual([]);
  });

  test('a text has at most 200 characters, counted as names are', () => {
    const longest = '🏅'.repeat(200);
    expect(problemsOf(textConditions('name', { is: longest, in: [longest], contains: longest }))).toEqual([]);
    const tooLong = 'x'.repeat(201);
    expect(
      problemsOf(textConditions('name', { isNot: tooLong, notIn: ['a', tooLong], startsWith: tooLong, endsWith: 'a\u0000' })),
    ).toEqual([
      'INVALID_FILTER filter name isNot',
      'INVALID_FILTER filter name notIn',
      'INVALID_FILTER filter name startsWith',
      'INVALID_FILTER filter name endsWith',
    ]);
  });

  test('a list has 1 to 10 texts', () => {
    expect(problemsOf(textConditions('name', { in: texts(10) }))).toEqual([]);
    expect(problemsOf(textConditions('name', { in: texts(11), notIn: [] }))).toEqual([
      'INVALID_FILTER filter name in',
      'INVALID_FILTER filter name notIn',
    ]);
  });
});

describe('dates', () => {
  // In New York 8 March 2026 has 23 hours.
  const newYork = new LocalCalendar('America/New_York');
  const now = at('2026-03-09T16:00:00Z');
  const spans = (filter: Parameters<typeof dateConditions>[1]) =>
    valueOf(dateConditions('createdAt', filter, newYork, now)).map((condition) => {
      if (condition.kind !== 'BETWEEN') return condition;
      const text = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString());
      return [text(condition.from), text(condition.to)];
    });

  test('before and after leave the instant itself out', () => {
    const instant = at('2026-03-01T00:00:00Z');
    expect(spans({ before: instant })).toEqual([[null, '2026-03-01T00:00:00.000Z']]);
    expect(spans({ after: instant })).toEqual([['2026-03-01T00:00:00.001Z', null]]);
    expect(spans({ before: instant, after: instant })).toHaveLength(2);
  });

  test('exactly so many days ago is a local day', () => {
    expect(spans({ is: 0 })).toEqual([['2026-03-09T04:00:00.000Z', '2026-03-10T04:00:00.000Z']]);
    expect(spans({ is: 1 })).toEqual([['2026-03-08T05:00:00.000Z', '2026-03-09T04:00:00.000Z']]);
    expect(spans({ is: 2 })).toEqual([['2026-03-07T05:00:00.000Z', '2026-03-08T05:00:00.000Z']]);
  });

  test('more than so many days ago is before that day, less than is after it', () => {
    expect(spans({ moreThan: 1 })).toEqual([[null, '2026-03-08T05:00:00.000Z']]);
    expect(spans({ lessThan: 1 })).toEqual([['2026-03-09T04:00:00.000Z', null]]);
    expect(spans({ moreThan: 0 })).toEqual([[null, '2026-03-09T04:00:00.000Z']]);
    expect(spans({ lessThan: 0 })).toEqual([['2026-03-10T04:00:00.000Z', null]]);
  });

  test('days are counted from the local day', () => {
    const lateEvening = at('2026-03-10T03:59:59Z');
    const [today] = valueOf(dateConditions('createdAt', { is: 0 }, newYork, lateEvening));
    expect(today).toMatchObject({ from: at('2026-03-09T04:00:00Z') });
  });

  test('0 to 36500 days', () => {
    expect(problemsOf(dateConditions('createdAt', { is: 0, moreThan: 36_500, lessThan: 36_500 }, newYork, now))).toEqual([]);
    expect(problemsOf(dateConditions('createdAt', { is: -1, moreThan: 36_501, lessThan: -1 }, newYork, now))).toEqual([
      'INVALID_FILTER filter createdAt is',
      'INVALID_FILTER filter createdAt moreThan',
      'INVALID_FILTER filter createdAt lessThan',
    ]);
  });

  test('nothing given is no condition', () => {
    expect(spans(null)).toEqual([]);
    expect(spans({ hasValue: true })).toEqual([{ kind: 'KNOWN', field: 'createdAt', known: true }]);
  });
});
