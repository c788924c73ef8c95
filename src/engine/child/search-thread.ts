import { parentPort } from 'node:worker_threads';
import { createShelf } from '../../columns/column';
import { findWord } from '../../columns/find-word';
import { isGivenUp, outcome, type Order, type Outcome } from './search-order';

class GivenUp extends Error {
  override readonly name = 'GivenUp';
}

const fill = ({ search, bits, state }: Order): void => {
  const check = (): void => {
    if (Atomics.load(state, isGivenUp) === 1) throw new GivenUp();
  };
  const shelf = createShelf(search.folder);
  try {
    bits.set(findWord(shelf, search, { check }));
  } finally {
    shelf.close();
  }
};

const end = (state: Int32Array, end: Outcome): void => {
  Atomics.store(state, outcome, end);
  Atomics.notify(state, outcome);
};

parentPort?.on('message', (order: Order) => {
  try {
    fill(order);
    end(order.state, 1);
  } catch {
    end(order.state, 2);
  }
});
