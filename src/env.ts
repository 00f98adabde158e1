import { isIP } from 'node:net';
import { z } from 'zod';

/** The only reader of the environment. Everything is checked at start, and every mistake is named at once. */

const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '::1'];
const BOOTSTRAP_KEY_MIN_LENGTH = 16;

const flag = z.enum(['true', 'false', '1', '0', 'on', 'off']).transform((value) => ['true', '1', 'on'].includes(value));

/** Ranges that have a name: 127.0.0.1/8 and ::1; 169.254.0.0/16 and fe80::/10; the private networks. */
const NAMED_RANGES = ['loopback', 'linklocal', 'uniquelocal'];
const TRUSTED_PROXIES_MAX = 100;

/** So that what a bucket holds, ten seconds of it, is an Int of GraphQL. */
const POINTS_PER_SECOND_MAX = 100_000_000;
const pointsPerSecond = z.coerce.number().int().min(1).max(POINTS_PER_SECOND_MAX);

const CHECKPOINT_INTERVAL_MINUTES_MAX = 10_080;

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  HOST: z.string().min(1).default('localhost'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://')
    .optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  BOOTSTRAP_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces')
    .min(BOOTSTRAP_KEY_MIN_LENGTH)
    .max(255)
    .optional(),
  ENCRYPTION_KEY: z
    .string()
    .regex(/^(?:[0-9a-fA-F]{64}|[A-Za-z0-9+/_-]{43}=?)$/, 'must be 32 bytes as 64 hexadecimal digits or in base64: openssl rand -hex 32')
    .optional(),
  CHECKPOINT_INTERVAL_MINUTES: z.coerce.number().int().min(1).max(CHECKPOINT_INTERVAL_MINUTES_MAX).default(60),
  WEBHOOK_ALLOW_LOOPBACK: flag.default(false),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  API_EXPLORER: flag.optional(),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address that starts with http:// or https://' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  TRUSTED_PROXIES: z
    .string()
    .transform((list) => list.split(',').map((range) => range.trim()))
    .refine((ranges) => ranges.length <= TRUSTED_PROXIES_MAX && ranges.every(isAddressRange), {
      error: `must be at most ${TRUSTED_PROXIES_MAX} IP addresses, CIDR ranges or ${NAMED_RANGES.join(', ')}, separated by commas`,
    })
    .default([]),
  GRAPHQL_EXECUTOR: z.enum(['default', 'compiled']).default('compiled'),
  // Beyond what one process can serve, so that a limit is met only where somebody set it or several processes serve.
  RATE_LIMIT_INITIAL: pointsPerSecond.default(200_000),
  RATE_LIMIT_CEILING: pointsPerSecond.default(1_000_000),
  RATE_LIMIT_CEILING_SANDBOX: pointsPerSecond.default(400_000),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must start with redis:// or rediss://')
    .optional(),
  NATS_URL: z
    .string()
    .refine((list) => list.split(',').every(isNatsServer), 'must be addresses that start with nats:// or tls://, separated by commas')
    .optional(),
});

/** Not "everything": whoever trusts everybody believes what any client says of itself. */
function isAddressRange(text: string): boolean {
  if (NAMED_RANGES.includes(text)) return true;
  const [, address = '', bits = '1'] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const family = isIP(address);
  return family !== 0 && Number(bits) >= 1 && Number(bits) <= (family === 4 ? 32 : 128);
}

function isNatsServer(text: string): boolean {
  if (!/^(nats|tls):\/\//.test(text) || !URL.canParse(text)) return false;
  const { hostname, username, password, pathname } = new URL(text);
  return hostname !== '' && (pathname === '' || pathname === '/') && [username, password].every(isDecodable);
}

function isDecodable(text: string): boolean {
  try {
    return typeof decodeURIComponent(text) === 'string';
  } catch {
    return false;
  }
}

export interface Environment {
  readonly port: number;
  readonly host: string;
  /** Null: the embedded database under `dataDir`. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly bootstrapApiKey: string | null;
  /** 32 bytes in hexadecimal or base64, under which the database keeps secrets; null: the one that is kept under `dataDir`. */
  readonly encryptionKey: string | null;
  /** How long after a checkpoint the next is due. */
  readonly checkpointIntervalMs: number;
  /** Whether sandboxes may send webhooks to this machine itself. */
  readonly webhooksAllowLoopback: boolean;
  readonly logLevel: string;
  /** Whether the pages for people are served and the schema can be introspected without a key. */
  readonly apiExplorer: boolean;
  /** Where clients reach the server, without a slash at the end; null if it was not told. */
  readonly publicUrl: string | null;
  /** Addresses, ranges and named ranges of proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  /** Whether operations are compiled (graphql-jit) or interpreted (graphql-js). */
  readonly executor: 'default' | 'compiled';
  /** What a workspace's sustained limit begins with and can rise to by its mode, in points a second. */
  readonly rateLimits: { readonly initial: number; readonly ceilings: Readonly<Record<'LIVE' | 'SANDBOX', number>> };
  /** Where processes share their rate limits; null: in the database. */
  readonly redisUrl: string | null;
  /** Through what processes tell each other of their commits; null: they look for them. */
  readonly natsUrl: string | null;
}

/** A setting is missing or makes no sense. The message is for whoever starts the server. */
export class EnvironmentError extends Error {}

/** @throws EnvironmentError that names every wrong setting */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>> = process.env): Environment {
  // A variable that is set to nothing counts as unset, as in most shells' idioms.
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
    throw new EnvironmentError(`The configuration is not valid:\n${lines.join('\n')}`);
  }
  const { PORT, HOST, DATABASE_URL, DATA_DIR, BOOTSTRAP_API_KEY, LOG_LEVEL, API_EXPLORER, PUBLIC_URL, TRUSTED_PROXIES, GRAPHQL_EXECUTOR } =
    parsed.data;
  return {
    port: PORT,
    host: HOST,
    databaseUrl: DATABASE_URL ?? null,
    dataDir: DATA_DIR,
    bootstrapApiKey: BOOTSTRAP_API_KEY ?? null,
    encryptionKey: parsed.data.ENCRYPTION_KEY ?? null,
    checkpointIntervalMs: parsed.data.CHECKPOINT_INTERVAL_MINUTES * 60_000,
    webhooksAllowLoopback: parsed.data.WEBHOOK_ALLOW_LOOPBACK,
    logLevel: LOG_LEVEL,
    // The pages carry a working key of the demo workspace: only for this machine, unless asked for.
    apiExplorer: API_EXPLORER ?? LOOPBACK_HOSTS.includes(HOST),
    publicUrl: PUBLIC_URL ?? null,
    trustedProxies: TRUSTED_PROXIES,
    executor: GRAPHQL_EXECUTOR,
    rateLimits: {
      initial: parsed.data.RATE_LIMIT_INITIAL,
      // A ceiling below where limits begin would be none.
      ceilings: {
        LIVE: Math.max(parsed.data.RATE_LIMIT_INITIAL, parsed.data.RATE_LIMIT_CEILING),
        SANDBOX: Math.max(parsed.data.RATE_LIMIT_INITIAL, parsed.data.RATE_LIMIT_CEILING_SANDBOX),
      },
    },
    redisUrl: parsed.data.REDIS_URL ?? null,
    natsUrl: parsed.data.NATS_URL ?? null,
  };
}
