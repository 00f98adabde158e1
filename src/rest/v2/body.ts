import type { ZodType } from 'zod';
import { InputError, toVariable } from '../input.ts';
import { toSnakeCase } from '../names.ts';
import type { CreateBody, DowngradeBody, ExpirationBody, Settings, UpdateBody } from './contract.ts';
import { createBody, updateBody } from './contract.ts';

/** Bodies as the pages document them, to the inputs of mutations. What was left out stays left out. */

type Input = Readonly<Record<string, unknown>>;

/** @throws InputError that names the field */
export function toCreateInput(body: unknown): Input {
  const { name, type, status: _, ...settings } = checked<CreateBody>(body, createBody);
  return { name, type, ...toSettings(settings) };
}

/** @throws InputError that names the field */
export function toUpdateInput(body: unknown, id: string): Input {
  const { name, type, ...settings } = checked<UpdateBody>(body, updateBody);
  return { id, ...given({ name, type }), ...toSettings(settings) };
}

/** What a path of GraphQL is called in a body: `input.downgrade.multiLevel.gracePeriod` is `downgrade.grace_period`. */
export function bodyFieldOf([variable, ...path]: readonly string[]): readonly string[] | null {
  if (variable !== 'input' || path.length === 0) return null;
  return path.filter((step) => step !== 'multiLevel' && step !== 'singleLevel').map(toSnakeCase);
}

function checked<Body>(body: unknown, shape: ZodType<Body>): Body {
  const plain = toVariable(body ?? null, { type: 'JSONObject' }, {}, []);
  const result = shape.safeParse(plain);
  // Your own data are passed on as they came.
  if (result.success) return { ...result.data, ...given({ metadata: (plain as Input)['metadata'] }) };
  const [issue] = result.error.issues;
  const path = (issue?.path ?? []).map(String);
  if (issue?.code === 'unrecognized_keys') {
    const field = [...path, issue.keys[0] ?? ''];
    throw new InputError(`There is no field \`${field.join('.')}\` here.`, field);
  }
  const where = path.length === 0 ? 'The body' : `\`${path.join('.')}\``;
  throw new InputError(`${where} does not fit: ${issue?.message.replace(/^Invalid \w+: /, '') ?? 'it is malformed'}.`, path);
}

function toSettings({ card_definition_id: cardDefinitionId, point_earned: pointEarned, expiration, downgrade, metadata }: Settings): Input {
  return given({
    cardDefinitionId,
    pointEarned: pointEarned && given({ ...pointEarned, window: pointEarned.window ?? undefined }),
    expiration: expiration && toExpiration(expiration),
    downgrade: downgrade && toDowngrade(downgrade),
    metadata,
  });
}

const EXPIRATION_OBJECTS = {
  ROLLING_EXPIRATION: 'rolling_expiration',
  CALENDAR_EXPIRATION: 'calendar_expiration',
  SLIDING_EXPIRATION: 'sliding_expiration',
} as const;

function toExpiration(expiration: ExpirationBody): Input {
  const { type, rolling_expiration: rolling, calendar_expiration: calendar, sliding_expiration: sliding } = expiration;
  for (const [each, name] of Object.entries(EXPIRATION_OBJECTS)) {
    const isGiven = expiration[name] !== null && expiration[name] !== undefined;
    if (each === type && !isGiven)
      throw new InputError(`\`expiration.${name}\` is required when the type is ${type}.`, ['expiration', name]);
    if (each !== type && isGiven)
      throw new InputError(`\`expiration.${name}\` must be null or left out when the type is ${type}.`, ['expiration', name]);
  }
  if (rolling) return { rollingExpiration: rolling };
  if (calendar) return { calendarExpiration: { calendarDates: calendar.calendar_dates } };
  if (!sliding) return { noExpiration: true };
  return {
    slidingExpiration: given({
      period: sliding.period,
      earningActivity: sliding.earning_activity,
      spendingActivity: sliding.spending_activity,
      customActivity: sliding.custom_activity,
      customActivityTypes: sliding.custom_activity_types,
    }),
  };
}

function toDowngrade({ type, grace_period: grace }: DowngradeBody): Input {
  const gracePeriod = grace ? { value: grace.value, unit: grace.unit, roundUp: grace.round_up } : undefined;
  switch (type) {
    case 'NO_DOWNGRADE':
      if (gracePeriod === undefined) return { noDowngrade: true };
      throw new InputError('`downgrade.grace_period` must be null or left out when the type is NO_DOWNGRADE.', [
        'downgrade',
        'grace_period',
      ]);
    case 'MULTI_LEVEL':
      return { multiLevel: given({ gracePeriod }) };
    case 'SINGLE_LEVEL':
      return { singleLevel: given({ gracePeriod }) };
  }
}

/** Without the fields that were left out. */
function given(fields: Input): Input {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
