/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Logarithm and exponential from + - * / alone, so that every machine with
 * IEEE doubles computes the same bits, whatever its libm.  Within 2 ulp.
 */

#ifndef SIM_FIXMATH_H
#define	SIM_FIXMATH_H

/* Natural logarithm; x finite, normal, > 0. */
double	fix_log(double x);

/* e to the x; 0 below -708, HUGE_VAL above 709. */
double	fix_exp(double x);

#endif /* !SIM_FIXMATH_H */
