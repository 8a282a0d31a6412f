import { ActionIcon, Menu, Text } from '@mantine/core';
import { IconArchive, IconArrowsDiff, IconCopy, IconDots, IconDownload, IconTrash } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import type { DefinitionDetail } from '../../api/definitions.ts';
import { idFromName } from '../../api/handoff.ts';
import { useMay } from '../../app/signed-in.ts';
import { DiscardQuestion, discardWord, useAct } from '../../drafts/index.ts';
import { sayFailed } from '../../ui/say.ts';
import { Sure } from '../../ui/sure.tsx';
import { downloadJson } from '../canvas/download.ts';
import type { ListedModel } from './model-list.ts';

/** What can be done to a model from the list. */
export function ModelMenu({ model, taken }: { model: ListedModel; taken: readonly string[] }) {
  const navigate = useNavigate();
  const mayWrite = useMay('definitions:write');
  const [asking, setAsking] = useState<'archive' | 'drop' | null>(null);
  const path = `/api/models/${encodeURIComponent(model.id)}`;
  const act = useAct(() => setAsking(null));
  const duplicate = async (): Promise<void> => {
    try {
      const source = await api.get<DefinitionDetail>(path);
      const name = `${model.name} (copy)`;
      const id = idFromName(name, taken);
      await api.put(`/api/models/${id}/draft`, {
        document: { ...(source.draft?.document ?? source.document), id, name },
        edition: null,
      });
      await navigate({ to: '/models/$id', params: { id } });
    } catch (error) {
      sayFailed(`“${model.name}” could not be duplicated`, error);
    }
  };
  const download = async (): Promise<void> => {
    try {
      const source = await api.get<DefinitionDetail>(path);
      downloadJson(`${model.id}.model`, source.draft?.document ?? source.document);
    } catch (error) {
      sayFailed(`“${model.name}” could not be downloaded`, error);
    }
  };
  if (!mayWrite) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={`More about ${model.name}`}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void duplicate()}>
            Duplicate
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowsDiff size={16} />}
            renderRoot={(props) => (
              <Link
                to="/models/compare"
                search={{ a: model.version === null ? `${model.id}@draft` : model.id }}
                {...props}
              />
            )}
          >
            Compare
          </Menu.Item>
          <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => void download()}>
            Download as JSON
          </Menu.Item>
          {model.draft && (
            <Menu.Item color="tomato" leftSection={<IconTrash size={16} />} onClick={() => setAsking('drop')}>
              {discardWord(model.version)}
            </Menu.Item>
          )}
          {model.status === 'live' && (
            <Menu.Item color="tomato" leftSection={<IconArchive size={16} />} onClick={() => setAsking('archive')}>
              Archive
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Sure
        opened={asking === 'archive'}
        title={`Archive “${model.name}”`}
        act="Archive"
        danger
        busy={act.isPending}
        onClose={() => setAsking(null)}
        onAct={() =>
          act.mutate({
            say: `“${model.name}” is archived.`,
            failed: 'It could not be archived',
            run: () => api.post(`${path}/archive`),
          })
        }
      >
        <Text>
          No contact has this score any more. The points stay in the books.
          {model.drivesLifecycle && ' The lifecycle uses it: choose another model there first.'}
        </Text>
      </Sure>
      <DiscardQuestion
        opened={asking === 'drop'}
        name={model.name}
        version={model.version}
        discard={() => api.delete(`${path}/draft`)}
        onClose={() => setAsking(null)}
      />
    </>
  );
}
