/**
 * npm run bench -- <name>
 *
 * Speed and memory as ratios against a baseline that runs in the same minutes on the same machine:
 * absolute figures of a busy machine prove nothing.
 */
const BENCHMARKS: Readonly<Record<string, () => Promise<{ run(): Promise<void> }>>> = {
  earn: () => import('./earn.ts'),
  webhooks: () => import('./webhooks.ts'),
  scale: () => import('./scale.ts'),
  verify: () => import('./verify.ts'),
  simulate: () => import('./simulate.ts'),
  streams: () => import('./streams.ts'),
};

const [name = ''] = process.argv.slice(2);
const load = BENCHMARKS[name];
if (load === undefined) {
  process.stderr.write(`There is no benchmark "${name}". There are: ${Object.keys(BENCHMARKS).join(', ')}.\n`);
  process.exit(1);
}
await (await load()).run();
