import { setTimeout as delay } from 'node:timers/promises';
import { webhookEndpointRecover } from '../commands/webhooks.ts';
import type { Actor } from '../commands/run.ts';
import type { RecordedAttempt } from '../repositories/webhook-deliveries.ts';
import { WebhookDeliveryRepository } from '../repositories/webhook-deliveries.ts';
import type { Dispatch } from './webhook-dispatch.ts';

/**
 * Writes down what came of attempts: at once, and where several are being written, as many together as have come in meanwhile. What
 * PostgreSQL has been told it does also for a process that is killed, so nothing waits here that need not. While the database is
 * away they wait: a message that has arrived must not be sent again because nobody could write that down.
 */

const RECORDED_AT_ONCE = 500;
/** Statements under way. More would have PostgreSQL write each attempt by itself. */
const WRITING_AT_ONCE = 3;

interface Waiting {
  readonly attempt: RecordedAttempt;
  readonly done: () => void;
}

export class WebhookRecorder {
  readonly #dispatch: Dispatch;
  readonly #actor: Actor;
  readonly #repository: WebhookDeliveryRepository;
  readonly #waiting: Waiting[] = [];
  /** Endpoints that have succeeded, whose failures are still to be forgotten. */
  readonly #recovering = new Set<string>();
  #healing: Promise<void> | null = null;
  #writing = 0;

  constructor(dispatch: Dispatch, actor: Actor) {
    this.#dispatch = dispatch;
    this.#actor = actor;
    this.#repository = new WebhookDeliveryRepository(dispatch.runner.database.workspace(actor.workspaceId).pool, actor.workspaceId);
  }

  /** Resolves when it is written down, or when the process gives up. */
  record(attempt: RecordedAttempt): Promise<void> {
    return new Promise((done) => {
      this.#waiting.push({ attempt, done });
      if (this.#writing < WRITING_AT_ONCE) void this.#run();
    });
  }

  /** Waits for what is under way. */
  async stop(): Promise<void> {
    await this.#healing;
  }

  /**
   * Beside what is written down: whoever changes how an endpoint does holds its row, and messages that have arrived do not wait
   * for that. If it fails, the next success does it.
   */
  async #heal(): Promise<void> {
    const { log, runner } = this.#dispatch;
    while (this.#recovering.size > 0) {
      const endpointIds = [...this.#recovering];
      this.#recovering.clear();
      try {
        for (const endpointId of await this.#repository.heal(endpointIds)) await webhookEndpointRecover(runner, this.#actor, endpointId);
      } catch (error) {
        log.error({ err: error, workspaceId: this.#actor.workspaceId }, 'Webhook endpoints that have recovered could not be marked so.');
      }
    }
    this.#healing = null;
  }

  async #run(): Promise<void> {
    this.#writing += 1;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, RECORDED_AT_ONCE);
      await this.#write(batch.map(({ attempt }) => attempt));
      for (const { done } of batch) done();
    }
    this.#writing -= 1;
  }

  async #write(attempts: readonly RecordedAttempt[]): Promise<void> {
    const { log, settings } = this.#dispatch;
    for (let again = false; !this.#dispatch.abandoned; again = true) {
      try {
        for (const endpointId of await this.#repository.record(attempts, again)) this.#recovering.add(endpointId);
        if (this.#recovering.size > 0) this.#healing ??= this.#heal();
        return;
      } catch (error) {
        log.error({ err: error, workspaceId: this.#actor.workspaceId }, 'Attempts to deliver webhooks could not be written down. It is tried again.');
        await delay(settings.troubleMs);
      }
    }
  }
}
