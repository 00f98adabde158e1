/** The product as `npm start` starts it, in a process of its own, with its own environment. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ApiClient } from './client.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const EXECUTOR = process.env['TEST_EXECUTOR'] ?? 'compiled';
/** One for all, so that processes on one database with folders of their own understand each other. */
export const TEST_ENCRYPTION_KEY = '7e57'.repeat(16);
const START_TIMEOUT_MS = 30_000;
const CONDITION_TIMEOUT_MS = 10_000;
const POLL_MS = 20;

export interface LaunchedProcess {
  readonly child: ChildProcess;
  /** Everything printed so far, on both streams. */
  readonly output: () => string;
}

export interface RunningProcess extends LaunchedProcess {
  readonly url: string;
  readonly api: ApiClient;
}

const running = new Set<ChildProcess>();

/** Starts the program, whether or not it will serve. Of this process's environment PATH, HOME and TEST_EXECUTOR are passed on. */
export function launch(environment: Readonly<Record<string, string>>): LaunchedProcess {
  let output = '';
  const child = spawn(process.execPath, ['scripts/bundled.mjs', 'src/main.ts'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', GRAPHQL_EXECUTOR: EXECUTOR, ENCRYPTION_KEY: TEST_ENCRYPTION_KEY, ...environment },
  });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  running.add(child);
  return { child, output: () => output };
}

/** Starts the program and waits until it says where it is. */
export async function start(environment: Readonly<Record<string, string>>): Promise<RunningProcess> {
  const launched = launch(environment);
  const url = await new Promise<string>((resolve, reject) => {
    const deadline = setTimeout(() => reject(new Error(`Not ready: ${launched.output()}`)), START_TIMEOUT_MS);
    launched.child.stdout?.on('data', () => {
      const found = /ready at (http:\S+)\/v3\/graphql/.exec(launched.output())?.[1];
      if (found === undefined) return;
      clearTimeout(deadline);
      resolve(found);
    });
    launched.child.once('exit', () => {
      clearTimeout(deadline);
      reject(new Error(`Ended: ${launched.output()}`));
    });
  });
  return { ...launched, url, api: new ApiClient(`${url}/v3/graphql`, environment['BOOTSTRAP_API_KEY'] ?? null) };
}

/** Starts what must not serve; gives back its exit code and what it said. */
export async function startInVain(environment: Readonly<Record<string, string>>): Promise<{ code: number | null; output: string }> {
  const { child, output } = launch(environment);
  const [code] = (await once(child, 'close')) as [number | null];
  running.delete(child);
  return { code, output: output() };
}

/** Sends the signal and waits for the end; gives back the exit code, null if a signal ended it. */
export async function stop({ child }: LaunchedProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
  running.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = once(child, 'close');
  child.kill(signal);
  return ((await ended) as [number | null])[0];
}

/** For `afterEach`: ends what a failed test has left running. */
export async function stopAll(): Promise<void> {
  for (const child of running) await stop({ child, output: () => '' }, 'SIGKILL');
}

/** The lines of JSON that were logged. */
export const logLines = (output: string) =>
  output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** Asks again and again until the answer is the one that is waited for, and gives it back. */
export async function eventually<T>(ask: () => Promise<T> | T, isIt: (answer: T) => boolean): Promise<T> {
  const deadline = performance.now() + CONDITION_TIMEOUT_MS;
  for (;;) {
    const answer = await ask();
    if (isIt(answer)) return answer;
    if (performance.now() > deadline) throw new Error(`Waited in vain; the last answer was ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
