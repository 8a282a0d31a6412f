import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { EmptyState } from '../ui/states.tsx';

/** An address that leads nowhere. */
export function NotFound() {
  return (
    <main>
      <EmptyState
        icon={<IconMapOff size={32} stroke={1.5} aria-hidden="true" />}
        title="There is nothing at this address"
        acts={
          <Button component={Link} to="/" variant="default">
            Go home
          </Button>
        }
      >
        It may have been deleted, or the link is incomplete.
      </EmptyState>
    </main>
  );
}
