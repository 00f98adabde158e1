import type { FastifyInstance } from 'fastify';
import { Deadline } from '../database/deadline.ts';

/** How long the reads of one request may take in all. Commands have the time limits of their statements. */
export const READS_MAX_MS = 10_000;

declare module 'fastify' {
  interface FastifyRequest {
    /** After it the request reads nothing more, and what it is reading is cancelled. */
    deadline: Deadline;
  }
}

/** Gives each request its deadline: when its time is up, or when the client has gone. */
export function limitReads(app: FastifyInstance, readsMaxMs: number): void {
  app.decorateRequest('deadline');
  app.addHook('onRequest', (request, reply, done) => {
    const deadline = new Deadline(readsMaxMs);
    request.deadline = deadline;
    // Sent or given up by the client: either way nobody waits any more.
    reply.raw.once('close', () => deadline.end());
    done();
  });
}
