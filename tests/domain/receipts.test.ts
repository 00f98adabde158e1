import { describe, expect, test } from '@jest/globals';
import type { ReceiptContent, ReceiptTemplate } from '../../src/domain/receipts.ts';
import { canonicalLocale, checkReceipts, renderReceipt } from '../../src/domain/receipts.ts';
import { LocalCalendar } from '../../src/domain/time.ts';
import { at } from '../support/people.ts';

const told = (problems: ReturnType<typeof checkReceipts>) => problems.map(({ code, field }) => [code, ...(field ?? []).slice(1)].join(' '));

test('language tags have one form, and other text has none', () => {
  expect(['de-at', 'EN', 'zh-hant-tw', 'en-u-ca-buddhist'].map(canonicalLocale)).toEqual(['de-AT', 'en', 'zh-Hant-TW', 'en-u-ca-buddhist']);
  expect(['', 'de_AT', 'not a tag', '-', 'a', `en-x-${'abcdefgh-'.repeat(11)}a`].map(canonicalLocale)).toEqual([null, null, null, null, null, null]);
});

describe('templates are refused', () => {
  const english = (template: string, more: readonly { locale: string | null; template: string }[] = []) => checkReceipts([{ locale: 'en', template }, ...more], 'en');

  test.each([
    ['that are empty', ' ', 'A template has 1 to 2000 characters.'],
    ['that are too long', 'x'.repeat(2_001), 'A template has 1 to 2000 characters.'],
    ['that do not parse', '{{#reward.name}}', 'The template does not parse: Unclosed section "reward.name" at 16.'],
    ['with partials', '{{> other}}', 'A template has neither partials nor other delimiters.'],
    ['with other delimiters', '{{=<% %>=}}', 'A template has neither partials nor other delimiters.'],
    [
      'that name what there is not',
      '{{customer.email}}',
      'A template may name customer.name, customer.externalId, reward.name, reward.type, reward.description, redemption.id, redemption.points, redemption.issuedOn, redemption.expiresOn, redemption.expiresAt; it names customer.email.',
    ],
    ['that name it unescaped', '{{&customer.email}}', expect.stringContaining('it names customer.email.')],
    ['that ask for it', '{{#customer}}x{{/customer}}', expect.stringContaining('it names customer.')],
    ['that ask whether it is missing', '{{^points}}x{{/points}}', expect.stringContaining('it names points.')],
    ['that name it within something else', '{{#reward.name}}{{^reward.type}}{{.}}{{/reward.type}}{{/reward.name}}', expect.stringContaining('it names ..')],
  ])('%s', (_what, template, message) => {
    const problems = english(template);
    expect([told(problems), problems.map((each) => each.message)]).toEqual([['INVALID_RECEIPT receipts 0 template'], [message]]);
  });

  test.each(['plain', '{{customer.name}} {{{reward.type}}} {{&redemption.id}}', '{{! a comment }}', '{{#reward.description}}({{reward.description}}){{/reward.description}}{{^reward.description}}-{{/reward.description}}', 'x'.repeat(2_000)])(
    'but not `%.40s`',
    (template) => {
      expect(told(english(template))).toEqual([]);
    },
  );

  test('without a language, for a language twice, without the default one, and beyond 20', () => {
    expect(told(english('x', [{ locale: null, template: '' }, { locale: 'en', template: 'y' }]))).toEqual([
      'INVALID_LOCALE receipts 1 locale',
      'INVALID_RECEIPT receipts 1 template',
      'INVALID_RECEIPT receipts 2 locale',
    ]);
    expect(english('x', [{ locale: 'en', template: 'y' }]).map(({ message }) => message)).toEqual(['en has another receipt already.']);
    expect([told(checkReceipts([], null)), told(checkReceipts([], 'en'))]).toEqual([['INVALID_LOCALE defaultLocale'], []]);
    const missing = checkReceipts([{ locale: 'de', template: 'x' }], 'en');
    expect([told(missing), missing.map(({ message }) => message)]).toEqual([['INVALID_LOCALE defaultLocale'], ['There is no receipt in the default locale.']]);
    const many = (count: number) => Array.from({ length: count }, (_, index) => ({ locale: index === 0 ? 'en' : `en-x-${index}`, template: 'x' }));
    expect(told(checkReceipts(many(20), 'en'))).toEqual([]);
    expect([told(checkReceipts(many(21), 'en')), checkReceipts(many(21), 'en').map(({ message }) => message)]).toEqual([['INVALID_RECEIPT receipts'], ['There are at most 20 receipts.']]);
    expect(checkReceipts([{ locale: null, template: 'x' }], 'en').map(({ message }) => message)).toContain('A locale is a BCP 47 language tag such as `de-AT`.');
  });
});

