import {
  IconActivityHeartbeat,
  IconBell,
  IconBook,
  IconBuilding,
  IconFlame,
  IconHome,
  IconListCheck,
  IconSettings,
  IconSitemap,
  IconTargetArrow,
  IconTools,
  IconStairsUp,
  IconUsers,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react';
import type { Permission } from '@ripen/shared';
import { may, type Person } from '../api/session.ts';

/** A place in the rail. `keys` are pressed one after the other. */
export interface Place {
  path:
    | '/'
    | '/automations'
    | '/models'
    | '/lifecycle'
    | '/contacts'
    | '/accounts'
    | '/segments'
    | '/catalogue'
    | '/maintenance'
    | '/notices'
    | '/queue'
    | '/runs'
    | '/system'
    | '/settings';
  label: string;
  icon: Icon;
  permission: Permission | null;
  keys: readonly [string, string];
}

const places: readonly Place[] = [
  { path: '/', label: 'Home', icon: IconHome, permission: null, keys: ['g', 'h'] },
  { path: '/notices', label: 'Notices', icon: IconBell, permission: null, keys: ['g', 'i'] },
  { path: '/automations', label: 'Automations', icon: IconSitemap, permission: 'definitions:write', keys: ['g', 'a'] },
  { path: '/models', label: 'Score models', icon: IconTargetArrow, permission: 'definitions:write', keys: ['g', 'm'] },
  { path: '/lifecycle', label: 'Lifecycle', icon: IconStairsUp, permission: 'definitions:write', keys: ['g', 'l'] },
  { path: '/contacts', label: 'Contacts', icon: IconUsers, permission: 'contacts:read', keys: ['g', 'c'] },
  { path: '/accounts', label: 'Accounts', icon: IconBuilding, permission: 'contacts:read', keys: ['g', 'o'] },
  { path: '/segments', label: 'Segments', icon: IconUsersGroup, permission: 'definitions:write', keys: ['g', 'e'] },
  { path: '/catalogue', label: 'Catalogue', icon: IconBook, permission: 'definitions:write', keys: ['g', 't'] },
  {
    path: '/maintenance',
    label: 'Maintenance',
    icon: IconTools,
    permission: 'definitions:write',
    keys: ['g', 'n'],
  },
  { path: '/queue', label: 'My queue', icon: IconFlame, permission: 'leads:read', keys: ['g', 'q'] },
  { path: '/runs', label: 'Runs', icon: IconListCheck, permission: 'runs:read', keys: ['g', 'r'] },
  { path: '/system', label: 'Health', icon: IconActivityHeartbeat, permission: 'operations:read', keys: ['g', 's'] },
  { path: '/settings', label: 'Settings', icon: IconSettings, permission: null, keys: ['g', ','] },
];

/** Where this person has something to do. */
export const placesFor = (person: Person): readonly Place[] =>
  places.filter(({ permission }) => permission === null || may(person, permission));
