import type { ApiClient } from './client.ts';

/** Rewards through the public API: what a test does not name is plain. */

/** A reward in force for 100 points. @returns its id */
export async function buildReward(admin: ApiClient, cardDefinitionId: string, plan: Record<string, unknown> = {}): Promise<string> {
  const input = { name: 'Free pastry', type: 'free_pastry', cardDefinitionId, cost: 100, ...plan };
  const { reward } = await admin.succeed('rewardCreate', input, 'reward { id }');
  await admin.succeed('rewardActivate', { id: reward.id }, 'reward { status }');
  return reward.id as string;
}

const REDEMPTION = `id status points proofExpiresAt confirmedAt cancelledAt reward { id type } grant { id } allocations { points expiresOn }`;
const OUTCOME = `customer { points tier { name } } ledgerEntries { type points balanceAfter } tierTransitions { type } duplicate`;

/** Redeems, and gives back the payload, user errors included. */
export function redeem(client: ApiClient, rewardId: string, externalId: string, more: Record<string, unknown> = {}) {
  const selection = `redemption { ${REDEMPTION} } proof receipt { locale text } ${OUTCOME} userErrors { available limit }`;
  return client.mutate('rewardRedeem', { rewardId, customer: { externalId }, ...more }, selection);
}

export function confirm(client: ApiClient, proof: string, more: Record<string, unknown> = {}) {
  return client.mutate('redemptionConfirm', { proof, ...more }, `redemption { ${REDEMPTION} }`);
}

export function cancel(client: ApiClient, redemptionId: string, more: Record<string, unknown> = {}) {
  const selection = `cancellation { id points available expired redemption { id status } } ${OUTCOME}`;
  return client.mutate('redemptionCancel', { redemption: { id: redemptionId }, ...more }, selection);
}

/** How many are left of a reward. */
export async function stockOf(client: ApiClient, id: string): Promise<number | null> {
  return (await client.run('query($id: ID!) { reward(id: $id) { stock } }', { id })).reward.stock as number | null;
}

/** What a customer is told that they could redeem: codes of the obstacles by reward. */
export async function offersTo(client: ApiClient, externalId: string): Promise<Record<string, string[]>> {
  const document = 'query($externalId: String) { customer(by: { externalId: $externalId }) { rewards { reward { id } redeemable obstacles { code } } } }';
  const { customer } = await client.run(document, { externalId });
  const offers = customer.rewards as { reward: { id: string }; redeemable: boolean; obstacles: { code: string }[] }[];
  return Object.fromEntries(offers.map(({ reward, obstacles }) => [reward.id, obstacles.map(({ code }) => code)]));
}
