/**
 * Apollo Sandbox, which the GraphQL endpoint shows to a browser. The Sandbox itself comes
 * from Apollo's CDN; without a network the page links to the bundled explorer instead.
 */
import type { ApolloServerPlugin, BaseContext, LandingPage } from '@apollo/server';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { EXPLORER_PATH } from './explorer.ts';
import type { Example } from './explorer.ts';

/** Set explicitly, so that the page does not depend on NODE_ENV. */
export function sandboxLandingPage(example: Example): ApolloServerPlugin<BaseContext> {
  refuseMarkup(example);
  const headers = { ...example.headers };
  const sandbox = ApolloServerPluginLandingPageLocalDefault({
    document: example.document,
    variables: { ...example.variables },
    headers,
    includeCookies: false,
    embed: {
      endpointIsEditable: false,
      runTelemetry: false,
      // `headers` fill the first tab only; Sandbox introspects, and opens further tabs,
      // with the shared ones.
      initialState: { sharedHeaders: headers, pollForSchemaUpdates: false },
    },
  });

  return {
    async serverWillStart(service) {
      const listener = await sandbox.serverWillStart?.(service);
      const page = await listener?.renderLandingPage?.();
      if (!page) throw new Error('Apollo Server no longer renders the Sandbox landing page.');
      return {
        ...listener,
        renderLandingPage: async (): Promise<LandingPage> => ({
          html: async () => withOfflineLink(typeof page.html === 'string' ? page.html : await page.html()),
        }),
      };
    },
  };
}

/**
 * The page has a text for a browser that cannot reach the CDN, shown after a second (its
 * class is `fallback`); this adds a line to it. The Sandbox's element lies over that text:
 * as long as the Sandbox has not filled it, it must let clicks through.
 */
function withOfflineLink(html: string): string {
  const nonce = /nonce="?([0-9a-f]+)/.exec(html)?.[1] ?? '';
  const link =
    `<style nonce="${nonce}">#embeddableSandbox:empty { display: none; }</style>` +
    `<p class="fallback">Offline? Use the bundled explorer at <a href="${EXPLORER_PATH}">${EXPLORER_PATH}</a>.</p>`;
  return html.replace('</body>', () => `${link}</body>`);
}

/** Apollo escapes only the first `<` of what it writes into its script. */
function refuseMarkup(example: Example): void {
  if (/<\/script|<!--/i.test(JSON.stringify(example))) {
    throw new Error('The example operation must not contain `</script` or `<!--`.');
  }
}
