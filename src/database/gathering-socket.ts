import { Socket } from 'node:net';

/**
 * A socket that sends together what is written to it in one turn of the event loop. A pipelined transaction is several
 * statements at a time, each of which node-postgres writes by itself: every piece that is sent alone costs a call of the
 * system here, and wakes PostgreSQL there.
 */
export class GatheringSocket extends Socket {
  #gathering = false;

  constructor() {
    super();
    // Whatever a subclass says, `connect` gives the socket the `write` of all sockets as its own.
    this.once('connect', () => Reflect.deleteProperty(this, 'write'));
  }

  override write(chunk: Uint8Array | string, callback?: (error?: Error | null) => void): boolean;
  override write(chunk: Uint8Array | string, encoding?: BufferEncoding, callback?: (error?: Error | null) => void): boolean;
  override write(chunk: Uint8Array | string, ...rest: never[]): boolean {
    if (!this.#gathering) {
      this.#gathering = true;
      this.cork();
      process.nextTick(() => {
        this.#gathering = false;
        this.uncork();
      });
    }
    return super.write(chunk, ...rest);
  }
}
