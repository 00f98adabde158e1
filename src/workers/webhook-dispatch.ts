import type { FastifyBaseLogger } from 'fastify';
import type { CommandRunner } from '../commands/run.ts';
import type { WebhookTools } from '../commands/webhooks.ts';
import { LEASE_MS } from '../domain/webhook-deliveries.ts';
import type { HealthPolicy } from '../domain/webhook-health.ts';
import type { RetrySchedule } from '../domain/webhook-retries.ts';
import type { WebhookSender } from '../gateways/webhooks.ts';

/** What the parts of a dispatcher of webhooks share. */

export interface DispatchSettings {
  /** How often workspaces with endpoints are looked for. */
  readonly workspacesMs: number;
  /** How often a workspace is looked into when nothing wakes it: other processes may have committed events. */
  readonly idleMs: number;
  /** With so many workspaces that it would be more, each is looked into less often. What wakes one is not counted. */
  readonly looksPerSecond: number;
  /** How long a process has a message to itself; at most `LEASE_MS`. */
  readonly leaseMs: number;
  /** Messages on their way to one endpoint, while few are on their way in all. */
  readonly perEndpoint: number;
  /** Messages on their way in all. */
  readonly inAll: number;
  /** How long to wait after the database could not be asked. */
  readonly troubleMs: number;
  /**
   * A process that commits events so often and has no more of its one thread to spare is a busy one: then messages wait rather
   * than whoever makes the events.
   */
  readonly busyCommitsPerSecond: number;
  /** Which part of its time the thread has something to do; from 0 to 1. */
  readonly busyUtilization: number;
  /** Messages on their way to one endpoint, and the pause between two looks, while it is busy. */
  readonly busyPerEndpoint: number;
  readonly busyRestMs: number;
  /** How long messages on their way may take when the process stops. What is not done by then is sent again by others. */
  readonly stopMs: number;
}

export const DISPATCH_SETTINGS: DispatchSettings = {
  workspacesMs: 1_000,
  idleMs: 250,
  looksPerSecond: 500,
  leaseMs: LEASE_MS,
  perEndpoint: 32,
  inAll: 1_024,
  troubleMs: 250,
  busyCommitsPerSecond: 20,
  busyUtilization: 0.6,
  busyPerEndpoint: 4,
  busyRestMs: 250,
  stopMs: 5_000,
};

export interface WebhookDispatcherOptions extends WebhookTools {
  readonly runner: CommandRunner;
  readonly sender: WebhookSender;
  readonly log: Pick<FastifyBaseLogger, 'error'>;
  readonly settings?: Partial<DispatchSettings>;
  readonly schedule?: RetrySchedule;
  readonly health?: HealthPolicy;
}

/** What all workspaces of a dispatcher share. */
export interface Dispatch extends Required<Omit<WebhookDispatcherOptions, 'settings'>> {
  readonly settings: DispatchSettings;
  /** How many workspaces are looked into. */
  workspaces: number;
  /** How many messages are on their way. */
  inFlight: number;
  /** Whether this process has its hands full with making events. */
  busy: boolean;
  /** Whether what comes in now is not written down any more. */
  abandoned: boolean;
}
