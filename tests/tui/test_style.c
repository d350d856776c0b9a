#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tui/style.h"

struct rgb {
	int red, green, blue;
};

/* Black, white, Solarized dark and light. */
static const struct rgb backgrounds[] = {
	{0, 0, 0}, {255, 255, 255}, {0x00, 0x2b, 0x36}, {0xfd, 0xf6, 0xe3}};

/* Of xterm's 256 colours: a cube of 6 x 6 x 6, and a ramp of greys. */
static struct rgb colour_of(int number)
{
	static const int levels[] = {0, 95, 135, 175, 215, 255};

	if (number >= 232) {
		int grey = 8 + 10 * (number - 232);
		return (struct rgb){grey, grey, grey};
	}
	number -= 16;
	return (struct rgb){levels[number / 36], levels[number / 6 % 6], levels[number % 6]};
}

/* Of a number from 0 to 2, by Newton: x^2.4 is x^2 times the fifth root of x^2, without libm. */
static double fifth_root(double of)
{
	double root = 1;

	for (int i = 0; i < 40; i++)
		root -= (root * root * root * root * root - of) / (5 * root * root * root * root);
	return root;
}

/* WCAG 2.1, relative luminance and contrast ratio. */
static double linear(int value)
{
	double part = value / 255.0;
	double raised = (part + 0.055) / 1.055;

	return part <= 0.03928 ? part / 12.92 : raised * raised * fifth_root(raised * raised);
}

static double luminance(struct rgb colour)
{
	return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) +
	       0.0722 * linear(colour.blue);
}

static double contrast(struct rgb a, struct rgb b)
{
	double bright = luminance(a), dark = luminance(b);

	if (bright < dark) {
		double swapped = bright;
		bright = dark;
		dark = swapped;
	}
	return (bright + 0.05) / (dark + 0.05);
}

static void every_colour_of_every_theme_stands_out_on_light_and_dark(void **state)
{
	(void)state;
	for (size_t i = 0; theme_shipped(i); i++) {
		for (int style = 0; style < STYLE_COUNT; style++) {
			struct look look =
				theme_look(theme_shipped(i), (enum style)style, EMPHASIS_NONE, 256);
			if (look.colour == LOOK_DEFAULT)
				continue;
			assert_true(look.colour >= 16 && look.colour <= 255);
			for (size_t b = 0; b < sizeof(backgrounds) / sizeof(backgrounds[0]); b++) {
				double found = contrast(colour_of(look.colour), backgrounds[b]);
				if (found < 3.0)
					fail_msg("%s, style %d: contrast %.2f on background %zu",
						theme_shipped(i)->name, style, found, b);
			}
		}
	}
}

static void of_few_colours_none_is_a_grey_that_a_palette_may_hide(void **state)
{
	static const int depths[] = {0, 8, 16};

	(void)state;
	for (size_t i = 0; theme_shipped(i); i++) {
		for (int style = 0; style < STYLE_COUNT; style++) {
			for (size_t d = 0; d < sizeof(depths) / sizeof(depths[0]); d++) {
				struct look look = theme_look(theme_shipped(i), (enum style)style,
					EMPHASIS_NONE, depths[d]);
				assert_true(look.colour == LOOK_DEFAULT ||
					    (look.colour >= 1 && look.colour <= 6));
			}
		}
	}
}

/* The palette of xterm, which is black on white unless told otherwise, and of many others. */
static void of_few_colours_what_leads_on_stands_out_on_black_and_white(void **state)
{
	static const struct rgb palette[] = {{0, 0, 0}, {205, 0, 0}, {0, 205, 0}, {205, 205, 0},
		{0, 0, 238}, {205, 0, 205}, {0, 205, 205}};
	static const enum style leading[] = {
		STYLE_HEADING, STYLE_ACCENT, STYLE_KEY, STYLE_WARNING, STYLE_ERROR};

	(void)state;
	for (size_t i = 0; theme_shipped(i); i++) {
		for (size_t s = 0; s < sizeof(leading) / sizeof(leading[0]); s++) {
			struct look look =
				theme_look(theme_shipped(i), leading[s], EMPHASIS_NONE, 8);
			if (look.colour == LOOK_DEFAULT)
				continue;
			for (size_t b = 0; b < 2; b++) {
				double found = contrast(palette[look.colour], backgrounds[b]);
				if (found < 3.0)
					fail_msg("%s, style %d: contrast %.2f on background %zu",
						theme_shipped(i)->name, (int)leading[s], found, b);
			}
		}
	}
}

static void what_is_dim_is_faint_where_there_is_no_grey_for_it(void **state)
{
	const struct theme *calm = theme_shipped(0);

	(void)state;
	assert_true(theme_look(calm, STYLE_DIM, EMPHASIS_NONE, 16).attributes & LOOK_DIM);
	assert_false(theme_look(calm, STYLE_DIM, EMPHASIS_NONE, 256).attributes & LOOK_DIM);
	assert_false(theme_look(calm, STYLE_DIM, EMPHASIS_CURSOR, 16).attributes & LOOK_DIM);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_colour_of_every_theme_stands_out_on_light_and_dark),
		cmocka_unit_test(of_few_colours_none_is_a_grey_that_a_palette_may_hide),
		cmocka_unit_test(of_few_colours_what_leads_on_stands_out_on_black_and_white),
		cmocka_unit_test(what_is_dim_is_faint_where_there_is_no_grey_for_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
