import Mustache from 'mustache';
import type { Problem } from './problem.ts';
import { isText, problem } from './problem.ts';
import type { Instant, LocalCalendar } from './time.ts';

/**
 * Receipt copy: what a till prints for a redemption, from a template without logic. A template that does not parse,
 * or that names what there is not, is refused when it is saved.
 */

export const RECEIPTS_MAX = 20;
export const RECEIPT_TEMPLATE_MAX_LENGTH = 2_000;
/** Longer text is cut off. */
export const RECEIPT_TEXT_MAX_LENGTH = 4_000;

/** The copy in one language. */
export interface ReceiptTemplate {
  /** A BCP 47 language tag in its canonical form. */
  readonly locale: string;
  readonly template: string;
}

export interface Receipt {
  readonly locale: string;
  readonly text: string;
}

/** What a template may name. */
export interface ReceiptContent {
  readonly customer: { readonly name: string | null; readonly externalId: string };
  readonly reward: { readonly name: string; readonly type: string; readonly description: string | null };
  readonly redemption: { readonly id: string; readonly points: bigint; readonly issuedAt: Instant; readonly expiresAt: Instant };
}

const VARIABLES: ReadonlySet<string> = new Set([
  'customer.name',
  'customer.externalId',
  'reward.name',
  'reward.type',
  'reward.description',
  'redemption.id',
  'redemption.points',
  'redemption.issuedOn',
  'redemption.expiresOn',
  'redemption.expiresAt',
]);

/** Templates are parsed when they are needed: a memory of them would grow with whatever anybody tries. */
const WRITER = Object.assign(new Mustache.Writer(), { templateCache: undefined });

/** The canonical form of a BCP 47 language tag; null if it is none. */
export function canonicalLocale(tag: string): string | null {
  if (!isText(tag, LOCALE_MAX_LENGTH)) return null;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}

const LOCALE_MAX_LENGTH = 100;

/** Checks templates whose locales are canonical already, null where a locale was none. */
export function checkReceipts(
  receipts: readonly { readonly locale: string | null; readonly template: string }[],
  defaultLocale: string | null,
): Problem<'INVALID_LOCALE' | 'INVALID_RECEIPT'>[] {
  if (receipts.length > RECEIPTS_MAX) return [problem('INVALID_RECEIPT', `There are at most ${RECEIPTS_MAX} receipts.`, 'receipts')];
  const problems = receipts.flatMap(({ locale, template }, index): Problem<'INVALID_LOCALE' | 'INVALID_RECEIPT'>[] => {
    const found: Problem<'INVALID_LOCALE' | 'INVALID_RECEIPT'>[] = [];
    if (locale === null) found.push(problem('INVALID_LOCALE', NO_LOCALE, 'receipts', index, 'locale'));
    else if (receipts.findIndex((other) => other.locale === locale) !== index) {
      found.push(problem('INVALID_RECEIPT', `${locale} has another receipt already.`, 'receipts', index, 'locale'));
    }
    const wrong = whatIsWrong(template);
    if (wrong !== null) found.push(problem('INVALID_RECEIPT', wrong, 'receipts', index, 'template'));
    return found;
  });
  if (defaultLocale === null) return [...problems, problem('INVALID_LOCALE', NO_LOCALE, 'defaultLocale')];
  if (receipts.length === 0 || receipts.some(({ locale }) => locale === defaultLocale)) return problems;
  return [...problems, problem('INVALID_LOCALE', 'There is no receipt in the default locale.', 'defaultLocale')];
}

const NO_LOCALE = 'A locale is a BCP 47 language tag such as `de-AT`.';

function whatIsWrong(template: string): string | null {
  if (!isText(template, RECEIPT_TEMPLATE_MAX_LENGTH)) return `A template has 1 to ${RECEIPT_TEMPLATE_MAX_LENGTH} characters.`;
  try {
    return whatIsWrongIn(WRITER.parse(template) as Token[]);
  } catch (error) {
    return `The template does not parse: ${error instanceof Error ? error.message : 'it is malformed'}.`;
  }
}

/** As Mustache parses: kind, name or text, position, end, and of a section what is in it. */
type Token = [kind: string, value: string, start: number, end: number, inner?: Token[] | string];

function whatIsWrongIn(tokens: readonly Token[]): string | null {
  for (const [kind, value, , , inner] of tokens) {
    if (kind === 'text' || kind === '!') continue;
    if (!['name', '&', '#', '^'].includes(kind)) return 'A template has neither partials nor other delimiters.';
    if (!VARIABLES.has(value)) return `A template may name ${[...VARIABLES].join(', ')}; it names ${value}.`;
    const within = Array.isArray(inner) ? whatIsWrongIn(inner) : null;
    if (within !== null) return within;
  }
  return null;
}

/** The copy in the language that comes closest to the one asked for: shorter and shorter tags, then the default. Null if there is none. */
export function renderReceipt(
  receipts: readonly ReceiptTemplate[],
  defaultLocale: string,
  asked: string | null,
  content: ReceiptContent,
  calendar: LocalCalendar,
): Receipt | null {
  const chosen = chooseReceipt(receipts, defaultLocale, asked);
  if (chosen === null) return null;
  const { locale, template } = chosen;
  const { customer, reward, redemption } = content;
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: calendar.timeZone });
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: calendar.timeZone });
  const view = {
    customer,
    reward,
    redemption: {
      id: redemption.id,
      points: new Intl.NumberFormat(locale).format(redemption.points),
      issuedOn: day.format(redemption.issuedAt),
      expiresOn: day.format(redemption.expiresAt - 1),
      expiresAt: time.format(redemption.expiresAt),
    },
  };
  // A receipt is plain text, in which nothing has to be written otherwise.
  const text = WRITER.render(template, view, undefined, { escape: String });
  return { locale, text: text.length <= RECEIPT_TEXT_MAX_LENGTH ? text : `${text.slice(0, RECEIPT_TEXT_MAX_LENGTH - 1).toWellFormed()}…` };
}

/** By RFC 4647, section 3.4. */
function chooseReceipt(receipts: readonly ReceiptTemplate[], defaultLocale: string, asked: string | null): ReceiptTemplate | null {
  const find = (locale: string) => receipts.find((receipt) => receipt.locale === locale) ?? null;
  for (let range = asked ?? ''; range !== ''; range = shortened(range)) {
    const found = find(range);
    if (found !== null) return found;
  }
  return find(defaultLocale);
}

/** Without its last subtag, and without a singleton that would then be last. */
function shortened(range: string): string {
  const subtags = range.split('-').slice(0, -1);
  if (subtags.at(-1)?.length === 1) subtags.pop();
  return subtags.join('-');
}
