import { setTimeout as delay } from 'node:timers/promises';
import { webhookEndpointRecover } from '../commands/webhooks.ts';
import type { Actor } from '../commands/run.ts';
import type { RecordedAttempt } from '../repositories/webhook-deliveries.ts';
import { WebhookDeliveryRepository } from '../repositories/webhook-deliveries.ts';
import type { Dispatch } from './webhook-dispatch.ts';

/**
 * Writes down what came of attempts, as many at once as have come in while the ones before were written. While the database is
 * away they wait: a message that has arrived must not be sent again because nobody could write that down.
 */

const RECORDED_AT_ONCE = 500;

interface Waiting {
  readonly attempt: RecordedAttempt;
  readonly done: () => void;
}

export class WebhookRecorder {
  readonly #dispatch: Dispatch;
  readonly #actor: Actor;
  readonly #repository: WebhookDeliveryRepository;
  readonly #waiting: Waiting[] = [];
  #running = false;

  constructor(dispatch: Dispatch, actor: Actor) {
    this.#dispatch = dispatch;
    this.#actor = actor;
    this.#repository = new WebhookDeliveryRepository(dispatch.runner.database.workspace(actor.workspaceId).pool, actor.workspaceId);
  }

  /** Resolves when it is written down, or when the process gives up. */
  record(attempt: RecordedAttempt): Promise<void> {
    return new Promise((done) => {
      this.#waiting.push({ attempt, done });
      if (!this.#running) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, RECORDED_AT_ONCE);
      await this.#write(batch.map(({ attempt }) => attempt));
      for (const { done } of batch) done();
    }
    this.#running = false;
  }

  async #write(attempts: readonly RecordedAttempt[]): Promise<void> {
    const { log, settings, runner } = this.#dispatch;
    for (let again = false; !this.#dispatch.abandoned; again = true) {
      try {
        const recovered = await this.#repository.record(attempts, again);
        for (const endpointId of recovered) await webhookEndpointRecover(runner, this.#actor, endpointId);
        return;
      } catch (error) {
        log.error({ err: error, workspaceId: this.#actor.workspaceId }, 'Attempts to deliver webhooks could not be written down. It is tried again.');
        await delay(settings.troubleMs);
      }
    }
  }
}
