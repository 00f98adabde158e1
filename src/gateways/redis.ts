import { createClient } from '@redis/client';
import type { Bucket } from '../domain/rate-limits.ts';
import type { BucketId } from '../platform/leased-bucket.ts';
import type { BucketStore, RateLimiterLog, StoredBucket } from '../platform/rate-limiter.ts';

/** Redis, where REDIS_URL is set: it keeps the buckets of rate limits for all processes. */

/** A bucket that nobody has used for this long is full, and at its initial limit, anyway. */
const BUCKET_KEPT_MS = 24 * 60 * 60_000;
const CONNECT_TIMEOUT_MS = 2_000;
const RECONNECT_MAX_MS = 2_000;

/** The bucket and the time by the clock of Redis, in milliseconds. */
const FIND = `
local time = redis.call('TIME')
return { redis.call('GET', KEYS[1]), time[1] * 1000 + math.floor(time[2] / 1000) }`;

/** Writes the bucket if it is still what was found; an empty text stands for none. */
const SAVE = `
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1`;

export interface RedisBucketStore extends BucketStore {
  close(): void;
}

/** Connects in the background and again whenever the connection is lost; until then every call fails at once. */
export function connectRedis(url: string, log: RateLimiterLog): RedisBucketStore {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: CONNECT_TIMEOUT_MS, reconnectStrategy: (retries) => Math.min(RECONNECT_MAX_MS, 50 * 2 ** retries) },
  });
  client.on('error', (error: unknown) => log.warn({ err: error }, 'The connection to Redis is lost.'));
  client.connect().catch((error: unknown) => log.warn({ err: error }, 'Redis cannot be reached.'));
  return {
    async find(id): Promise<StoredBucket> {
      const [text, now] = (await client.eval(FIND, { keys: [keyOf(id)] })) as [string | null, number];
      return { bucket: text === null ? null : (JSON.parse(text) as Bucket), version: text, now };
    },
    async save(id, bucket, version) {
      const saved = await client.eval(SAVE, { keys: [keyOf(id)], arguments: [version ?? '', JSON.stringify(bucket), String(BUCKET_KEPT_MS)] });
      return saved === 1;
    },
    close: () => client.destroy(),
  };
}

/** Buckets of one workspace lie on one shard of a cluster. */
function keyOf({ workspaceId, id }: BucketId): string {
  return `voilatier:rate-limit:{${workspaceId}}:${id}`;
}
