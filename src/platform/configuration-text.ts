import { stringify } from 'yaml';
import type { ConfigurationDocument } from '../domain/configuration-document.ts';
import { plainDocument } from '../domain/configuration-document.ts';

/** Configuration documents as text: one text for each document and format. */

export type ConfigurationFormat = 'YAML' | 'JSON';

export function configurationText(document: ConfigurationDocument, format: ConfigurationFormat): string {
  const plain = plainDocument(document);
  if (format === 'JSON') return `${JSON.stringify(plain, null, 2)}\n`;
  // No line is folded, and nothing said by reference to what was said before: a change shows where it is made.
  return stringify(plain, { lineWidth: 0, aliasDuplicateObjects: false });
}
