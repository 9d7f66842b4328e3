import { idOf } from '../healthy.ts';
import { change, type Fault, is, remove } from './fault.ts';

const ended = idOf('sync', 'ended');

export const accountingFaults: readonly Fault[] = [
  {
    check: 'accounting.adds_up',
    plant: change('accounting_count', 'count = count + 1', `outcome = 'accepted'`),
    id: 'mail',
    elsewhere: { 'accounting.is_of_deliveries': ['mail'] },
  },
  {
    check: 'accounting.is_of_deliveries',
    plant: remove('delivery', is(idOf('delivery', 1))),
    id: 'mail',
    behind: null,
  },
  {
    check: 'accounting.knows_its_dead_letters',
    plant: change('dead_letter', 'item_index = 0', 'true'),
    id: idOf('dead letter', 1),
    behind: null,
  },
];

export const syncFaults: readonly Fault[] = [
  { check: 'syncs.end_with_their_parts', plant: change('sync', 'finished_at = null', is(ended)), id: ended },
  {
    check: 'syncs.end_with_their_parts',
    plant: change('sync', 'finished_at = now()', 'finished_at is null'),
    id: idOf('sync', 'running'),
  },
  {
    check: 'syncs.say_how_parts_ended',
    plant: change('sync_part', `state = 'running'`, `sync_id = '${ended}'`),
    id: ended,
  },
];
