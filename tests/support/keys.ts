import type { ApiClient } from './client.ts';

export type Scope = 'READ' | 'WRITE' | 'ADMIN';

export interface NewKey {
  readonly id: string;
  readonly secret: string;
  /** A client that uses the key. */
  readonly client: ApiClient;
}

/** Creates an API key in the client's workspace. */
export async function createKey(admin: ApiClient, scope: Scope, more: Record<string, unknown> = {}): Promise<NewKey> {
  const { apiKey, secret } = await admin.succeed('apiKeyCreate', { name: `${scope} key`, scope, ...more }, 'apiKey { id } secret');
  return { id: apiKey.id as string, secret: secret as string, client: admin.withKey(secret as string) };
}
