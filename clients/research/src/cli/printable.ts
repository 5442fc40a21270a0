/** A line for a terminal: what others wrote must not move the cursor or hide what follows. */
export const printableLine = (line: string): string => line.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '�');
