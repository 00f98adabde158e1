/** Ends in the database what nobody waits for any more. */
import { connect } from 'node:net';

import type pg from 'pg';

import type { Deadline } from './deadline.ts';

/** How often to look for statements that nobody waits for any more. */
const DEADLINE_CHECK_MS = 250;

/** A statement under way that has a deadline. */
export interface RunningStatement {
  readonly client: pg.PoolClient;
  readonly deadline: Deadline;
  isOverdue: boolean;
  /** Until it has been passed on, it could still hit what the connection does next. */
  cancellation: Promise<void> | null;
}

/** Cancels statements whose deadline has passed: one look at all of them every now and then, not a timer for each. */
export class StatementWatch {
  readonly #running = new Set<RunningStatement>();
  readonly #timer = setInterval(() => this.#cancelOverdue(), DEADLINE_CHECK_MS).unref();

  add(client: pg.PoolClient, deadline: Deadline): RunningStatement {
    const running = { client, deadline, isOverdue: false, cancellation: null };
    this.#running.add(running);
    return running;
  }

  /** @returns null at once unless the statement has just been cancelled */
  remove(running: RunningStatement): Promise<void> | null {
    this.#running.delete(running);
    return running.cancellation;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #cancelOverdue(): void {
    for (const running of this.#running) {
      if (!running.deadline.isOver || running.cancellation !== null) continue;
      running.isOverdue = true;
      running.cancellation = requestCancellation(running.client).finally(() => {
        // What is still there at the next look was hit too early, and is cancelled again.
        running.cancellation = null;
      });
    }
  }
}

/** Asks for the cancellation of what the connection is at. Resolves when PostgreSQL has passed it on. */
async function requestCancellation(client: pg.PoolClient): Promise<void> {
  const { host, port, processID, secretKey } = client as unknown as CancellableClient;
  const message = Buffer.alloc(CANCEL_REQUEST_BYTES);
  for (const [index, field] of [CANCEL_REQUEST_BYTES, CANCEL_REQUEST_CODE, processID, secretKey].entries()) {
    message.writeInt32BE(field, index * Int32Array.BYTES_PER_ELEMENT);
  }
  const socket = connect(host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port });
  socket.setTimeout(CANCEL_TIMEOUT_MS, () => socket.destroy());
  // Where it cannot be sent, the statement's own time limit ends it.
  socket.on('error', () => undefined);
  socket.end(message);
  await new Promise((resolve) => socket.resume().once('close', resolve));
}

/** https://www.postgresql.org/docs/current/protocol-message-formats.html: CancelRequest, on a connection of its own. */
const CANCEL_REQUEST_CODE = 80_877_102;
const CANCEL_REQUEST_BYTES = 16;
const CANCEL_TIMEOUT_MS = 2_000;

interface CancellableClient {
  readonly host: string;
  readonly port: number;
  readonly processID: number;
  readonly secretKey: number;
}
