import type { Example } from './explorer.ts';

/** What the Sandbox and the explorer open with: it works on the demo workspace of every installation. */

const DOCUMENT = `# VoilaTier: send a purchase, get back points, tier and what was earned, in one round trip.
mutation Earn($input: EarnInput!) {
  earn(input: $input) {
    customer {
      id
      points
      tier {
        name
      }
    }
    awards {
      points
    }
    tierTransitions {
      type
      toTier {
        name
      }
    }
    duplicate
    userErrors {
      code
      message
      field
    }
  }
}

query Program {
  workspace {
    name
    timeZone
  }
  tierStructures(first: 10) {
    nodes {
      name
      status
      tiers {
        name
        minPoints
      }
    }
  }
  customers(first: 5) {
    nodes {
      externalId
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
