/** Numbers as people and files write them: each in one way. */

/** Whether `text` is a whole number in decimal digits and nothing else: no sign, no zero before it, no blanks, no exponent. */
export const isDecimal = (text: string): boolean => /^(?:0|[1-9][0-9]*)$/.test(text);
