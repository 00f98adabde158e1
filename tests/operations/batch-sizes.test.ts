import { describe, expect, it } from '@jest/globals';
import { Batches } from '../../src/commands/batches.ts';

/** How commands that come together are divided into transactions, which here are answered when the test says so. */

interface Started {
  readonly commands: readonly string[];
  readonly commit: () => void;
}

function transactions() {
  const started: Started[] = [];
  const batches = new Batches<string, string>({
    execute: (_workspaceId, commands, decided) =>
      new Promise((resolve) => {
        decided();
        started.push({ commands, commit: () => resolve(commands) });
      }),
    keysOf: (command) => [command],
    repetitionKeyOf: () => null,
    waitedInVain: () => new Error('It waited in vain.'),
    isLostRace: () => false,
  });
  const submit = (count: number, from = 0) => Array.from({ length: count }, (_, index) => batches.submit('workspace', `command ${from + index}`));
  const sizes = () => started.map(({ commands }) => commands.length);
  return { batches, started, submit, sizes };
}

/** More turns of the loop than a batch needs until it is sent. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resume) => setImmediate(resume));
}

describe('commands that come together', () => {
  it('are halved, so that two batches take turns', async () => {
    const { submit, sizes } = transactions();
    void submit(32);
    await settle();
    expect(sizes()).toEqual([16, 16]);
  });

  it('go in one batch if they are few', async () => {
    const { submit, sizes } = transactions();
    void submit(8);
    await settle();
    expect(sizes()).toEqual([8]);
  });

  it('wait beside a batch until they are as many as it has, and go at once when it is committed', async () => {
    const { submit, sizes, started } = transactions();
    void submit(1);
    await settle();
    void submit(8, 1);
    await settle();
    expect(sizes()).toEqual([1, 8]);
    void submit(8, 9);
    await settle();
    expect(sizes()).toEqual([1, 8]);
    started[0]?.commit();
    await settle();
    expect(sizes()).toEqual([1, 8, 8]);
  });

  it('fill batch after batch where very many wait', async () => {
    const { submit, sizes, started } = transactions();
    void submit(600);
    await settle();
    expect(sizes()).toEqual([128, 128, 128, 128]);
    for (const each of [...started]) each.commit();
    await settle();
    expect(sizes().slice(4)).toEqual([44, 44]);
  });

  it('are each answered by their own batch, the last of them before all counts as settled', async () => {
    const { batches, submit, started } = transactions();
    const answers: string[] = [];
    for (const answer of submit(20)) void answer.then((outcome) => answers.push(outcome));
    await settle();
    started[1]?.commit();
    await settle();
    expect(answers).toEqual(Array.from({ length: 10 }, (_, index) => `command ${10 + index}`));
    started[0]?.commit();
    await batches.settled();
    expect(answers).toHaveLength(20);
  });
});
