#ifndef ADAPTERS_ENGINE_DESK_TEXTS_H
#define ADAPTERS_ENGINE_DESK_TEXTS_H

#include "adapters/engine/desk.h"

/* The screen's requests that are answered by lines to read: rows of the desk's table. */
void desk_events(struct desk *desk, const struct request *request);
void desk_doctor(struct desk *desk, const struct request *request);

#endif
