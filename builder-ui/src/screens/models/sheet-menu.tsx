import { ActionIcon, Menu, Text } from '@mantine/core';
import {
  IconArchive,
  IconArrowsDiff,
  IconCopy,
  IconDots,
  IconDownload,
  IconHistory,
  IconSitemap,
  IconTrash,
} from '@tabler/icons-react';
import type { DefinitionSummary } from '@ripen/shared';
import { useState, type ReactElement } from 'react';
import { api } from '../../api/client.ts';
import type { DefinitionDetail } from '../../api/definitions.ts';
import { idFromName } from '../../api/handoff.ts';
import { useMay } from '../../app/signed-in.ts';
import { DiscardQuestion, discardWord, useAct } from '../../drafts/index.ts';
import { downloadJson } from '../../ui/download.ts';
import { sayFailed } from '../../ui/say.ts';
import { Sure } from '../../ui/sure.tsx';
import { UsedByDialog } from '../../ui/used-by.tsx';

/** What can be done to a score sheet, of contacts or of accounts, from its list. */
export function SheetMenu({
  collection,
  sheet,
  taken,
  file,
  archived,
  compare,
  onCopied,
  label = `More about ${sheet.name}`,
  onDiscard,
  onVersions,
}: {
  collection: 'models' | 'account-models';
  sheet: DefinitionSummary;
  /** Ids that a copy cannot have. */
  taken: readonly string[];
  /** How its file's name ends. */
  file: string;
  /** What archiving it means. */
  archived: string;
  /** The link to where it is compared. */
  compare: (props: object) => ReactElement;
  onCopied: (id: string) => Promise<void>;
  label?: string | undefined;
  /** Asks before the draft is dropped, where the page that has it open does so. */
  onDiscard?: (() => void) | undefined;
  /** Shows its versions, where the page that has its draft open does so. */
  onVersions?: (() => void) | undefined;
}) {
  const mayWrite = useMay('definitions:write');
  const [asking, setAsking] = useState<'archive' | 'drop' | 'uses' | null>(null);
  const path = `/api/${collection}/${encodeURIComponent(sheet.id)}`;
  const act = useAct(() => setAsking(null));
  const read = async (): Promise<Record<string, unknown> | null> => {
    const { draft, document } = await api.get<DefinitionDetail>(path);
    return draft?.document ?? document;
  };
  const duplicate = async (): Promise<void> => {
    try {
      const name = `${sheet.name} (copy)`;
      const id = idFromName(name, taken);
      await api.put(`/api/${collection}/${id}/draft`, { document: { ...(await read()), id, name }, edition: null });
      await onCopied(id);
    } catch (error) {
      sayFailed(`“${sheet.name}” could not be duplicated`, error);
    }
  };
  const download = async (): Promise<void> => {
    try {
      downloadJson(`${sheet.id}.${file}`, await read());
    } catch (error) {
      sayFailed(`“${sheet.name}” could not be downloaded`, error);
    }
  };
  if (!mayWrite) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={label}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void duplicate()}>
            Duplicate
          </Menu.Item>
          <Menu.Item leftSection={<IconArrowsDiff size={16} />} renderRoot={compare}>
            Compare
          </Menu.Item>
          {onVersions && sheet.version !== null && (
            <Menu.Item leftSection={<IconHistory size={16} />} onClick={onVersions}>
              Versions
            </Menu.Item>
          )}
          {collection === 'models' && (
            <Menu.Item leftSection={<IconSitemap size={16} />} onClick={() => setAsking('uses')}>
              Used by
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => void download()}>
            Download as JSON
          </Menu.Item>
          {sheet.draft && (
            <Menu.Item
              color="tomato"
              leftSection={<IconTrash size={16} />}
              onClick={onDiscard ?? (() => setAsking('drop'))}
            >
              {discardWord(sheet.version)}
            </Menu.Item>
          )}
          {sheet.status === 'live' && (
            <Menu.Item color="tomato" leftSection={<IconArchive size={16} />} onClick={() => setAsking('archive')}>
              Archive
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asking === 'uses' && (
        <UsedByDialog kind="model" id={sheet.id} name={sheet.name} onClose={() => setAsking(null)} />
      )}
      <Sure
        opened={asking === 'archive'}
        title={`Archive “${sheet.name}”`}
        act="Archive"
        danger
        busy={act.isPending}
        onClose={() => setAsking(null)}
        onAct={() =>
          act.mutate({
            say: `“${sheet.name}” is archived.`,
            failed: 'It could not be archived',
            run: () => api.post(`${path}/archive`),
          })
        }
      >
        <Text>{archived}</Text>
      </Sure>
      <DiscardQuestion
        opened={asking === 'drop'}
        name={sheet.name}
        version={sheet.version}
        discard={() => api.delete(`${path}/draft`)}
        onClose={() => setAsking(null)}
      />
    </>
  );
}
