#ifndef DOMAIN_STAR_LEDGER_H
#define DOMAIN_STAR_LEDGER_H

#include "domain/star.h"

/*
 * Port: what is known of stars inside a unit of work.
 */
struct star_ledger {
	int placeholder;
};

#endif
