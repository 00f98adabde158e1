import type { Example } from './explorer.ts';

/** What the Sandbox and the explorer open with: it works on the demo workspace of every installation. */

const DOCUMENT = `# Send a purchase, get back points, tier and what was earned, in one round trip.
# Send it again: the reference makes it count once.
mutation Earn($input: EarnInput!) {
  earn(input: $input) {
    duplicate
    awards {
      points
      earnRuleVersion {
        number
      }
    }
    customer {
      id
      points
      tier {
        name
      }
      ledgerEntries(first: 3) {
        nodes {
          type
          points
          balanceAfter
          occurredAt
        }
      }
    }
    tierTransitions {
      type
      toTier {
        name
      }
    }
    userErrors {
      code
      message
      field
    }
  }
}
`;

/** @param apiKey a key of the demo workspace that suffices for the example */
export function demoExample(apiKey: string): Example {
  return {
    document: DOCUMENT,
    variables: {
      input: {
        customer: { externalId: 'ada' },
        amount: '52.40',
        currency: 'USD',
        location: 'loc_mission_bay',
        reference: 'ord_4782',
      },
    },
    headers: { Authorization: `Bearer ${apiKey}` },
  };
}
