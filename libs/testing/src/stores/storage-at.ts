import { openStorage, type Storage, type StorageSettings } from '@libs/storage'

/** The stores of a folder, or of an S3Server, for tests of rooms that know no stores. */
export function storageAt(settings: StorageSettings): Storage {
  return openStorage(settings)
}
