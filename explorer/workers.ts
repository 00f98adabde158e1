/**
 * Monaco's workers, each a file of our own origin. Every worker answers the plain
 * editor's calls too (that is how Monaco builds them), so the JSON worker serves as the
 * editor's worker and a third copy of the same code is not shipped.
 */
import GraphQLWorker from 'monaco-graphql/esm/graphql.worker.js?worker';
import JsonWorker from 'monaco-editor/esm/vs/language/json/json.worker.js?worker';

self.MonacoEnvironment = {
  getWorker: (_moduleId: string, label: string) =>
    label === 'graphql' ? new GraphQLWorker() : new JsonWorker(),
};
