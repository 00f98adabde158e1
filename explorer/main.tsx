/**
 * The explorer: GraphiQL on the server's own GraphQL endpoint, without any network but
 * that server. The example it opens with comes from the page, see src/platform/explorer.ts.
 */
import './workers.ts';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './style.css';
import { GraphiQL } from 'graphiql';
import type { GraphiQLProps } from 'graphiql';
import { OperationTypeNode, getOperationAST } from 'graphql';
import { createClient } from 'graphql-sse';
import type { RequestParams } from 'graphql-sse';
import { createRoot } from 'react-dom/client';

type Config = Readonly<{
  endpoint: string;
  document: string;
  variables: Record<string, unknown>;
  headers: Record<string, string>;
}>;

const config = JSON.parse(document.getElementById('explorer-config')!.textContent) as Config;
const example = {
  query: config.document,
  variables: JSON.stringify(config.variables, null, 2),
  headers: JSON.stringify(config.headers, null, 2),
};

/**
 * GraphiQL asks for the schema before its header editor exists: then the example's key
 * serves. `apollo-require-preflight` tells the server that no foreign page sent this.
 */
const fetcher: GraphiQLProps['fetcher'] = async (operation, options) => {
  const headers = options?.headers ?? config.headers;
  const asked = options?.documentAST && getOperationAST(options.documentAST, operation.operationName);
  if (asked?.operation === OperationTypeNode.SUBSCRIPTION) return follow({ ...operation, operationName: operation.operationName ?? undefined }, headers);
  const response = await fetch(config.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json;q=0.9',
      'apollo-require-preflight': 'true',
      ...headers,
    },
    body: JSON.stringify(operation),
  });
  return response.json();
};

/** A refusal has a status and an answer in JSON, which is shown as any other is. */
async function* follow(operation: RequestParams, headers: Record<string, string>): AsyncGenerator<object, void> {
  const client = createClient({ url: `${config.endpoint}/stream`, headers, retryAttempts: 0 });
  try {
    yield* client.iterate(operation);
  } catch (error) {
    const { response } = error as { readonly response?: Response };
    yield (await response?.json()) ?? { errors: [{ message: String(error) }] };
  } finally {
    client.dispose();
  }
}

/**
 * What the first editor shows. The example, in a tab of its own, whenever the server has
 * one that this browser has not seen yet; otherwise the tab that was open last, so that a
 * visitor's edits outlive a reload. GraphiQL keeps the tabs; left alone it would restore
 * the operation without its variables. Headers are never stored, since they hold keys.
 */
function firstTab(): Readonly<{ query: string | null; variables: string | null }> {
  const seenKey = 'voilatier:explorer-example';
  const seen = JSON.stringify([example.query, example.variables]);
  try {
    if (localStorage.getItem(seenKey) === seen) {
      const { tabs, activeTabIndex } = JSON.parse(localStorage.getItem('graphiql:tabState') ?? '');
      return tabs[activeTabIndex] ?? example;
    }
    localStorage.setItem(seenKey, seen);
  } catch {
    // Storage is switched off, or empty: there is nothing to restore.
  }
  return example;
}

const { query, variables } = firstTab();

createRoot(document.getElementById('root')!).render(
  <GraphiQL
    fetcher={fetcher}
    initialQuery={query ?? ''}
    initialVariables={variables ?? ''}
    initialHeaders={example.headers}
    defaultHeaders={example.headers}
    defaultEditorToolsVisibility="variables"
    shouldPersistHeaders={false}
    // The history plugin writes headers to storage whatever shouldPersistHeaders says.
    plugins={[]}
    inputValueDeprecation
    schemaDescription
  >
    <GraphiQL.Logo>VoilaTier</GraphiQL.Logo>
  </GraphiQL>,
);
