/** Until when statements of one request may go on: until its time is up, or nobody waits for the answer any more. */
export class Deadline {
  /** Whether nobody waits for the answer any more. */
  abandoned = false;
  readonly #endsAt: number;

  /** @param durationMs from now on */
  constructor(durationMs: number) {
    this.#endsAt = performance.now() + durationMs;
  }

  get isOver(): boolean {
    return this.abandoned || performance.now() >= this.#endsAt;
  }

  /** Nobody waits any more. */
  end(): void {
    this.abandoned = true;
  }
}
