import { ActionIcon, Button, Menu, SegmentedControl, Tooltip } from '@mantine/core';
import {
  IconArchive,
  IconArchiveOff,
  IconArrowLeft,
  IconCheck,
  IconCloudOff,
  IconDots,
  IconDownload,
  IconGitCompare,
  IconHistoryToggle,
  IconHistory,
  IconListCheck,
  IconPlayerTrackNext,
  IconPlayerPause,
  IconPlayerPlay,
  IconSitemap,
  IconTrash,
  IconUsers,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { memo, useEffect, useState } from 'react';
import { automationVersionsQuery } from '../../api/automations.ts';
import type { DefinitionDetail } from '../../api/definitions.ts';
import { useCommands } from '../../app/commands.ts';
import type { Editor } from '../../document/editor.ts';
import type { Saving } from '../../drafts/draft-state.ts';
import { othersWords } from '../../drafts/others-words.ts';
import { useOthers } from '../../drafts/use-others.ts';
import { StatusMark } from '../../ui/marks.tsx';
import { exactTime, ago } from '../../ui/words.ts';
import { savingWords } from './draft-words.ts';
import { NameField } from './name-field.tsx';
import { ScheduleInAddress, ScheduleItem } from './schedule/schedule-item.tsx';
import styles from './top-bar.module.css';

export type Mode = 'edit' | 'live' | 'try' | 'back-test' | 'compare' | 'history';

export interface TopBarProps {
  editor: Editor;
  detail: DefinitionDetail;
  saving: Saving | null;
  mode: Mode;
  /** An older version is shown. */
  version: number | null;
  mayWrite: boolean;
  hasDraft: boolean;
  acts: {
    publish: () => void;
    pause: () => void;
    resume: () => void;
    archive: () => void;
    unarchive: () => void;
    discard: () => void;
    download: () => void;
    restore: () => void;
  };
}

function Status({ detail }: { detail: DefinitionDetail }) {
  switch (detail.status) {
    case 'live':
      return <StatusMark tone="good">Live, version {detail.version}</StatusMark>;
    case 'paused':
      return <StatusMark tone="warn">Paused, version {detail.version}</StatusMark>;
    case 'archived':
      return <StatusMark tone="idle">Archived</StatusMark>;
    case 'draft':
      return <StatusMark tone="idle">Never published</StatusMark>;
  }
}

function SavingMark({ saving }: { saving: Saving }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 5_000);
    return () => clearInterval(timer);
  }, [saving]);
  const words = savingWords(saving, now);
  if (!words) return null;
  return (
    <Tooltip label={words.detail ?? ''} disabled={words.detail === null}>
      <span className={styles.saving} data-tone={words.tone} role="status">
        {words.tone === 'bad' ? (
          <IconCloudOff size={15} aria-hidden="true" />
        ) : (
          saving.kind === 'saved' && <IconCheck size={15} aria-hidden="true" />
        )}
        {words.text}
      </span>
    </Tooltip>
  );
}

/** Who else is at work on it: said while they have it open, because the one who saves second has to decide. */
function Others({ id }: { id: string }) {
  const words = othersWords(useOthers('automations', id, true).map(({ name }) => name));
  return (
    <span className={styles.others} role="status">
      {words !== null && (
        <>
          <IconUsers size={15} aria-hidden="true" />
          {words}
        </>
      )}
    </span>
  );
}

/** Name, state and everything that concerns the automation as a whole. */
export const TopBar = memo(function TopBar(given: TopBarProps) {
  const { detail, editor, acts, mode, version, mayWrite } = given;
  const navigate = useNavigate();
  const id = detail.id;
  const readOnly = mode === 'live' || mode === 'compare' || mode === 'history' || version !== null || !mayWrite;
  return (
    <header className={styles.bar}>
      <Tooltip label="All automations">
        <ActionIcon component={Link} to="/automations" aria-label="All automations">
          <IconArrowLeft size={18} />
        </ActionIcon>
      </Tooltip>
      <div className={styles.names}>
        <NameField editor={editor} readOnly={readOnly} />
        <div className={styles.state}>
          <Status detail={detail} />
          {given.saving && version === null && mode !== 'live' && <SavingMark saving={given.saving} />}
          {!readOnly && <Others id={id} />}
        </div>
      </div>
      <div className={styles.acts}>
        {detail.version !== null && version === null && (
          <SegmentedControl
            size="xs"
            aria-label="View"
            value={mode === 'live' ? 'live' : mode === 'edit' ? 'edit' : ''}
            data={[
              { value: 'edit', label: mayWrite ? 'Draw' : 'Drawing' },
              { value: 'live', label: 'Live' },
            ]}
            onChange={(next) =>
              void navigate({
                to: '/automations/$id',
                params: { id },
                search: (before) => ({ ...before, view: next === 'live' ? 'live' : undefined }),
                replace: true,
              })
            }
          />
        )}
        {version === null && <TryButton id={id} tried={mode === 'try'} />}
        {detail.version !== null && <VersionMenu id={id} shown={version} latest={detail.version} />}
        <MoreMenu {...given} />
        <ScheduleInAddress detail={detail} />
        {mayWrite &&
          (version === null ? (
            <Button onClick={acts.publish} disabled={!given.hasDraft && detail.version !== null}>
              {given.hasDraft || detail.version === null ? `Publish version ${(detail.version ?? 0) + 1}` : 'Published'}
            </Button>
          ) : (
            <Button onClick={acts.restore}>Restore version {version}</Button>
          ))}
      </div>
    </header>
  );
});

