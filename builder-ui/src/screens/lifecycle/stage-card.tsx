import { ActionIcon, Button, Collapse, Menu, Switch } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconChevronDown, IconDots, IconTrash } from '@tabler/icons-react';
import type { Lifecycle, LifecyclePreview, Stage } from '@ripen/shared';
import { useId, useState, type CSSProperties } from 'react';
import { ConditionEditor, DaysField, daysWords, NumberField, type FieldErrors } from '../../fields/index.ts';
import { TextInput } from '../../fields/inputs.tsx';
import { ripeColor, ripenessOfStage } from '../../ui/ripeness.ts';
import { count, number, signed } from '../../ui/words.ts';
import { changeStage, removeStage, shiftStage } from './edit.ts';
import styles from './lifecycle.module.css';

/** What a closed card says of the settings that are inside. */
const settingWords = (stage: Stage): string => {
  const said = [
    stage.terminal ? 'scores never move a contact out' : '',
    stage.margin > 0 && stage.threshold !== undefined ? `lost below ${number(stage.threshold - stage.margin)}` : '',
    stage.minimumStayDays === undefined ? '' : `kept for ${daysWords(stage.minimumStayDays)}`,
    stage.when ? 'with an extra condition' : '',
  ].filter((part) => part !== '');
  return said.length === 0 ? 'More settings' : said.join(' · ').replace(/^./, (first) => first.toUpperCase());
};

/** A stage: its name, where it begins, how many contacts lie in it, and what else holds. */
export function StageCard(given: {
  lifecycle: Lifecycle;
  stage: Stage;
  index: number;
  counts: LifecyclePreview['stages'][number] | undefined;
  settling: boolean;
  errors: FieldErrors;
  open: boolean;
  onChange: (lifecycle: Lifecycle) => void;
}) {
  const { lifecycle, stage, index, counts, errors } = given;
  const [opened, setOpened] = useState(false);
  const panel = useId();
  const name = stage.name || 'New stage';
  const set = (change: Partial<Stage>): void => given.onChange(changeStage(lifecycle, stage.id, change));
  return (
    <li
      className={styles.stage}
      style={{ '--ripe': ripeColor(ripenessOfStage(index, lifecycle.stages.length)) } as CSSProperties} // As in threshold-line.
    >
      <div className={styles.main}>
        <span className={styles.dot} aria-hidden="true" />
        <TextInput
          aria-label={`Name of stage ${index + 1}`}
          value={stage.name}
          maxLength={200}
          autoFocus={given.open}
          onFocus={(event) => given.open && event.currentTarget.select()}
          onChange={(event) => set({ name: event.currentTarget.value })}
          error={errors.at('name')}
        />
        <div className={styles.from}>
          <span aria-hidden="true">from</span>
          <NumberField
            aria-label={`Threshold of ${name} in points`}
            placeholder="By hand only"
            value={stage.threshold}
            onChange={(threshold) => set({ threshold })}
            error={errors.at('threshold')}
          />
        </div>
        <Button
          className={styles.more}
          variant="subtle"
          color="gray"
          size="compact-sm"
          rightSection={<IconChevronDown size={14} data-opened={opened || undefined} className={styles.chevron} />}
          aria-expanded={opened}
          aria-controls={panel}
          aria-label={`${settingWords(stage)}, ${name}`}
          onClick={() => setOpened(!opened)}
        >
          {settingWords(stage)}
        </Button>
        <div className={styles.counts} data-settling={given.settling || undefined} aria-live="polite">
          {counts && stage.threshold !== undefined ? (
            <>
              <strong>{count(counts.count, 'contact')}</strong>
              <span>
                {counts.count === counts.now
                  ? 'as many as now'
                  : `${signed(counts.count - counts.now)} against the ${number(counts.now)} in it now`}
              </span>
            </>
          ) : counts ? (
            <span>{count(counts.now, 'contact')} in it now</span>
          ) : null}
        </div>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={`More about ${name}`}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconArrowUp size={16} />}
              disabled={index === 0}
              onClick={() => given.onChange(shiftStage(lifecycle, stage.id, -1))}
            >
              Move earlier
            </Menu.Item>
            <Menu.Item
              leftSection={<IconArrowDown size={16} />}
              disabled={index === lifecycle.stages.length - 1}
              onClick={() => given.onChange(shiftStage(lifecycle, stage.id, 1))}
            >
              Move later
            </Menu.Item>
            <Menu.Item
              color="tomato"
              leftSection={<IconTrash size={16} />}
              disabled={lifecycle.stages.length === 1}
              onClick={() => given.onChange(removeStage(lifecycle, stage.id))}
            >
              Remove stage
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      {errors.at('threshold') !== undefined && (
        // The field's own words, for those who see: beside the field is no room for a sentence.
        <p className={styles.why} aria-hidden="true">
          {errors.at('threshold')}
        </p>
      )}
      <Collapse expanded={opened} id={panel}>
        {opened && <StageSettings stage={stage} name={name} errors={errors} set={set} />}
      </Collapse>
    </li>
  );
}

function StageSettings(given: {
  stage: Stage;
  name: string;
  errors: FieldErrors;
  set: (change: Partial<Stage>) => void;
}) {
  const { stage, name, errors, set } = given;
  return (
    <div className={styles.settings}>
      <NumberField
        label="Margin"
        description="A contact leaves the stage only so many points below its threshold, so that it does not go to and fro."
        unit="points"
        unitWidth={58}
        min={0}
        value={stage.margin}
        onChange={(margin) => set({ margin: margin })} // The schema says when it is missing.
        error={errors.at('margin')}
      />
      <DaysField
        label="Minimum stay"
        description="A falling score moves nobody out before. Empty for none."
        value={stage.minimumStayDays}
        onChange={(minimumStayDays) => set({ minimumStayDays })}
        error={errors.at('minimumStayDays')}
      />
      <div className={styles.wide}>
        <ConditionEditor
          label={`Extra condition of ${name}`}
          shownLabel="Extra condition"
          description="A contact moves up into the stage only if this is true as well."
          scope="profile"
          value={stage.when}
          onChange={(when) => set({ when })}
          errors={errors.under('when')}
        />
      </div>
      <Switch
        className={styles.wide}
        label="Terminal"
        description="Scores never move a contact out of it: a customer stays a customer."
        checked={stage.terminal}
        onChange={(event) => set({ terminal: event.currentTarget.checked })}
      />
    </div>
  );
}
