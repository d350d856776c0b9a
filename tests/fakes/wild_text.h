#ifndef TESTS_WILD_TEXT_H
#define TESTS_WILD_TEXT_H

#define WILD_TEXT 64

/*
 * The next of the texts that come from a seed: letters, marks, joiners, emoji, controls and bytes
 * that are nothing, whatever has rules of its own.
 */
void wild_text_make(unsigned *seed, char text[WILD_TEXT]);

#endif
