#include "adapters/stars/star_import.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/system/steady_clock.h"
#include "domain/base/memory.h"

void star_report_note(struct star_importer *importer, const char *format, ...)
{
	va_list arguments;
	struct error line;

	if (!importer->setup.note)
		return;
	va_start(arguments, format);
	vsnprintf(line.text, sizeof(line.text), format, arguments);
	va_end(arguments);
	importer->setup.note(importer->setup.self, line.text);
}

void star_report_phase(struct star_importer *importer, enum stars_phase phase, int64_t until)
{
	importer->progress.phase = phase;
	importer->progress.until = until;
	importer->progress.requests = importer->summary.requests;
	importer->news = true;
}

static double seconds_since(long long began)
{
	return (double)(steady_clock_ms() - began) / 1000;
}

static void estimate(struct star_importer *importer)
{
	struct stars_progress *progress = &importer->progress;
	double seconds = seconds_since(importer->began);

	progress->per_second = seconds > 0 ? (double)importer->summary.fetched / seconds : 0;
	progress->seconds_left = -1;
	if (progress->page > 0 && progress->pages >= progress->page)
		progress->seconds_left = (long)(seconds / (double)progress->page *
						(double)(progress->pages - progress->page));
}

void star_report_page(struct star_importer *importer, const struct result *result)
{
	struct star_summary *summary = &importer->summary;
	struct stars_progress *progress = &importer->progress;
	size_t counted = result->added + result->updated + result->unchanged;

	summary->added += result->added;
	summary->updated += result->updated;
	summary->unchanged += result->unchanged;
	summary->fetched += counted;
	summary->pages += counted > 0 || result->met == 0;
	summary->change = importer->walk.change;
	progress->page = summary->pages;
	progress->pages = (size_t)importer->plan.last;
	if (progress->pages < progress->page)
		progress->pages = progress->page;
	progress->added = summary->added;
	progress->updated = summary->updated;
	progress->unchanged = summary->unchanged;
	progress->change = summary->change;
	estimate(importer);
	star_report_phase(importer, STARS_FETCHING, 0);
}

/* FNV-1a. */
static uint64_t hash(const char *text)
{
	uint64_t value = 14695981039346656037u;

	for (; *text; text++)
		value = (value ^ (unsigned char)*text) * 1099511628211u;
	return value;
}

/* The line without the place, which changes when the list moves. */
static bool is_named(struct star_importer *importer, const char *line)
{
	uint64_t value = hash(line);

	for (size_t i = 0; i < importer->named_count; i++)
		if (importer->named[i] == value)
			return true;
	importer->named = memory_grow(importer->named, importer->named_count,
		&importer->named_capacity, sizeof(*importer->named));
	importer->named[importer->named_count++] = value;
	return false;
}

void star_report_skipped(struct star_importer *importer, const struct star_slot *slot)
{
	for (size_t i = 0; i < slot->batch.skipped_count; i++) {
		const char *line = slot->batch.skipped[i];

		if (is_named(importer, line))
			continue;
		importer->summary.skipped++;
		importer->summary.fetched++;
		error_set(&importer->progress.error, "passed over %s", line);
		star_report_note(importer, "%s, page %d: passed over %s", importer->host,
			slot->order.page, line);
	}
	importer->progress.skipped = importer->summary.skipped;
}

static enum stars_phase phase_of(enum status status)
{
	if (status == STATUS_OK)
		return STARS_COMPLETE;
	return status == STATUS_INTERRUPTED ? STARS_STOPPED : STARS_FAILED;
}

void star_report_end(struct star_importer *importer, enum status status)
{
	struct star_summary *summary = &importer->summary;

	summary->status = status;
	summary->seconds = seconds_since(importer->began);
	summary->change = importer->walk.change;
	snprintf(summary->user, sizeof(summary->user), "%s", importer->user ? importer->user : "");
	if (status != STATUS_OK)
		importer->progress.error = summary->error;
	importer->progress.unstarred = summary->unstarred;
	importer->progress.change = summary->change;
	importer->progress.unfinished = status != STATUS_OK;
	importer->progress.seconds_left = 0;
	star_report_phase(importer, phase_of(status), 0);
}
