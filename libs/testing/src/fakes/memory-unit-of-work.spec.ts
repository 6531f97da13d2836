import { catalogueStoresContract } from '../contracts/catalogue-stores.contract'
import { deliveryStoreContract } from '../contracts/delivery-store.contract'
import { eventStoreContract } from '../contracts/event-store.contract'
import { mediaStoreContract } from '../contracts/media-store.contract'
import { queuesContract } from '../contracts/queues.contract'
import { runAbortsContract } from '../contracts/run-aborts.contract'
import { runHistoryContract } from '../contracts/run-history.contract'
import { runStoreContract } from '../contracts/run-store.contract'
import { runTurnsContract } from '../contracts/run-turns.contract'
import { MemoryUnitOfWork } from './memory-unit-of-work'

const openEmpty = () => Promise.resolve(new MemoryUnitOfWork())

describe('in memory', () => {
  describe('the store of runs', () => runStoreContract(openEmpty))
  describe('turns at the queue', () => runTurnsContract(openEmpty))
  describe('the store of runs that are to be aborted', () => runAbortsContract(openEmpty))
  describe('the stores of templates, procedures, media and keys', () => catalogueStoresContract(openEmpty))
  describe('the named queues', () => queuesContract(openEmpty))
  describe('the store of media', () => mediaStoreContract(openEmpty))
  describe('the history of runs', () => runHistoryContract(openEmpty))
  describe('the store of events', () => eventStoreContract(openEmpty))
  describe('the store of deliveries', () => deliveryStoreContract(openEmpty))
})
