import { HEALTH_POLICY } from '../domain/webhook-health.ts';
import { RETRY_SCHEDULE } from '../domain/webhook-retries.ts';
import { workspacesWithWebhooks } from '../repositories/due-work.ts';
import type { Dispatch, WebhookDispatcherOptions } from './webhook-dispatch.ts';
import { DISPATCH_SETTINGS } from './webhook-dispatch.ts';
import { WebhookWorkspace } from './webhook-workspace.ts';

/**
 * Sends events to webhook endpoints. Any number of processes may do it at once on one database: what one has taken the others
 * leave alone, until it has had so much time that it must be dead. Every message is sent at least once; twice only when a
 * process ends between a receiver's answer and writing it down.
 */

const WORKSPACES_AT_ONCE = 500;
const BUSY_WINDOW_MS = 250;

export class WebhookDispatcher {
  readonly #dispatch: Dispatch;
  readonly #workspaces = new Map<string, WebhookWorkspace>();
  /** What is still on its way in workspaces that have no endpoints any more. */
  readonly #leaving = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | null = null;
  #measuring: NodeJS.Timeout | null = null;
  #commits = 0;
  #utilization = performance.eventLoopUtilization();
  #looking: Promise<void> = Promise.resolve();
  #stopListening: () => void = () => undefined;
  #stopped = false;

  constructor({ settings, schedule = RETRY_SCHEDULE, health = HEALTH_POLICY, ...options }: WebhookDispatcherOptions) {
    this.#dispatch = { ...options, schedule, health, settings: { ...DISPATCH_SETTINGS, ...settings }, workspaces: 0, inFlight: 0, busy: false, abandoned: false };
  }

  start(): this {
    this.#stopListening = this.#dispatch.runner.commits.listen((workspaceId, committer) => {
      // What others commit does not keep this process busy.
      if (committer === 'THIS_PROCESS') this.#commits += 1;
      if (!this.#dispatch.busy) this.#workspaces.get(workspaceId)?.wake();
    });
    this.#measuring = setInterval(() => this.#measure(), BUSY_WINDOW_MS);
    this.#looking = this.#look();
    return this;
  }

  /** Takes nothing new, waits for what is on its way as long as it may take, and closes all connections. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#stopListening();
    if (this.#measuring !== null) clearInterval(this.#measuring);
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#looking;
    const settled = Promise.all([...[...this.#workspaces.values()].map((workspace) => workspace.stop()), ...this.#leaving]);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, this.#dispatch.settings.stopMs)));
    await Promise.race([settled, patience]);
    clearTimeout(timer);
    this.#dispatch.abandoned = true;
    await this.#dispatch.sender.close();
    await settled;
  }

  #measure(): void {
    const { busyCommitsPerSecond, busyUtilization } = this.#dispatch.settings;
    const since = this.#utilization;
    this.#utilization = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(this.#utilization, since);
    this.#dispatch.busy = this.#commits >= (busyCommitsPerSecond * BUSY_WINDOW_MS) / 1_000 && utilization >= busyUtilization;
    this.#commits = 0;
  }

  async #look(): Promise<void> {
    const { runner, log, settings } = this.#dispatch;
    try {
      const found = new Set<string>();
      let after: string | null = null;
      do {
        const ids: string[] = await workspacesWithWebhooks(runner.database, after, WORKSPACES_AT_ONCE);
        for (const id of ids) found.add(id);
        after = ids.length < WORKSPACES_AT_ONCE ? null : (ids.at(-1) ?? null);
      } while (after !== null);
      this.#serve(found);
    } catch (error) {
      log.error({ err: error }, 'Workspaces with webhooks could not be looked for.');
    }
    if (!this.#stopped) this.#timer = setTimeout(() => {
        this.#looking = this.#look();
      }, settings.workspacesMs);
  }

  /** Nobody who is new waits for what is still on its way to those who are gone. */
  #serve(found: ReadonlySet<string>): void {
    if (this.#stopped) return;
    this.#dispatch.workspaces = found.size;
    for (const id of found) {
      if (!this.#workspaces.has(id)) this.#workspaces.set(id, new WebhookWorkspace(this.#dispatch, id).start());
    }
    for (const [id, workspace] of this.#workspaces) {
      if (found.has(id)) continue;
      this.#workspaces.delete(id);
      const leaving = workspace.stop().finally(() => this.#leaving.delete(leaving));
      this.#leaving.add(leaving);
    }
  }
}