describe('what is printed', () => {
  const calendar = new LocalCalendar('Europe/Warsaw');
  const CONTENT: ReceiptContent = {
    customer: { name: 'Ada', externalId: 'ada-1' },
    reward: { name: 'Bread & butter', type: 'snack', description: null },
    redemption: { id: 'rdm_1', points: 1234567n, issuedAt: at('2026-05-17T22:30:00Z'), expiresAt: at('2026-05-20T22:00:00Z') },
  };
  const print = (receipts: readonly ReceiptTemplate[], asked: string | null = null, content = CONTENT, byDefault = 'en') => renderReceipt(receipts, byDefault, asked, content, calendar);
  const english = (template: string, content = CONTENT) => print([{ locale: 'en', template }], null, content)?.text;

  test('names things as they are, and leaves out what is missing', () => {
    expect(english('{{customer.name}} {{customer.externalId}}: {{reward.name}} ({{reward.type}}{{#reward.description}}, {{reward.description}}{{/reward.description}}) {{redemption.id}}')).toBe('Ada ada-1: Bread & butter (snack) rdm_1');
    expect(english('{{customer.name}}|{{^customer.name}}you{{/customer.name}}', { ...CONTENT, customer: { name: null, externalId: 'x' } })).toBe('|you');
  });

  test('writes numbers, days and times as the language does, by the local calendar', () => {
    const template = '{{redemption.points}} {{redemption.issuedOn}} {{redemption.expiresOn}} {{redemption.expiresAt}}';
    // Half past midnight of the 18th in Warsaw; the first instant at which it is not valid is the midnight that ends the 20th.
    expect(english(template)?.replaceAll(/\s/g, ' ')).toBe('1,234,567 May 18, 2026 May 20, 2026 May 21, 2026 at 12:00 AM');
    expect(print([{ locale: 'de', template }], null, CONTENT, 'de')?.text).toBe('1.234.567 18. Mai 2026 20. Mai 2026 21. Mai 2026 um 00:00');
  });

  test('is in the language asked for, a shorter tag of it, or the default', () => {
    const receipts = ['en', 'de', 'de-AT', 'zh-Hant', 'en-x-loud'].map((locale) => ({ locale, template: locale }));
    const chosen = (asked: string | null) => {
      const printed = print(receipts, asked);
      return printed === null ? null : [printed.locale, printed.text];
    };
    expect(chosen(null)).toEqual(['en', 'en']);
    expect(chosen('de-AT')).toEqual(['de-AT', 'de-AT']);
    expect(chosen('de-AT-1996')).toEqual(['de-AT', 'de-AT']);
    expect(chosen('de-CH')).toEqual(['de', 'de']);
    expect(chosen('zh-Hant-TW')).toEqual(['zh-Hant', 'zh-Hant']);
    expect(chosen('zh')).toEqual(['en', 'en']);
    // A singleton goes with what follows it: what is left is `de-AT`, not `de-AT-u`.
    expect(chosen('de-AT-u-ca-buddhist')).toEqual(['de-AT', 'de-AT']);
    expect(chosen('fr')).toEqual(['en', 'en']);
  });

  test('is nothing without a receipt', () => {
    expect([print([]), print([], 'de'), print([{ locale: 'de', template: 'x' }], 'fr')]).toEqual([null, null, null]);
  });

  test('is at most 4000 characters', () => {
    const named = (name: string) => ({ ...CONTENT, reward: { ...CONTENT.reward, name } });
    expect(english('{{reward.name}}', named('x'.repeat(4_000)))).toBe('x'.repeat(4_000));
    expect(english('{{reward.name}}', named('x'.repeat(4_001)))).toBe(`${'x'.repeat(3_999)}…`);
    // What is cut off is no half of a character.
    expect(english('{{reward.name}}', named(`${'x'.repeat(3_998)}🏅🏅`))?.isWellFormed()).toBe(true);
  });
});
