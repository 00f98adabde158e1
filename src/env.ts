import { z } from 'zod';

/** The only reader of the environment. Everything is checked at start, and every mistake is named at once. */

const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '::1'];
const BOOTSTRAP_KEY_MIN_LENGTH = 16;

const flag = z.enum(['true', 'false', '1', '0', 'on', 'off']).transform((value) => ['true', '1', 'on'].includes(value));

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
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  API_EXPLORER: flag.optional(),
  GRAPHQL_EXECUTOR: z.enum(['default', 'compiled']).default('compiled'),
});

export interface Environment {
  readonly port: number;
  readonly host: string;
  /** Null: the embedded database under `dataDir`. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly bootstrapApiKey: string | null;
  readonly logLevel: string;
  /** Whether the pages for people are served and the schema can be introspected without a key. */
  readonly apiExplorer: boolean;
  /** Whether operations are compiled (graphql-jit) or interpreted (graphql-js). */
  readonly executor: 'default' | 'compiled';
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
  const { PORT, HOST, DATABASE_URL, DATA_DIR, BOOTSTRAP_API_KEY, LOG_LEVEL, API_EXPLORER, GRAPHQL_EXECUTOR } = parsed.data;
  return {
    port: PORT,
    host: HOST,
    databaseUrl: DATABASE_URL ?? null,
    dataDir: DATA_DIR,
    bootstrapApiKey: BOOTSTRAP_API_KEY ?? null,
    logLevel: LOG_LEVEL,
    // The pages carry a working key of the demo workspace: only for this machine, unless asked for.
    apiExplorer: API_EXPLORER ?? LOOPBACK_HOSTS.includes(HOST),
    executor: GRAPHQL_EXECUTOR,
  };
}
