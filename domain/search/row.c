#include "domain/search/row.h"

const char *row_label(const struct row *row)
{
	return *row->title ? row->title : row->url;
}