/** From drawing to trying and back; `y` does the same. */
function TryButton({ id, tried }: { id: string; tried: boolean }) {
  const navigate = useNavigate();
  const toggle = (): void =>
    void navigate({ to: '/automations/$id', params: { id }, search: tried ? {} : { view: 'try' }, replace: true });
  useCommands({ y: toggle });
  return (
    <Button
      variant={tried ? 'light' : 'default'}
      aria-pressed={tried}
      leftSection={<IconPlayerTrackNext size={16} />}
      onClick={toggle}
    >
      Try it
    </Button>
  );
}

function VersionMenu({ id, shown, latest }: { id: string; shown: number | null; latest: number }) {
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  const versions = useQuery({ ...automationVersionsQuery(id), enabled: open });
  const now = Date.now();
  // A version that was paused and resumed was in force more than once.
  const each = versions.data?.filter(
    ({ version }, index, all) => all.findIndex((other) => other.version === version) === index,
  );
  const go = (version: number | null): void =>
    void navigate({
      to: '/automations/$id',
      params: { id },
      search: version === null ? {} : { version: String(version) },
    });
  return (
    <Menu opened={open} onChange={setOpen} position="bottom-end" width={260}>
      <Menu.Target>
        <Tooltip label="Versions">
          <ActionIcon aria-label="Versions" size={32}>
            <IconHistory size={18} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
        <Menu.Item onClick={() => go(null)} {...(shown === null ? { leftSection: <IconCheck size={15} /> } : {})}>
          What is being drawn
        </Menu.Item>
        <Menu.Item
          leftSection={<IconHistory size={15} />}
          renderRoot={(props: object) => (
            <Link {...props} to="/automations/$id" params={{ id }} search={{ view: 'history' }} />
          )}
        >
          History
        </Menu.Item>
        <Menu.Item
          leftSection={<IconGitCompare size={15} />}
          renderRoot={(props: object) => (
            <Link {...props} to="/automations/$id" params={{ id }} search={{ view: 'compare' }} />
          )}
        >
          Compare versions
        </Menu.Item>
        <Menu.Divider />
        {versions.isError && <Menu.Label>The versions could not be read.</Menu.Label>}
        {!versions.isError && !each && <Menu.Label>Version {latest} and earlier…</Menu.Label>}
        {each?.map((one) => (
          <Menu.Item
            key={one.version}
            onClick={() => go(one.version)}
            title={exactTime(Date.parse(one.publishedAt))}
            {...(shown === one.version ? { leftSection: <IconCheck size={15} /> } : {})}
            rightSection={<span className={styles.when}>{ago(Date.parse(one.publishedAt), now)}</span>}
          >
            Version {one.version}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function MoreMenu({ detail, acts, mayWrite, hasDraft }: TopBarProps) {
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon aria-label="More" size={32}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {detail.version !== null && (
          <Menu.Item
            renderRoot={(props: object) => <Link {...props} to="/runs" search={{ automation: detail.id }} />}
            leftSection={<IconListCheck size={16} />}
          >
            Runs
          </Menu.Item>
        )}
        <ScheduleItem detail={detail} />
        {mayWrite && detail.status === 'live' && (
          <Menu.Item leftSection={<IconPlayerPause size={16} />} onClick={acts.pause}>
            Pause
          </Menu.Item>
        )}
        {mayWrite && detail.status === 'paused' && (
          <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={acts.resume}>
            Resume
          </Menu.Item>
        )}
        {mayWrite && (
          <Menu.Item
            renderRoot={(props: object) => (
              <Link {...props} to="/automations/$id" params={{ id: detail.id }} search={{ view: 'back-test' }} />
            )}
            leftSection={<IconHistoryToggle size={16} />}
          >
            Back-test
          </Menu.Item>
        )}
        <Menu.Item
          renderRoot={(props: object) => <Link {...props} to="/automations" search={{ uses: detail.id }} />}
          leftSection={<IconSitemap size={16} />}
        >
          Used by and uses
        </Menu.Item>
        <Menu.Item leftSection={<IconDownload size={16} />} onClick={acts.download}>
          Download as JSON
        </Menu.Item>
        {mayWrite && detail.status === 'archived' && (
          <Menu.Item leftSection={<IconArchiveOff size={16} />} onClick={acts.unarchive}>
            Take out of the archive
          </Menu.Item>
        )}
        {mayWrite && (hasDraft || detail.status === 'live' || detail.status === 'paused') && <Menu.Divider />}
        {mayWrite && (detail.status === 'live' || detail.status === 'paused') && (
          <Menu.Item color="tomato" leftSection={<IconArchive size={16} />} onClick={acts.archive}>
            Archive
          </Menu.Item>
        )}
        {mayWrite && hasDraft && (
          <Menu.Item color="tomato" leftSection={<IconTrash size={16} />} onClick={acts.discard}>
            {detail.version === null ? 'Delete draft' : 'Discard draft'}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
