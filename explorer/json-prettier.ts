/**
 * A Prettier plugin that formats JSON with comments. GraphiQL's Prettify button takes
 * Prettier's whole JavaScript parser and printer (0.5 MB) for the variables and headers;
 * vite.config.ts gives it this plugin instead.
 */
import { applyEdits, format } from 'jsonc-parser';

type Text = Readonly<{ text: string }>;

export const parsers = {
  jsonc: {
    astFormat: 'jsonc-text',
    parse: (text: string): Text => ({ text }),
    locStart: () => 0,
    locEnd: (node: Text) => node.text.length,
  },
};

export const printers = {
  'jsonc-text': {
    print(path: Readonly<{ node: Text }>): string {
      const { text } = path.node;
      return applyEdits(text, format(text, undefined, { tabSize: 2, insertSpaces: true, eol: '\n' }));
    },
  },
};
