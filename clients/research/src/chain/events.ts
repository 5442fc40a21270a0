/** The numbers that transactions gave. */
import { eventOf, type Included } from '@salus/client';

const numberIn = (included: Included, method: string, field: string): number => Number(String(eventOf(included, 'research', method)[field]));

/** The number of the dataset that a transaction offered. */
export const offeredAs = (included: Included): number => numberIn(included, 'DatasetOffered', 'dataset');
/** The number of the study that it registered. */
export const registeredAs = (included: Included): number => numberIn(included, 'StudyRegistered', 'study');
/** The number of the request that it made, and of the permit that comes of it. */
export const requestedAs = (included: Included): number => numberIn(included, 'AccessRequested', 'request');
/** The number of the query that it reserved. */
export const reservedAs = (included: Included): number => numberIn(included, 'QueryReserved', 'query');
