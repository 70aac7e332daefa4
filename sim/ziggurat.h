/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * Layers of the exponential density for rng_exp1(): 256 strips of equal area
 * v = (r + 1) e^-r, r = 7.697117470131050 (Marsaglia and Tsang 2000).  Computed
 * with 40 digits from x[i] = -ln(v / x[i - 1] + e^-x[i - 1]) and rounded;
 * written in hexadecimal so that no compiler rounds them again.
 */

#ifndef SIM_ZIGGURAT_H
#define	SIM_ZIGGURAT_H

#define	ZIGGURAT_R	0x1.ec9d9297ebb83p+2

/* Right ends of the strips; [0] stands for strip and tail, [256] is 0. */
extern const double ziggurat_x[257];

/* The density there; [0] is that of the tail's far end, 0. */
extern const double ziggurat_y[257];

#endif /* !SIM_ZIGGURAT_H */
