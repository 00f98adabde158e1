/**
 * A process that sends webhooks and does nothing else, to be killed. Its settings come as JSON in its first argument.
 *
 *     node scripts/bundled.mjs tests/support/webhook-child.ts '{ "url": ..., "role": ..., "key": ..., ... }'
 */
import { CommandRunner } from '../../src/commands/run.ts';
import { createDatabase } from '../../src/database/client.ts';
import type { HealthPolicy } from '../../src/domain/webhook-health.ts';
import type { RetrySchedule } from '../../src/domain/webhook-retries.ts';
import type { WebhookLimits } from '../../src/gateways/webhooks.ts';
import { WebhookSender } from '../../src/gateways/webhooks.ts';
import { SecretBox } from '../../src/platform/encryption.ts';
import type { DispatchSettings } from '../../src/workers/webhook-dispatch.ts';
import { WebhookDispatcher } from '../../src/workers/webhooks.ts';

export interface WebhookChildSettings {
  readonly url: string;
  readonly role: string | null;
  /** In hexadecimal. */
  readonly key: string;
  readonly settings: Partial<DispatchSettings>;
  readonly limits: Partial<WebhookLimits>;
  readonly schedule: RetrySchedule;
  readonly health: HealthPolicy;
}

const { url, role, key, settings, limits, schedule, health } = JSON.parse(process.argv[2] ?? '{}') as WebhookChildSettings;
const database = createDatabase(url, { role, connectionsMax: 6, onConnectionLost: () => undefined });
const runner = new CommandRunner({ database, clock: Date.now });
const log = { error: () => undefined };
const sender = new WebhookSender({ limits });
new WebhookDispatcher({ runner, box: new SecretBox(Buffer.from(key, 'hex')), sender, allowLoopback: true, log, settings, schedule, health }).start();
process.stdout.write('ready\n');
