import DataLoader from 'dataloader';

/** Loaders answer in the order of their keys, null where there is nothing. One call is one statement. */

export function loadById<Item extends { readonly id: string }>(
  byIds: (ids: readonly string[]) => Promise<readonly Item[]>,
): DataLoader<string, Item | null> {
  return loadByKey(async (ids) => new Map((await byIds(ids)).map((item) => [item.id, item])));
}

export function loadByKey<Item>(
  byKeys: (keys: readonly string[]) => Promise<ReadonlyMap<string, Item>>,
): DataLoader<string, Item | null> {
  return new DataLoader(async (keys) => {
    const found = await byKeys(keys);
    return keys.map((key) => found.get(key) ?? null);
  });
}

/** Pages of children, one for each parent; parents that ask for the same page share a statement. */
export function loadPages<Request, Result>(
  byParents: (parentIds: readonly string[], page: Request) => Promise<ReadonlyMap<string, Result>>,
): DataLoader<{ readonly parentId: string; readonly page: Request }, Result, string> {
  const cacheKeyFn = ({ parentId, page }: { parentId: string; page: Request }) => `${parentId} ${JSON.stringify(page)}`;
  return new DataLoader(
    async (keys) => {
      const parentsByPage = groupBy(keys, ({ page }) => JSON.stringify(page));
      const results = new Map<string, Result>();
      for (const group of parentsByPage.values()) {
        const page = group[0]?.page as Request;
        const pages = await byParents(
          group.map(({ parentId }) => parentId),
          page,
        );
        for (const [parentId, result] of pages) results.set(cacheKeyFn({ parentId, page }), result);
      }
      return keys.map((key) => results.get(cacheKeyFn(key)) ?? new Error('Every parent has a page.'));
    },
    { cacheKeyFn },
  );
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** Loads what a row refers to, which is therefore there. */
export async function loadReferred<Item>(loader: DataLoader<string, Item | null>, key: string): Promise<Item> {
  const item = await loader.load(key);
  if (item === null) throw new Error('A row refers to a row that is not there.');
  return item;
}
