import { ActionIcon, Menu, Text } from '@mantine/core';
import { IconArchive, IconDots, IconHistory, IconPencil, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { MaintenanceProgram } from '@ripen/shared';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { applyDocument } from '../../api/handoff.ts';
import { useMay } from '../../app/signed-in.ts';
import { useAct } from '../../drafts/index.ts';
import { Sure } from '../../ui/sure.tsx';

/** What can be done with a program. */
export function ProgramMenu({ program }: { program: MaintenanceProgram }) {
  const mayWrite = useMay('definitions:write');
  const [asking, setAsking] = useState(false);
  const act = useAct(() => setAsking(false));
  const { id, name, enabled, when } = program;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={`More about ${name}`}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconHistory size={16} />}
            renderRoot={(props) => <Link to="/maintenance" search={{ history: id }} {...props} />}
          >
            Show its runs
          </Menu.Item>
          {mayWrite && (
            <Menu.Item
              leftSection={<IconPencil size={16} />}
              renderRoot={(props) => <Link to="/maintenance" search={{ edit: id }} {...props} />}
            >
              Change
            </Menu.Item>
          )}
          {mayWrite && when && (
            <Menu.Item
              leftSection={enabled ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
              onClick={() =>
                act.mutate({
                  say: enabled ? `“${name}” runs by hand only.` : `“${name}” runs on schedule again.`,
                  failed: 'It could not be switched',
                  run: () => applyDocument({ ...program, enabled: !enabled }),
                })
              }
            >
              {enabled ? 'Switch its schedule off' : 'Switch its schedule on'}
            </Menu.Item>
          )}
          {mayWrite && (
            <Menu.Item color="tomato" leftSection={<IconArchive size={16} />} onClick={() => setAsking(true)}>
              Archive
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Sure
        opened={asking}
        title={`Archive “${name}”`}
        act="Archive"
        danger
        busy={act.isPending}
        onClose={() => setAsking(false)}
        onAct={() =>
          act.mutate({
            say: `“${name}” is archived.`,
            failed: 'It could not be archived',
            run: () => api.post(`/api/maintenance-programs/${encodeURIComponent(id)}/archive`),
          })
        }
      >
        <Text>It does not run any more. What it did to contacts stays, and so does the history of its runs.</Text>
      </Sure>
    </>
  );
}
