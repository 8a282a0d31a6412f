import { Button, Menu, Select, TextInput } from '@mantine/core';
import { IconChevronDown, IconListDetails, IconPlus, IconSearch, IconUser, IconBolt } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { Rule } from '@ripen/shared';
import { useRef } from 'react';
import { useNames } from '../../../fields/index.ts';
import { EmptyState } from '../../../ui/states.tsx';
import { addRule, changeRule, deleteRule, duplicateRule } from '../edit.ts';
import type { ModelEdit } from '../model-edit.ts';
import { describeRule } from '../words.ts';
import { arrange, type Order } from './arrange.ts';
import { RuleDrawer } from './rule-drawer.tsx';
import { RuleTable } from './rule-table.tsx';
import styles from './rules.module.css';
import { undoDelete } from './undo-delete.tsx';

const route = getRouteApi('/inside/models/$id');
const orders: { value: Order; label: string }[] = [
  { value: 'entered', label: 'As entered' },
  { value: 'points', label: 'Most points first' },
  { value: 'tier', label: 'By tier' },
  { value: 'name', label: 'By name' },
];

/** The rules as a table by group; one is edited beside it. */
export function Rules(edit: ModelEdit) {
  const { model, problems, onChange, readOnly } = edit;
  const names = useNames();
  const { rule: opened, q = '', sort } = route.useSearch();
  const navigate = useNavigate();
  // Undoing must start from what is there then, not from what was there when the rule went.
  const latest = useRef(model);
  latest.current = model;
  const order = orders.find(({ value }) => value === sort)?.value ?? 'entered';
  const search = (change: { rule?: string; q?: string; sort?: string }, replace = true): void =>
    void navigate({
      to: '/models/$id',
      params: { id: model.id },
      search: (before) => ({ ...before, ...change }),
      replace,
    });
  const add = (kind: Rule['kind']): void => {
    const added = addRule(model, kind);
    onChange(added.model);
    search({ rule: added.id, q: '' });
  };
  const remove = (rule: Rule): void => {
    const at = model.rules.indexOf(rule);
    onChange(deleteRule(model, rule.id));
    if (opened === rule.id) search({ rule: '' });
    undoDelete(rule, at, () => latest.current, onChange);
  };
  const duplicate = (rule: Rule): void => {
    const copied = duplicateRule(model, rule.id);
    onChange(copied.model);
    search({ rule: copied.id });
  };
  const current = model.rules.find(({ id }) => id === opened);
  const addMenu = !readOnly && (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} />}
          rightSection={<IconChevronDown size={14} aria-hidden="true" />}
        >
          Add rule
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconBolt size={16} />} onClick={() => add('behaviour')}>
          For something they do
        </Menu.Item>
        <Menu.Item leftSection={<IconUser size={16} />} onClick={() => add('profile')}>
          For who they are
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
  const groups = arrange(model, { q, order }, (rule) => describeRule(rule, names));
  return (
    <>
      {model.rules.length === 0 ? (
        <EmptyState
          icon={<IconListDetails size={32} stroke={1.5} aria-hidden="true" />}
          title="Say what is worth points"
          acts={addMenu}
        >
          A rule gives or takes points: for who a contact is, while it is true, or for what they do, when it happens.
        </EmptyState>
      ) : (
        <>
          <div className={styles.bar}>
            <TextInput
              className={styles.search}
              aria-label="Search rules"
              placeholder="Search rules"
              leftSection={<IconSearch size={16} />}
              value={q}
              onChange={(event) => search({ q: event.currentTarget.value })}
            />
            <Select
              className={styles.order}
              aria-label="Order of the rules"
              data={orders}
              value={order}
              allowDeselect={false}
              onChange={(next) => search({ sort: next === 'entered' ? '' : (next ?? '') })}
            />
            <span className={styles.grow} />
            {addMenu}
          </div>
          {groups.length === 0 && (
            <EmptyState
              icon={<IconSearch size={32} stroke={1.5} aria-hidden="true" />}
              title="No rule matches"
              acts={
                <Button variant="default" onClick={() => search({ q: '' })}>
                  Show all
                </Button>
              }
            />
          )}
          <RuleTable
            groups={groups}
            problems={problems}
            readOnly={readOnly}
            opened={opened ?? null}
            onOpen={(rule) => search({ rule: rule.id }, false)}
            onPoints={(rule, points) => onChange(changeRule(model, rule.id, { ...rule, points }))}
            onDuplicate={duplicate}
            onDelete={remove}
          />
        </>
      )}
      <RuleDrawer
        {...edit}
        rule={current}
        onClose={() => search({ rule: '' })}
        onDelete={remove}
        onDuplicate={duplicate}
      />
    </>
  );
}
