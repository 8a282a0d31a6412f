import { ActionIcon, Menu, Stack, Text } from '@mantine/core';
import { IconArchive, IconDots, IconFileExport, IconTrash, IconUsers } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { DefinitionSummary } from '@ripen/shared';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { segmentCsvPath, segmentUsesQuery } from '../../api/segments.ts';
import { useMay } from '../../app/signed-in.ts';
import { DiscardQuestion, discardWord, useAct } from '../../drafts/index.ts';
import { Sure } from '../../ui/sure.tsx';
import { Uses } from '../../ui/uses.tsx';

/** What can be done with a segment. `onGone`: it was never published, and its draft is thrown away. */
export function SegmentMenu({
  segment,
  discard,
  onGone,
}: {
  segment: DefinitionSummary;
  discard: () => Promise<unknown>;
  onGone?: () => void;
}) {
  const navigate = useNavigate();
  const mayWrite = useMay('definitions:write');
  const [question, setQuestion] = useState<'archive' | 'discard' | null>(null);
  const asking = question === 'archive';
  const isLive = segment.status === 'live';
  const uses = useQuery({ ...segmentUsesQuery(segment.id), enabled: asking }).data;
  const client = useQueryClient();
  const act = useAct(() => {
    setQuestion(null);
    void navigate({ to: '/segments' });
  });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={`More about ${segment.name}`}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {isLive && (
            <>
              <Menu.Item
                leftSection={<IconUsers size={16} />}
                renderRoot={(props) => <Link to="/contacts" search={{ segment: segment.id }} {...props} />}
              >
                Show its contacts
              </Menu.Item>
              <Menu.Item
                component="a"
                href={segmentCsvPath(segment.id)}
                download={`${segment.id}.csv`}
                leftSection={<IconFileExport size={16} />}
              >
                Download as CSV
              </Menu.Item>
            </>
          )}
          {mayWrite && segment.draft && (
            <Menu.Item color="tomato" leftSection={<IconTrash size={16} />} onClick={() => setQuestion('discard')}>
              {discardWord(segment.version)}
            </Menu.Item>
          )}
          {mayWrite && isLive && (
            <Menu.Item color="tomato" leftSection={<IconArchive size={16} />} onClick={() => setQuestion('archive')}>
              Archive
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {uses && uses.length > 0 ? (
        <Sure
          opened={asking}
          title={`“${segment.name}” is used`}
          act="Show its settings"
          busy={false}
          onClose={() => setQuestion(null)}
          onAct={() => void navigate({ to: '/segments/$id', params: { id: segment.id } })}
        >
          <Stack gap="xs">
            <Text>It can be archived when nothing refers to it any more:</Text>
            <Uses uses={uses} />
          </Stack>
        </Sure>
      ) : (
        <Sure
          opened={asking && uses !== undefined}
          title={`Archive “${segment.name}”`}
          act="Archive"
          danger
          busy={act.isPending}
          onClose={() => setQuestion(null)}
          onAct={() =>
            act.mutate({
              say: `“${segment.name}” is archived.`,
              failed: 'It could not be archived',
              run: () => api.post(`/api/segments/${encodeURIComponent(segment.id)}/archive`),
            })
          }
        >
          <Text>Nothing uses it. Its contacts stay as they are.</Text>
        </Sure>
      )}
      <DiscardQuestion
        opened={question === 'discard'}
        name={segment.name}
        version={segment.version}
        discard={async () => {
          await discard();
          await client.invalidateQueries({ queryKey: ['definitions', 'list'] });
        }}
        onClose={() => setQuestion(null)}
        onDiscarded={() => segment.version === null && onGone?.()}
      />
    </>
  );
}
