import type { House } from './house.ts';

interface Detail {
  document: {
    nodes: { id: string; type: string; settings: Record<string, unknown> }[];
    edges: { from: string; port: string; to: string }[];
  };
  draft: { edition: number } | null;
}

/** Gives an automation a draft in which a step is gone, one is new and one gives other points; returns its id. */
export const editOne = async (api: House['api'], one: { id: string } | undefined): Promise<string | null> => {
  if (!one) return null;
  const path = `/api/automations/${one.id}`;
  const { document, draft } = await api.get<Detail>(path);
  const gone = document.nodes.at(-1)?.id;
  const before = document.edges.find(({ to }) => to === gone);
  const nodes = document.nodes
    .filter(({ id }) => id !== gone)
    .map((node) =>
      typeof node.settings['points'] === 'number'
        ? { ...node, settings: { ...node.settings, points: node.settings['points'] + 5 } }
        : node,
    );
  const edges = document.edges.filter(({ from, to }) => from !== gone && to !== gone);
  const edited = {
    ...document,
    nodes: [...nodes, { id: 'compared', type: 'add_label', settings: { label: 'compared' } }],
    edges: before ? [...edges, { ...before, to: 'compared' }] : edges,
  };
  const answer = await api.fetch(`${path}/draft`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${api.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ document: edited, edition: draft?.edition ?? null }),
  });
  if (!answer.ok) throw new Error(`${path} could not be edited: ${answer.status} ${await answer.text()}`);
  return one.id;
};
