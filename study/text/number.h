/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Numbers as text, for files that other programs read: the same bytes in any
 * locale, no exponent, no more digits than mean something.
 */

#ifndef STUDY_TEXT_NUMBER_H
#define	STUDY_TEXT_NUMBER_H

#include <glib.h>

#include "sim/time.h"

/*
 * Append a time exactly: `ps' in units of `unit' (a power of ten of ps, such
 * as SIM_US), without trailing zeros: 1500000 ps in us is "1.5".
 */
void	number_add_ps(GString *, simtime ps, simtime unit);

/* Append a count as it is: "55536". */
void	number_add_plain(GString *, uint64_t);

#define	NUMBER_DIGITS	6	/* of number_add_double() */

/*
 * Append with NUMBER_DIGITS significant digits, without trailing zeros; never
 * an exponent.  Infinity is "inf", what is no number is "nan".
 */
void	number_add_double(GString *, double);

/* For people: whole, with a comma between thousands: "55,536". */
void	number_add_count(GString *, uint64_t);

/*
 * For people: three significant digits: "33.3", "0.00391", "12,300", and beyond
 * counting "1e+20".
 */
void	number_add_short(GString *, double v);

/*
 * For people: a duration with the unit that suits it, three significant
 * digits: "1.62 s", "512 ms", "0".  SIM_NEVER is "never".
 */
void	number_add_duration(GString *, simtime ps);

/*
 * The same of numbers that were read somewhere and may be anything: `v' in
 * units of `unit' ps; a count, rounded.  What is negative has a sign, what is
 * no number is "nan", what is beyond all time is as number_add_double() has it,
 * and what is beyond counting a power of ten: "1e+308".
 */
void	number_add_time(GString *, double v, simtime unit);
void	number_add_amount(GString *, double v);

/* The nearest there is: nothing, if it is negative or none, or the most. */
simtime	number_to_time(double v, simtime unit);
uint64_t number_to_count(double v);

#endif /* !STUDY_TEXT_NUMBER_H */
